"""Indices from counts, with their n."""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.indices import Effort, Index, ces, consistency, csat, mean, nps

NOBODY: dict[int, int] = {}


def test_nps_counts_passives_in_n() -> None:
    assert nps({10: 2, 9: 1, 8: 3, 7: 1, 6: 1, 0: 2}) == Index(Fraction(0), 10)
    assert nps({10: 1, 8: 2}) == Index(Fraction(100, 3), 3)
    assert nps({0: 1}) == Index(Fraction(-100), 1)


def test_csat_is_the_share_of_the_two_best() -> None:
    assert csat({5: 1, 4: 1, 3: 1, 1: 1}) == Index(Fraction(50), 4)


def test_ces_is_a_mean_that_knows_its_scale() -> None:
    assert ces({7: 1, 4: 1}) == Effort(Fraction(11, 2), 2, 7, easy_high=True)
    assert ces({1: 1}, 5, easy_high=False) == Effort(Fraction(1), 1, 5, easy_high=False)


def test_nothing_counted_is_no_index() -> None:
    assert nps(NOBODY) == csat({3: 0}) == mean(NOBODY) == Index(None, 0)
    assert ces(NOBODY).mean is None
    assert consistency([]).mean is None


@pytest.mark.parametrize(
    ("index", "counts"),
    [(nps, {11: 1}), (nps, {-1: 1}), (csat, {0: 1}), (ces, {8: 1}), (csat, {3: -1})],
)
def test_answers_off_the_scale_are_refused(index: object, counts: dict[int, int]) -> None:
    assert callable(index)
    with pytest.raises(ValueError, match="on a scale of"):
        index(counts)


def test_the_mean_of_visit_scores_is_the_figure() -> None:
    """Two surveys of a real firm's sheet: 90 of 95 and 90 of 100."""
    found = consistency([Fraction(90, 95), Fraction(90, 100)])
    assert found.mean is not None
    assert isclose(found.mean, 0.9236842105263158)
    assert (found.lowest, found.highest, found.n) == (Fraction(9, 10), Fraction(18, 19), 2)
    assert found.deviation is not None
    assert isclose(found.deviation, 0.033494, rel_tol=1e-4)


def test_one_score_has_no_spread() -> None:
    assert consistency([Fraction(80)]).deviation is None


@given(
    st.dictionaries(st.integers(0, 10), st.integers(0, 50)),
    st.dictionaries(st.integers(0, 10), st.integers(0, 50)),
)
def test_pooled_counts_lie_between_their_parts(a: dict[int, int], b: dict[int, int]) -> None:
    pooled = {value: a.get(value, 0) + b.get(value, 0) for value in {*a, *b}}
    parts = [index.value for index in (nps(a), nps(b)) if index.value is not None]
    whole = nps(pooled)
    assert whole.n == nps(a).n + nps(b).n
    if whole.value is not None:
        assert -100 <= min(parts) <= whole.value <= max(parts) <= 100
