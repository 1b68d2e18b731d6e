"""The board shows of every unit what its own card shows, sorted, sifted and paged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.planning.protocol import Figure
from loa.planning.scorecard import Sieve, State, board, scorecard
from loa.planning.scorecard.rollup import rolled_up
from loa.planning.withholding import total, withhold
from tests import make
from tests.planning import plans

STEP = 6
"""Characters of one step of a path."""


@st.composite
def trees(draw: st.DrawFn) -> list[Figure]:
    """What each unit of a random tree of three levels has by itself."""
    paths = ["000001"]
    for one in range(draw(st.integers(1, 3))):
        paths.append(f"00000100001{one}")
        paths += [f"00000100001{one}00002{two}" for two in range(draw(st.integers(0, 3)))]
    sizes = [draw(st.integers(0, 12)) for _ in paths]
    return [
        Figure(path=path, numerator=draw(st.integers(0, size)), denominator=size)
        for path, size in zip(paths, sizes, strict=True)
        if size
    ]


@given(trees())
def test_a_rollup_withholds_what_the_cards_one_below_the_other_withhold(own):
    """A card knows one table and asks for those above it; the rollup goes through all tables at once."""
    done = rolled_up(own, "000001", people=True)

    def shown_by_cards(path: str, *, hidden: bool) -> set[str]:
        parts: dict[str, list[Figure]] = {}
        for one in own:
            if one.path.startswith(path):
                parts.setdefault(one.path[: len(path) + STEP], []).append(one)
        table = withhold([total(figures, path=key) for key, figures in parts.items()], hidden=hidden)
        found = {path} if table.whole else set()
        for key in parts:
            if key != path:
                found |= {key} if key in table.parts else set()
                found |= shown_by_cards(key, hidden=key in table.parts)
        return found

    assert done.hidden == shown_by_cards("000001", hidden=False)
    for path, figure in done.figures.items():
        assert figure == total([one for one in own if one.path.startswith(path)], path=path)


@pytest.fixture
def root():
    return make.unit(code="ROOT", name="Liên đoàn Mẫu", kind_code="province")


@pytest.fixture
def targets(root):
    plans.load_with(
        root,
        plans.indicator("T1", "tests.joined", values={"province": 85, "upper": 85, "grassroots": 85}),
        plans.indicator("T8", "tests.arrivals", unit="count", values={"upper": 60}),
        plans.indicator("T9", "tests.nothing", unit="count", values={"province": 2}),
    )
    with plans.registered(plans.Joined(), plans.Arrivals()):
        yield


def upper(root, name: str, people: int = 0, joined: int = 0):
    unit = make.unit(parent=root, name=name, flags=("upper_level",), kind_code="commune")
    plans.people(unit, people, joined=joined)
    return unit


@pytest.mark.django_db
def test_every_cell_is_that_of_the_units_own_card(root, targets):
    one, two = upper(root, "Công đoàn A", 30, 20), upper(root, "Công đoàn B", 30, 3)
    low = make.unit(parent=two, name="Công đoàn C")
    plans.people(low, 70, joined=62)

    shown = board(root.pk, on=make.DAY)

    assert [row.unit.unit_id for row in shown.rows] == [one.pk, two.pk, low.pk, root.pk]
    assert [target.code for target in shown.targets] == ["T1", "T8"]
    assert [target.code for target in shown.unmeasured] == ["T9"]
    for row in shown.rows:
        card = scorecard(row.unit.unit_id, on=make.DAY)
        lines = [card.line(target.code) for target in shown.targets]
        assert [cell for _target, cell in row.pairs] == [line.reading for line in lines if line]


@pytest.mark.django_db
def test_the_board_is_sifted_by_words_kind_and_state(root, targets):
    met, behind = upper(root, "Công đoàn Phường Đống Đa", 70, 65), upper(root, "Công đoàn Xã Đa Lộc", 40, 10)
    make.unit(parent=root, name="Công đoàn cơ sở May")

    def found(**sieve) -> list[int]:
        return [row.unit.unit_id for row in board(root.pk, on=make.DAY, sieve=Sieve(**sieve)).rows]

    assert found(words="da dong") == [met.pk]
    assert found(words="đa") == [met.pk, behind.pk]
    assert found(kind="commune") == [met.pk, behind.pk]
    assert found(state=State.MET) == [met.pk]
    assert found(state=State.BEHIND, by="T1") == [behind.pk]
    assert found(state=State.BEHIND, by="T8", kind="commune", words="phuong") == []
    assert found(by="T8", kind="commune") == [behind.pk, met.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["ten", "T8"])
def test_the_board_is_paged_by_key(root, targets, by):
    units = [upper(root, f"Công đoàn {name}", 20, 10) for name in "ABCDE"]
    sieve = Sieve(kind="commune", by=by)

    first = board(root.pk, on=make.DAY, sieve=sieve, limit=2)
    second = board(root.pk, on=make.DAY, sieve=sieve, limit=2, after=first.after)
    last = board(root.pk, on=make.DAY, sieve=sieve, limit=2, after=second.after)

    pages = [[row.unit.unit_id for row in page.rows] for page in (first, second, last)]
    assert pages == [[one.pk for one in units[:2]], [one.pk for one in units[2:4]], [units[4].pk]]
    assert last.after == ""
    assert board(root.pk, on=make.DAY, sieve=sieve, limit=2, after="0; DROP").rows == first.rows


@pytest.mark.django_db
@pytest.mark.parametrize(("sieve", "queries"), [(Sieve(), 10), (Sieve(by="T1"), 11), (Sieve(state=State.BEHIND), 11)])
@pytest.mark.parametrize("how_many", [1, 3])
def test_the_board_costs_the_same_however_many_units(
    root, targets, how_many, sieve, queries, django_assert_num_queries
):
    for number in range(how_many):
        low = make.unit(parent=upper(root, f"Công đoàn {number}", 20, 10))
        plans.people(low, 9, joined=7)

    with django_assert_num_queries(queries):
        board(root.pk, on=make.DAY, sieve=sieve)


@pytest.mark.django_db
def test_an_ended_units_board_is_its_heirs(root, targets):
    assert board(root.pk, on=make.DAY, structure=date(2026, 3, 1)).unit.unit_id == root.pk


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["0; DROP", "99999999999999999999999", "%", "¼", "đ" * 500])
def test_whatever_is_typed_is_only_a_filter(root, targets, typed):
    assert board(root.pk, on=make.DAY, sieve=Sieve(words=typed), after=typed).rows == ()
