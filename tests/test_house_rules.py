"""Rules a machine can check. What import contracts cannot see is seen here."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from loa.ledger.facts import Fact

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "loa"
STACK = ["base", "ledger", "ui", "people", "planning", "audience", "newsroom", "reports", "portal", "desk", "config"]
NEIGHBOURS = {("portal", "desk"), ("desk", "portal")}
CODE = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(path for path in PACKAGE.rglob("*.html"))
SCREENS = [path for path in CODE if path.stem in {"desk", "public"} or path.parent.name in {"desk", "public"}]
SCREENS = [path for path in SCREENS if path.parent != PACKAGE / "desk"]
ACTIONS = [path for path in CODE if path.stem == "actions" or path.parent.name == "actions"]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def module_of(model: type[Model]) -> str:
    return str(model._meta.app_config.name.removeprefix("loa."))


def test_every_folder_of_the_package_has_its_place_in_the_stack():
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert folders == set(STACK)


def test_every_module_says_in_one_sentence_what_it_is_for():
    silent = [path for path in PACKAGE.glob("*/__init__.py") if not ast.get_docstring(tree(path))]

    assert silent == []


def test_foreign_keys_point_down_the_stack():
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.app_config.name.startswith("loa."):
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and field.concrete else None
            if target is None or isinstance(target, str) or not target._meta.app_config.name.startswith("loa."):
                continue
            here, there = module_of(model), module_of(target)
            if STACK.index(there) > STACK.index(here) or (here, there) in NEIGHBOURS:
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")

    assert wrong == []


@pytest.mark.parametrize("path", SCREENS, ids=name)
def test_screens_ask_queries_and_call_actions_and_never_reach_for_tables(path):
    assert ".objects" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ACTIONS, ids=name)
def test_actions_that_record_are_told_by_whom_and_when(path):
    untold = []
    for function in functions(path):
        calls = {
            getattr(node.func, "id", getattr(node.func, "attr", ""))
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
        }
        parameters = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
        if "record" in calls and not {"by", "at"} <= parameters:
            untold.append(function.name)

    assert untold == []


@pytest.mark.parametrize("path", CODE, ids=name)
def test_imports_stand_at_the_top(path):
    hidden = [
        f"{function.name}:{node.lineno}"
        for function in functions(path)
        if not (path.name == "apps.py" and function.name == "ready")
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


@pytest.mark.parametrize("path", CODE, ids=name)
def test_models_keep_no_hidden_behaviour(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"auto_now|def save\(|(?:pre|post)_(?:save|delete|init)\b", text) == []


@pytest.mark.parametrize("path", [path for path in CODE if "demo" not in path.parts], ids=name)
def test_no_province_is_a_constant_in_code(path):
    assert re.findall(r"Bình Định|Gia Lai|Quy Nhơn|Pleiku", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_keep_to_the_strict_content_security_policy(path):
    text = path.read_text(encoding="utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:", text, re.IGNORECASE)
    data_only = [tag for tag in inline if "application/ld+json" in tag or "application/json" in tag]

    assert [tag for tag in inline if tag not in data_only] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_long_translations_are_trimmed(path):
    blocks = re.findall(r"{%\s*blocktrans\w*\b[^%]*%}", path.read_text(encoding="utf-8"))

    assert [block for block in blocks if "trimmed" not in block] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_filter_is_given_what_may_not_be_there(path):
    """`{{ a|default:b.c }}` without a `b.c` fails as a whole, and what stands around a page of the back office swallows
    it (`{{ block.super }}`): the page is empty and nobody is told. `{% firstof a b.c %}` leaves out what is missing."""
    text = path.read_text(encoding="utf-8")
    given = [one for tag in re.findall(r"{[{%].*?[%}]}", text) for one in re.findall(r"\|\w+:([A-Za-z][\w.]*)", tag)]
    bound = set(re.findall(r"\bas (\w+)|(?<=\s)(\w+)=", text))
    known = {one for pair in bound for one in pair} | set(re.findall(r"\w+", text.partition("#}")[0])) | {"None"}

    assert [one for one in given if one not in known] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_page_turns_by_itself(path):
    """Whoever reads slowly, or hears the page, would lose their place (WCAG 2.2, 2.2.1 and 2.2.4); see ui/again.js."""
    assert 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*TEMPLATES, *PACKAGE.rglob("*.css"), *PACKAGE.rglob("*.js")], ids=name)
def test_pages_ask_no_other_host_for_anything(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"(?:src|href|url|import)\s*[=(]?\s*[\"'(]\s*(?:https?:)?//[^\"')]+", text) == []


for events in PACKAGE.glob("*/events.py"):
    import_module(f"loa.{events.parent.name}.events")


def all_facts(base: type[Fact] = Fact) -> Iterator[type[Fact]]:
    for fact in base.__subclasses__():
        if fact.__module__.startswith("loa."):
            if "kind" in vars(fact):
                yield fact
            yield from all_facts(fact)


def test_every_kind_of_fact_is_explained_and_named_once():
    kinds = [fact.kind for fact in all_facts()]
    explained = re.findall(r"^\|\s*`([a-z.-]+)`", (ROOT / "docs/events.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(kinds) == sorted(set(explained))
    assert len(kinds) == len(set(kinds))


def views(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry)
        else:
            yield entry


def test_every_desk_screen_asks_for_an_ability():
    desk = [
        view.callback
        for view in views()
        if re.fullmatch(r"loa\.\w+\.desk(\.\w+)?", getattr(view.callback, "__module__", ""))
    ]

    assert desk
    assert [view.__qualname__ for view in desk if not hasattr(view, "ability")] == []


def test_tests_use_the_real_thing():
    mocking = re.compile(r"unittest\.mock|@patch\(|MagicMock|monkeypatch\.setattr\(\s*[\"']loa")
    users = [
        name(path)
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__) and mocking.search(path.read_text(encoding="utf-8"))
    ]

    assert users == []


def test_every_test_asserts_something():
    empty = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        helpers = {f.name for f in functions(path) if not f.name.startswith("test_") and _asserts(f, set())}
        helpers |= {"assert_", "expect_", "raises", "warns"}
        empty += [
            f"{name(path)}::{f.name}"
            for f in functions(path)
            if f.name.startswith("test_") and not _asserts(f, helpers)
        ]

    assert empty == []


def _asserts(function: ast.FunctionDef, helpers: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in {"raises", "warns"} or called in helpers or called.startswith(("assert", "expect", "check")):
                return True
        if isinstance(node, ast.With):
            for item in node.items:
                call = item.context_expr
                if isinstance(call, ast.Call) and "assert" in ast.unparse(call.func):
                    return True
    return False


def test_documents_speak_of_the_project_alone():
    told = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *CODE]:
        told += [name(path) for _ in re.findall(r"/(?:root|home|tmp)/", path.read_text(encoding="utf-8"))]

    assert told == []


def test_tone_marks_stand_on_the_first_vowel_wherever_people_read():
    """hòa, khỏe, hủy (docs/glossary.md); names of people and places are written as their own do, with a capital."""
    second = re.compile(r"\b[a-zđ]*(?:o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b")
    texts = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs" / "guide").glob("*.md")]
    texts += [path for path in CODE if path.is_relative_to(PACKAGE / "config" / "demo")]

    assert {name(path): found for path in texts if (found := second.findall(path.read_text(encoding="utf-8")))} == {}
