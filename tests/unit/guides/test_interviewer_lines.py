"""What the interviewer says around any guide's questions."""

import re

import pytest

from rehearse.domain.gaps import MOST_QUOTED
from rehearse.guides.interviewer_lines import interviewer_lines

PLACEHOLDERS = {
    "opening": {"minutes", "questions"},
    "transition": set(),
    "last": set(),
    "closing": set(),
    "acknowledging": set(),
    "resuming": set(),
    "missing": {"title"},
    "deeper": {"quote"},
    "contradiction": {"earlier", "quote"},
    "term": {"term"},
    "mistake": {"title", "quote"},
}
ASKED = ("missing", "deeper", "contradiction", "term", "mistake")
MOST_WORDS = 30
"""Of a question, besides the words it quotes."""


def placeholders(wording: str) -> set[str]:
    return set(re.findall(r"\{([^{}]*)\}", wording))


def test_these_are_the_occasions() -> None:
    assert set(interviewer_lines()) == set(PLACEHOLDERS)


@pytest.mark.parametrize("occasion", PLACEHOLDERS)
def test_there_are_enough_wordings_and_what_they_leave_open_can_be_filled(occasion: str) -> None:
    wordings = interviewer_lines()[occasion]
    assert 4 <= len(set(wordings)) == len(wordings) <= 6
    for wording in wordings:
        found = placeholders(wording)
        # Of a mistake either may be left out; everywhere else the wording is nothing without them.
        assert found <= PLACEHOLDERS[occasion] if occasion == "mistake" else found == PLACEHOLDERS[occasion], wording
    assert len({wording.split()[0] for wording in wordings}) >= 3, "they begin differently"


@pytest.mark.parametrize("occasion", ASKED)
def test_each_question_is_short_and_open(occasion: str) -> None:
    for wording in interviewer_lines()[occasion]:
        assert wording.count("?") == 1, wording
        assert wording.endswith("?"), wording
        assert re.search(r"\b(what|what's|which|who|how|why|where|when)\b", wording, re.IGNORECASE), wording
        assert not re.search(r"(^|[.:] )(could|can|do|did|is|are|was|were|have|would|will) ", wording, re.IGNORECASE)
        quoted = len(re.findall(r"\{(?:quote|earlier)\}", wording))
        assert len(wording.split()) - quoted <= MOST_WORDS - min(quoted, 1) * MOST_QUOTED, wording
        assert quoted == len(re.findall(r"“\{(?:quote|earlier)\}”", wording)), wording


def test_a_term_stands_where_it_needs_no_article() -> None:
    for wording in interviewer_lines()["term"]:
        assert re.match(r"[A-Z].* \{term\}[.,] ", wording), wording


def test_a_mistake_that_no_words_show_can_be_asked_about() -> None:
    assert [one for one in interviewer_lines()["mistake"] if not placeholders(one)]


def test_the_close_fits_an_interview_that_was_typed_too() -> None:
    for wording in interviewer_lines()["closing"]:
        assert not re.search(r"\b(hear|heard|hearing|listen|listening|talk|talking)\b", wording), wording
