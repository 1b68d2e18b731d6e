"""The guard of the catalogues, on catalogues and packages with one thing wrong."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from catalogues import Key, defects, extracted, messages_in
from messages import HEADER, entry, in_two_ways, of_modules
from packages import DOMAINS, Exclusion, Package, exclusions, idle, packages, stands, untranslated

Said = dict[str, str]


def po(path: Path, said: Said) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *(entry((None, key), (key,), value) + "\n" for key, value in said.items())]))
    return path


@pytest.fixture
def module(tmp_path: Path) -> Callable[..., Path]:
    def make(code: str, said: Said, name: str = "stall") -> Path:
        (tmp_path / name).mkdir()
        (tmp_path / name / "words.py").write_text(code)
        po(tmp_path / name / "locale/vi/LC_MESSAGES/django.po", said)
        return tmp_path / name

    return make


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Package]:
    def make(english: Said, own: Said, name: str = "wagtail.stall") -> Package:
        po(tmp_path / name / "locale/en/LC_MESSAGES/django.po", english)
        po(tmp_path / name / "locale/vi/LC_MESSAGES/django.po", own)
        return Package(name, tmp_path / name, None)

    return make


def message(english: str | list[str], vietnamese: str | list[str], fuzzy: bool = False) -> Message:
    return Message(english, string=vietnamese, flags=["fuzzy"] if fuzzy else [])


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (message("Save", "Lưu"), []),
        (message("Save", ""), ["fuzzy or empty"]),
        (message("Save", "Lưu", fuzzy=True), ["fuzzy or empty"]),
        (message("%(name)s saved", "Đã lưu %(name)s"), []),
        (message("%(name)s saved", "Đã lưu %(ten)s"), ["placeholders differ"]),
        (message("{} saved", "Đã lưu"), ["placeholders differ"]),
        (message("%d saved", "Đã lưu %s"), ["placeholders differ"]),
        (message(["1 page", "%(n)s pages"], ["%(n)s trang"]), []),
        (message(["1 page", "%(n)s pages"], ["1 trang"]), ["placeholders differ"]),
        (message(["%(n)s page", "%(n)s pages"], ["%(n)s trang", "%(n)s trang"]), ["Vietnamese has one form …"]),
        (message("<b>Now</b> here", "<b>Nay</b> ở đây"), []),
        (message("<b>Now</b> here", "<b>Nay ở đây"), ["markup differs"]),
        (message("Now here", "<b>Nay</b> ở đây"), ["markup differs"]),
        (message("Status: ", "Trạng thái:"), ["the blank at the end is lost"]),
        (message("Delete", "Xoá"), ["write the tone mark of 'Xoá' …"]),
        (message("Activities", "Hoạt động, khoản, quý, thuỷ"), ["write the tone mark of 'thuỷ' …"]),
    ],
    ids=lambda value: value.id if isinstance(value, Message) and isinstance(value.id, str) else None,
)
def test_what_is_wrong_with_a_translation_is_named(said, wrong):
    found = [re.sub(r"(has one form|'\w+') .*", r"\1 …", defect) for defect in defects(said)]

    assert found == wrong


def test_a_module_without_a_word_or_with_one_too_many_is_told_where(module):
    stall = module('print(_("Open"))\nprint(_("Closed"))\n', {"Open": "Mở", "Ajar": "Hé"})

    [missing, unused] = of_modules([stall])

    assert missing == "loa/stall/words.py:2: not translated: 'Closed'"
    assert unused.endswith("django.po:12: no longer used: 'Ajar'")


@pytest.mark.parametrize("code", ["role: chair", "no_unit", "units.not-found.title", "Đơn vị"])
def test_an_id_is_what_readers_of_english_see_so_it_is_english(module, code):
    stall = module(f'_("{code}")\n', {code: "Đơn vị"})

    assert list(of_modules([stall])) == [
        f"loa/stall/words.py:1: shown to those who read English, so write it: {code!r}",
    ]


def test_a_plural_needs_a_plural_entry_since_gettext_would_not_find_the_other(module):
    stall = module('ngettext("%(n)s stall", "%(n)s stalls", n)\n', {"%(n)s stall": "%(n)s quầy"})

    [problem] = of_modules([stall])

    assert problem.endswith("lacks msgid_plural '%(n)s stalls': '%(n)s stall'")


def test_a_catalogue_that_counts_in_two_forms_is_refused(module):
    stall = module('_("Open")\n', {"Open": "Mở"})
    path = stall / "locale/vi/LC_MESSAGES/django.po"
    path.write_text(path.read_text().replace("nplurals=1; plural=0", "nplurals=2; plural=n != 1"))

    assert [problem.split(": ")[-1] for problem in of_modules([stall])] == ["the header must say nplurals=1"]


def test_one_id_has_one_vietnamese_wherever_it_stands(module):
    stall = module("", {"History": "Lịch sử", "Open": "Mở"})
    kiosk = module("", {"History": "Quá trình", "Open": "Mở"}, name="kiosk")
    said: dict[Key, Message] = {(None, "Open"): message("Open", "Mở ra")}

    found = [problem.split("django.po:")[1].split(": ", 1)[1] for problem in in_two_ways(said, [stall, kiosk])]

    assert found == [
        "a package says 'Mở ra' for the same words: 'Open'",
        "stall says 'Lịch sử' for the same words: 'History'",
        "a package says 'Mở ra' for the same words: 'Open'",
    ]


def test_what_a_package_lacks_is_named_with_its_version(package):
    stall = package({"Open": "", "Closed": "", "Shut": ""}, {"Open": "Mở", "Closed": "Closed"})
    said = stall.own("django") | {(None, "Shut"): message("Shut", "Khép")}

    lacking = [(found.name, found.version, wanted.key) for found, wanted in untranslated((stall,), "django", said, [])]

    assert lacking == [("wagtail.stall", packages()[0].version, (None, "Closed"))]
    assert re.fullmatch(r"wagtail 8\.[\d.]+", stall.version)


@pytest.mark.parametrize("own", ["Open", "", "%(n)s mở", "Mở khoá"])
def test_the_packages_own_words_count_only_when_they_can_stand(own):
    assert not stands(message("Open", own))


def test_a_package_without_a_catalogue_is_read_from_its_code(tmp_path):
    code = tmp_path / "stall"
    (code / "templates").mkdir(parents=True)
    (code / "models.py").write_text('name = _("entry")\n')
    (code / "templates/a.html").write_text(
        "{% load i18n %}{% blocktranslate count n=n %}{{ n }} entry{% plural %}{{ n }} entries{% endblocktranslate %}"
    )

    assert {wanted.ids: wanted.places for wanted in extracted(code).values()} == {
        ("entry",): ("models.py:1",),
        ("%(n)s entry", "%(n)s entries"): ("templates/a.html:1",),
    }


def test_an_exclusion_covers_what_stands_only_there_and_ends_with_it(tmp_path):
    path = tmp_path / "stall/locale/en/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    rows = [("shell.py", "Prompt"), ("shell.py screens.py", "Open")]
    path.write_text("\n".join([HEADER, *(f"#: {at}\n{entry((None, said), (said,))}\n" for at, said in rows)]))
    stall = Package("stall", tmp_path / "stall", None)
    by_place = Exclusion(package="stall", place="shell.py", reason="Only typed.")
    by_id = Exclusion(package="stall", id="Open", reason="Never shown.")
    gone = Exclusion(package="stall", id="Shut", reason="Was shown.")

    left = [wanted.key[1] for _, wanted in untranslated((stall,), "django", {}, [by_place])]

    assert left == ["Open"]
    assert list(untranslated((stall,), "django", {}, [by_place, by_id])) == []
    assert list(idle((stall,), [by_place, by_id, gone])) == [gone]


def test_every_exclusion_has_its_reason():
    assert [rule for rule in exclusions() if len(rule.reason) < 20] == []


def counted(found: tuple[Package, ...]) -> Iterator[int]:
    for package in found:
        yield sum(len(package.wanted(domain)) for domain in DOMAINS)


def test_the_guard_reads_every_package_whose_words_people_meet():
    read = {package.name: number for package, number in zip(packages(), counted(packages()), strict=True) if number}

    assert {"wagtail.admin", "wagtail", "wagtail.images", "modelsearch", "allauth", "django.conf"} <= read.keys()
    assert sum(read.values()) > 2500
    assert [name for name in read if not next(p for p in packages() if p.name == name).words] == []


def test_catalogues_of_packages_stand_where_django_looks():
    stray = [package.words for package in packages() if package.words and not package.words.is_dir()]

    assert stray == []
    assert messages_in(packages()[0].home / "locale/en/LC_MESSAGES/djangojs.po", "en")
