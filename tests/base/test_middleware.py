import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, JsonResponse
from django.test import RequestFactory
from django.test.client import MULTIPART_CONTENT

from loa.base.middleware import NormaliseInput

NAME = "Đỗ Thị Thuỷ"
FILE = "Danh sách đoàn viên.xlsx"
requests = RequestFactory()


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def answer(request: Any, view: Callable[[Any], HttpResponse]) -> Any:
    return json.loads(NormaliseInput(view)(request).content)


def echo(request: Any) -> HttpResponse:
    files = {key: [upload.name, upload.read().decode()] for key, upload in request.FILES.items()}
    return JsonResponse({"get": dict(request.GET.lists()), "post": dict(request.POST.lists()), "files": files})


def test_queries_arrive_composed():
    request = requests.get("/", {nfd("tên"): [nfd(NAME), "b"], "q": "a"})
    assert answer(request, echo)["get"] == {"tên": [NAME, "b"], "q": ["a"]}


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", MULTIPART_CONTENT])
def test_forms_arrive_composed(content_type):
    body: Any = {nfd("tên"): nfd(NAME), "tuổi": ["40", nfd("bốn mươi")]}
    if "urlencoded" in content_type:
        body = requests.get("/", body).META["QUERY_STRING"]
    request = requests.post("/", body, content_type=content_type)
    assert answer(request, echo)["post"] == {"tên": [NAME], "tuổi": ["40", "bốn mươi"]}


def test_names_of_uploaded_files_arrive_composed_and_their_content_untouched():
    request = requests.post("/", {"tệp": SimpleUploadedFile(nfd(FILE), nfd(NAME).encode()), "a": nfd(NAME)})
    assert answer(request, echo) == {"get": {}, "post": {"a": [NAME]}, "files": {"tệp": [FILE, nfd(NAME)]}}


def test_files_may_be_asked_for_before_the_form():
    def files_first(request: Any) -> HttpResponse:
        return JsonResponse([request.FILES["f"].name, request.POST["a"]], safe=False)

    request = requests.post("/", {"f": SimpleUploadedFile(nfd(FILE), b"x"), "a": nfd(NAME)})
    assert answer(request, files_first) == [FILE, NAME]


def test_a_form_that_was_read_before_is_composed_too():
    request = requests.post("/", {"a": nfd(NAME)})
    assert request.POST["a"] == nfd(NAME)
    assert answer(request, echo)["post"] == {"a": [NAME]}


def test_a_body_nobody_asks_for_is_not_read():
    def reads_the_stream(request: Any) -> HttpResponse:
        return HttpResponse(json.dumps(request.read().decode()))

    request = requests.post("/", {"a": nfd(NAME)})
    assert nfd(NAME) in answer(request, reads_the_stream)


def test_upload_handlers_can_still_be_chosen_by_the_view():
    def chooses(request: Any) -> HttpResponse:
        request.upload_handlers = request.upload_handlers[:1]
        return echo(request)

    request = requests.post("/", {"f": SimpleUploadedFile(nfd(FILE), b"x")})
    assert answer(request, chooses)["files"] == {"f": [FILE, "x"]}


def test_json_belongs_to_its_reader():
    def body(request: Any) -> HttpResponse:
        return HttpResponse(request.body)

    request = requests.post("/", json.dumps({"a": nfd(NAME)}), content_type="application/json")
    assert answer(request, body) == {"a": nfd(NAME)}


def test_queries_and_forms_stay_unchangeable():
    def changes(request: Any) -> HttpResponse:
        for query in (request.GET, request.POST):
            with pytest.raises(AttributeError, match="immutable"):
                query["a"] = "b"
        return HttpResponse("true")

    assert answer(requests.post(f"/?a={nfd('é')}", {"a": nfd(NAME)}), changes) is True
