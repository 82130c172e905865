"""What came nearest to a section that is missing, and why it didn't count."""

from collections.abc import Sequence

import pytest

from rehearse.coverage.engine import CoverageEngine
from rehearse.coverage.features import Features
from rehearse.coverage.terms import TermFinder, TermHit
from rehearse.domain.coverage import BLOCKED, ELSEWHERE, NOTHING, SectionMark, SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript, Word
from tests.unit.coverage.conftest import Mark

TOLD = (
    "The goal was to cut wrong orders in the kitchen, which cost us a lot of money every day. "
    "I trained a gradient boosting model in Python. "
)


def missing(mark: SectionMark) -> SectionMark:
    assert (mark.state, mark.evidence) == (SectionState.MISSING, ())
    return mark


def kinds(mark: SectionMark) -> dict[str, str]:
    return {match.kind: match.text for match in mark.why}


def test_where_nothing_comes_near_that_is_said(mark: Mark) -> None:
    one = missing(mark(TOLD).section("monitoring"))
    assert one.nearest is None
    assert kinds(one) == {NOTHING: "no words were found that come near it"}


def test_what_tells_too_little_is_shown_with_what_it_resembles(mark: Mark) -> None:
    one = missing(mark(TOLD + "And no, we don't track it once it is out, we really ought to.").section("monitoring"))
    assert one.nearest is not None
    assert "we don't track it once it is out" in one.nearest.text
    assert set(kinds(one)) == {"example"}


def test_what_tells_more_of_a_section_that_is_ticked_names_it(mark: Mark) -> None:
    said = "Training won't start when one is violated, that killed maybe eighty percent of our silly accidents. "
    lockdown = "The biggest challenge was the lockdown, the model had learned a world that was gone."
    marks = mark(f"We forecast energy for a hotel chain. And {said}{lockdown}")
    one = missing(marks.section("development"))
    assert one.nearest is not None
    assert "won't start when one is violated" in one.nearest.text
    assert marks.section("context").state is SectionState.COVERED
    assert kinds(one)[ELSEWHERE] == "Context and goal"


@pytest.mark.parametrize("said", ["It was monitored.", "Deployment and monitoring, no clue."])
def test_the_sections_own_word_is_near_however_little_is_said(mark: Mark, said: str) -> None:
    one = mark(TOLD + said).section("monitoring")
    assert one.state is not SectionState.COVERED
    shown = one.evidence[0] if one.evidence else one.nearest
    assert shown is not None
    assert said.strip(".") in shown.text


@pytest.mark.parametrize("said", ["There was no monitoring at all.", "We never set up any alerts or monitoring."])
def test_what_is_said_to_be_missing_shows_where(mark: Mark, said: str) -> None:
    one = missing(mark(TOLD + said).section("monitoring"))
    assert one.nearest is not None
    assert one.nearest.text.strip(".") in said
    assert kinds(one)[BLOCKED] == "it is said to be missing"


def test_while_one_speaks_nothing_is_said_of_what_is_still_open(engine: CoverageEngine, deployment: Guide) -> None:
    growing = engine.assess(Transcript.typed(TOLD), deployment.scenarios[0], final=False).section("monitoring")
    assert (missing(growing).nearest, growing.why) == (None, ())


def test_only_the_nearest_words_are_looked_at_closely(
    mark: Mark, deployment: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monitoring = [section.id for section in deployment.sections].index("monitoring")
    terms = Features.terms

    def counted(self: Features, section: int, text: str) -> list[str]:
        if section == monitoring:
            asked.append(text)
        return terms(self, section, text)

    monkeypatch.setattr(Features, "terms", counted)
    one = missing(mark(TOLD + "And no, we don't track it once it is out, we really ought to.").section("monitoring"))
    assert one.nearest is not None
    assert len(asked) == 1, "a long answer has hundreds of clauses"
    assert asked[0] in one.nearest.text


def test_words_are_searched_for_terms_once_whatever_the_number_of_missing_sections(
    mark: Mark, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    find = TermFinder.find

    def counted(self: TermFinder, words: Sequence[Word]) -> list[TermHit]:
        searched.append(" ".join(word.text for word in words))
        return find(self, words)

    monkeypatch.setattr(TermFinder, "find", counted)
    said = "My grandmother baked bread in a village by the river."
    marks = mark(f"{said} The train was late again that day.")
    assert sum(one.state is SectionState.MISSING for one in marks.sections) > 1
    assert searched.count(said) == 1
