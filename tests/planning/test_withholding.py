"""No figure about one to four people can be read or computed from what is shown."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loa.planning.protocol import Figure
from loa.planning.withholding import is_small, total, withhold


def part(number: int, numerator: int, denominator: int | None) -> Figure:
    return Figure(path=f"{number:06}", numerator=numerator, denominator=denominator)


@st.composite
def tables(draw: st.DrawFn) -> list[Figure]:
    sizes = draw(st.lists(st.integers(0, 9), min_size=1, max_size=5))
    return [part(number, draw(st.integers(0, size)), size) for number, size in enumerate(sizes)]


def possible(parts: list[Figure], hidden: frozenset[str], *, whole_shown: bool) -> list[dict[str, int]]:
    """Everything that somebody who knows all denominators, the shown parts and perhaps the whole must hold possible."""
    unknown = [one for one in parts if one.path in hidden]
    left = sum(one.numerator for one in unknown)
    guesses = product(*(range((one.denominator or 0) + 1) for one in unknown))
    return [
        dict(zip((one.path for one in unknown), guess, strict=True))
        for guess in guesses
        if not whole_shown or sum(guess) == left
    ]


@given(tables())
def test_no_small_figure_follows_from_what_is_shown(parts):
    done = withhold(parts)
    whole = total(parts)
    assume(done.whole or whole.numerator not in {0, whole.denominator})  # such a whole says so of every part itself

    worlds = possible(parts, done.parts, whole_shown=not done.whole)

    for one in parts:
        if is_small(one):
            assert one.path in done.parts
            assert len({world[one.path] for world in worlds}) > 1, "its value follows from the rest"
    if done.parts and not done.whole:
        together = total([one for one in parts if one.path in done.parts])
        assert not is_small(together)


@given(tables())
def test_a_small_whole_is_never_shown(parts):
    assert withhold(parts).whole is is_small(total(parts))


@given(tables())
def test_a_whole_withheld_above_is_not_found_below(parts):
    whole = total(parts)
    assume(whole.denominator)

    done = withhold(parts, hidden=True)

    worlds = possible(parts, done.parts, whole_shown=False)
    shown = sum(one.numerator for one in parts if one.path not in done.parts)
    assert done.whole
    assert len({shown + sum(world.values()) for world in worlds}) > 1


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_plain_counts_of_people_are_kept_the_same_way(counts):
    parts = [part(number, count, None) for number, count in enumerate(counts)]

    done = withhold(parts)

    assert {one.path for one in parts if 0 < one.numerator < 5} <= done.parts
    if done.parts and not done.whole:
        assert len(done.parts) > 1
        assert sum(one.numerator for one in parts if one.path in done.parts) >= 5


@given(st.lists(st.tuples(st.integers(5, 50), st.integers(5, 50)), min_size=1, max_size=6))
def test_nothing_is_withheld_where_nothing_is_small(sizes):
    parts = [part(number, done, done + missing) for number, (done, missing) in enumerate(sizes)]

    assert withhold(parts).parts == frozenset()


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ([(3, 40), (20, 40), (20, 60)], ["000000", "000001"]),  # a second one goes with the small one
        ([(37, 40), (20, 40), (20, 60)], ["000000", "000001"]),  # three missing are as small as three counted
        ([(0, 40), (20, 40)], []),  # nobody of many is no group of people
        ([(2, 3), (1, 3), (4, 60), (20, 40)], ["000000", "000001", "000002"]),
    ],
)
def test_what_is_withheld(parts, hidden):
    figures = [part(number, *pair) for number, pair in enumerate(parts)]

    assert sorted(withhold(figures).parts) == hidden


def test_nobody_of_all_is_no_reason_to_hide_the_large_ones():
    assert withhold([part(1, 0, 3), part(2, 0, 60)]).parts == {"000001"}
