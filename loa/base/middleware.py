"""What arrives from outside is NFC before anyone reads it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from loa.base.text import nfc


class NormaliseInput:
    """Turns addresses' queries, forms and the names of uploaded files into NFC.

    Phones and macOS send marks apart from their letters (NFD); such text looks the same and compares as different.
    A body is normalised when a view first asks for its form, and not read at all when no view asks. Bodies that are
    not forms (JSON, raw files) belong to their readers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = _normalised(request.GET)  # type: ignore[assignment]
        if hasattr(request, "_post"):  # someone before us has asked
            _normalise_form(request)
        else:
            _normalise_when_asked(request)
        return self.get_response(request)


def _normalise_when_asked(request: Any) -> None:
    """Django has no hook between parsing a body and handing it out; this is the one method both POST and FILES call."""
    load = request._load_post_and_files

    def load_normalised() -> None:
        load()
        _normalise_form(request)

    request._load_post_and_files = load_normalised


def _normalise_form(request: Any) -> None:
    request._post = _normalised(request._post)
    request._files = _named_normally(request._files)


def _normalised(query: QueryDict) -> QueryDict:
    if all(text.isascii() for key, values in query.lists() for text in (key, *values)):
        return query
    result = QueryDict(mutable=True, encoding=query.encoding)
    for key, values in query.lists():
        for value in values:
            result.appendlist(nfc(key), nfc(value))
    result._mutable = query._mutable
    return result


def _named_normally(files: MultiValueDict) -> MultiValueDict:
    result: MultiValueDict = MultiValueDict()
    for key, uploads in files.lists():
        for upload in uploads:
            upload.name = nfc(upload.name)
            result.appendlist(nfc(key), upload)
    return result
