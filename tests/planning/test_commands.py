import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from loa.planning.models import Plan
from tests import make
from tests.planning import plans

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def root():
    unit = make.unit(code="ROOT-1", name="Liên đoàn Mẫu")
    plans.load_with(
        unit,
        plans.indicator("T1", "tests.joined", values={"province": 85}),
        plans.indicator("T9", "contests.closed", unit="count", values={"province": 2}),
    )
    plans.people(unit, 20, joined=10)
    with plans.registered(plans.Joined()):
        yield unit


def test_the_card_as_data(root):
    rows = json.loads(run("scorecard", "--unit", "ROOT-1", "--on", "2026-03-02", "--json"))

    assert rows == [
        {
            "target": "T1",
            "measure": "tests.joined",
            "unit": "ROOT-1",
            "numerator": 10,
            "denominator": 20,
            "value": 50.0,
            "target_value": 85.0,
            "proposed": False,
            "forecast": None,
            "as_of": "2026-03-02",
            "structure": "2026-03-02",
            "definition_version": 3,
            "state": "behind",
        },
        {
            "target": "T9",
            "measure": "contests.closed",
            "unit": "ROOT-1",
            "numerator": None,
            "denominator": None,
            "value": None,
            "target_value": 2.0,
            "proposed": False,
            "forecast": None,
            "as_of": "2026-03-02",
            "structure": "2026-03-02",
            "definition_version": None,
            "state": "not-measured",
        },
    ]


def test_the_card_in_words_is_of_the_whole_plan_by_default(root):
    text = run("scorecard", "--on", "2/3/2026")

    assert text.startswith("Liên đoàn Mẫu (ROOT-1), 02/03/2026\n")
    assert "50 % (10 trên 20) · chậm · năm 2026: ít nhất 85 %" in text
    assert "chưa đo được" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--unit", "ROOT-2", "--on", "2026-03-02"), "ROOT-1"),
        (("--unit", "?", "--on", "2026-03-02"), "“?”"),
        (("--on", "yesterday"), "yesterday"),
        (("--on", "2099-01-01"), "01/01/2099"),
        (("--on", "1999-01-01"), "01/01/1999"),
    ],
)
def test_the_card_is_refused_in_one_sentence(root, words, said):
    with pytest.raises(CommandError) as problem:
        run("scorecard", *words)

    assert said in str(problem.value)
    assert problem.value.returncode == 2


def test_without_a_plan_there_is_no_card():
    with pytest.raises(CommandError, match="loa plan load") as problem:
        run("scorecard", "--on", "2026-03-02")

    assert problem.value.returncode == 2


def test_a_plan_is_loaded_from_its_file(tmp_path):
    make.unit(code="LDLD-BD")

    assert "Thêm 0 dòng" not in run("plan", "load", str(plans.SOURCE))
    assert "Thêm 0 dòng, sửa 0, bỏ 0" in run("plan", "load", str(plans.SOURCE))
    assert "T14" in run("plan", "show")


@pytest.mark.parametrize(
    ("content", "said"),
    [("id: [", "xau.yaml"), ("", "xau.yaml"), (b"\xff\xfe\x00", "xau.yaml"), (None, "xau.yaml")],
)
def test_a_bad_file_is_refused_and_loads_nothing(tmp_path, content, said):
    file = tmp_path / "xau.yaml"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(CommandError, match=said) as problem:
        run("plan", "load", str(file))

    assert problem.value.returncode == 2
    assert not Plan.objects.exists()


def test_a_plan_of_an_unknown_unit_is_refused():
    with pytest.raises(CommandError, match="LDLD-BD"):
        run("plan", "load", str(plans.SOURCE))
