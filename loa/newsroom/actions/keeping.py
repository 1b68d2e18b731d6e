"""Files are written to the store before the rows that name them: copying a film holds no transaction open."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files import File
from django.core.files.storage import Storage


@contextmanager
def stored(storage: Storage, name: str, content: File) -> Iterator[str]:
    """The name under which `content` is kept; when what follows fails, nothing is left of it."""
    kept = storage.save(name, content)
    try:
        yield kept
    except BaseException:
        storage.delete(kept)
        raise
