"""The index of what is out, by the words of `newsroom.words`: of PostgreSQL's kind, or of SQLite's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.lookups import Lookup
from django.utils.translation import gettext_lazy as _

from loa.people.models import Unit

from .stories import Story

FTS = "newsroom_storywords_fts"
"""SQLite's full-text table beside this one; triggers keep the two together (migration `words`)."""


class WordsField(models.TextField):
    """Words to be found by, with spaces between: a tsvector in PostgreSQL; in SQLite a text for its full-text table."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """The words as they are: no parser of the database's own comes between."""
        return "array_to_tsvector(string_to_array(%s, ' '))" if connection.vendor == "postgresql" else "%s"


@WordsField.register_lookup
class Has(Lookup):
    """`body__has=["tien", "luong", "toi*"]`: all of these words, the starred ones as beginnings."""

    lookup_name = "has"
    prepare_rhs = False

    @property
    def choices(self) -> list[Sequence[str]]:
        return [self.rhs]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        asked = [
            " & ".join(f"'{word.removesuffix('*')}'{':*' if word.endswith('*') else ''}" for word in words)
            for words in self.choices
        ]
        return f"{column} @@ %s::tsquery", [*parameters, " | ".join(f"({one})" for one in asked)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column = self.lhs.target.column
        asked = [
            " AND ".join(f'"{word.removesuffix("*")}"{"*" if word.endswith("*") else ""}' for word in words)
            for words in self.choices
        ]
        key = f'"{self.lhs.alias}"."story_id"'
        found = f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s"  # noqa: S608 our own names
        return f"{key} IN ({found})", [f"{{{column}}}: ({' OR '.join(f'({one})' for one in asked)})"]


@WordsField.register_lookup
class HasAny(Has):
    """`body__hasany=[["3", "860"], ["ba", "trieu"]]`: all words of one of these."""

    lookup_name = "hasany"

    @property
    def choices(self) -> list[Sequence[str]]:
        return list(self.rhs)


class StoryWordsQuerySet(models.QuerySet["StoryWords"]):
    def readable(self, at: datetime) -> Self:
        """What readers find: not what is published elsewhere alone, which has no page here."""
        return self.filter(on_site=True, at__lte=at)


class StoryWords(models.Model):
    """What a story that is out is found by; written at each publication, gone when the story is."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, primary_key=True, related_name="words")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    """The first publication."""
    on_site = models.BooleanField(db_default=True)
    title = WordsField()
    body = WordsField()
    """All of the story, its title too."""

    objects = StoryWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("index of a story")
        verbose_name_plural = _("index of stories")
        indexes: ClassVar = [models.Index(fields=["unit", "-at"], name="newsroom_words_unit")]

    def __str__(self) -> str:
        return str(self.story_id)
