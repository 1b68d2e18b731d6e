"""The YAML of a plan, as nodes: nothing in the file is executed, expanded or guessed."""

import yaml
from django.utils.translation import gettext as _

from .problems import BadPlan, Problem, cut

MOST_BYTES = 1_000_000
MOST_LEVELS = 12


class _NotPlain(Exception):
    """Good YAML, but of a sort that a plan has no use for."""

    def __init__(self, found: str, mark: yaml.Mark) -> None:
        super().__init__(found)
        self.line = mark.line + 1


class _Loader(yaml.SafeLoader):
    """Nodes and nothing else: no tags, which make objects; no aliases, which make bombs; no depth without end."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _NotPlain(_("a reference (& or *)"), event.start_mark)
        if getattr(event, "tag", None):
            raise _NotPlain(_("a tag (!)"), event.start_mark)
        self.depth += 1
        if self.depth > MOST_LEVELS:
            raise _NotPlain(_("tables within tables without end"), event.start_mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def load(text: str, *, name: str) -> yaml.Node:
    """The whole file. BadPlan at once when it is no plain YAML of a decent size."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise _broken(name, 1, _("a file of at most 1 MB"), _("a larger one"))
    try:
        loader = _Loader(text)
        node: yaml.Node | None = loader.get_single_node()
    except _NotPlain as error:
        raise _broken(name, error.line, _("plain YAML"), str(error)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        assert mark, "scanner, parser and composer always say where"
        raise _broken(name, mark.line + 1, _("plain YAML"), _unreadable(text, mark)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _broken(name, line, _("plain YAML"), _("a character that is no text")) from None
    except (ValueError, OverflowError):  # an escape beyond Unicode, such as "\\UFFFFFFFF"
        raise _broken(name, loader.line + 1, _("plain YAML"), _("a character that is no text")) from None
    if node is None:
        raise _broken(name, 1, _("a table of keys and values"), _("an empty place"))
    return node


def _unreadable(text: str, mark: yaml.Mark) -> str:
    line = text[: mark.index].rpartition("\n")[2] + text[mark.index :].partition("\n")[0]
    return _("“%(text)s”, unreadable from column %(column)d on") % {"text": cut(line), "column": mark.column + 1}


def _broken(name: str, line: int, expected: str, found: str) -> BadPlan:
    return BadPlan(name, [Problem(line=line, path="", expected=expected, found=found)])
