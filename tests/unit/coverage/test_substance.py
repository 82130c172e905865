"""A clause that names nothing is no evidence, whatever it sounds like."""

import pytest

from rehearse.coverage.substance import ENOUGH, SLOPE, naming_words, scantness
from rehearse.domain.coverage import SectionState
from tests.unit.coverage.conftest import Mark


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("So it helps you a lot, really.", {"helps"}),
        ("and we'd want to do that", set()),
        ("We don't know how it's going.", set()),
        ("It cut 30 minutes to 5.", {"cut", "30", "minutes", "5"}),
        ("The bakery's ovens, the ovens!", {"bakerys", "ovens"}),
    ],
)
def test_only_words_that_name_something_count_and_each_once(said: str, named: set[str]) -> None:
    assert naming_words(said) == named


def test_each_word_that_is_missing_costs_as_much() -> None:
    assert scantness("A nightly job scores every customer") == 0.0
    assert scantness("and it helps") == pytest.approx((ENOUGH - 1) * SLOPE)
    assert scantness("and so on and so on") == pytest.approx(ENOUGH * SLOPE)


@pytest.mark.parametrize("scrap", ["And they can do more with it.", "They need this a lot."])
def test_a_scrap_ticks_no_purpose_where_the_same_with_names_does(mark: Mark, scrap: str) -> None:
    rest = " I had two winters of meter readings and got within three percent."
    assert mark(scrap + rest).section("context").state is not SectionState.COVERED
    told = "It was so the receptionists needn't copy these forms onto paper until late in the evening."
    assert mark(told + rest).section("context").state is SectionState.COVERED
