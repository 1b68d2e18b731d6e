"""Whatever asks something of somebody asks it in one way, at the beginning of the sentence: “Xin …”."""

import re

import pytest

from tests.test_house_rules import PACKAGE, name

CATALOGUES = sorted(path for path in PACKAGE.glob("*/locale/vi/LC_MESSAGES/*.po") if path.parts[-5] != "config")
OTHER_WAYS = re.compile(r"\b(?:hãy|vui lòng)\b", re.IGNORECASE)


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_what_is_asked_of_somebody_begins_with_one_word(path):
    said = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(("msgid", "#"))]

    assert [line for line in said if OTHER_WAYS.search(line)] == []
