"""`rehearse history corrections`: what later marks learn from, and forgetting it."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import main
from rehearse.domain.answer import Answer, AnswerStatus, Source
from rehearse.domain.coverage import Correction, Coverage, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.transcript import Transcript
from rehearse.guides.library import GuideLibrary
from rehearse.history.answers import AnswerStore
from rehearse.services.corrections import correct
from rehearse.settings import find_places
from tests.house.answers import begin_answer

GUIDE = GuideLibrary().load("model-deployment")
TRANSCRIPT = Transcript.typed("We look at the board every day. It runs on a server. That was it.")
LOOKED, RUNS = TRANSCRIPT.quote(0, 7), TRANSCRIPT.quote(7, 12)
STATES = {"deployment": (SectionState.COVERED, (RUNS,)), "monitoring": (SectionState.THIN, (LOOKED,))}


@pytest.fixture
def store(own_home: Path) -> AnswerStore:
    places = find_places().create()
    return AnswerStore(places.database, places.recordings)


@pytest.fixture
def corrected(store: AnswerStore) -> Answer:
    """An answer in which monitoring was ticked, with the mistake that rests on it, and deployment crossed out."""
    begun = begin_answer(store, Source.TYPED)
    sections = [
        SectionMark(section.id, *STATES.get(section.id, (SectionState.MISSING, ()))) for section in GUIDE.sections
    ]
    mistakes = [MistakeMark(mistake.id, MistakeState.MADE) for mistake in GUIDE.mistakes]
    coverage = Coverage(tuple(sections), tuple(mistakes), final=True)
    kept = store.complete(replace(begun, status=AnswerStatus.FINISHED, transcript=TRANSCRIPT, coverage=coverage))
    for correction in (Correction("monitoring", "covered"), Correction("deployment", "missing")):
        kept = correct(store, GUIDE, kept, correction)
    return kept


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def run(*arguments: str) -> Any:
        capsys.readouterr()
        assert main(["history", "corrections", "--json", *arguments]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_lists_what_is_learned_with_its_words(corrected: Answer, said: Callable[..., Any]) -> None:
    rows = said()
    assert [(row["number"], row["section"], row["state"], row["words"]) for row in rows] == [
        (1, "monitoring", "covered", [LOOKED.text]),
        (2, "deployment", "missing", [RUNS.text]),
    ]
    assert {row["answer"] for row in rows} == {corrected.id}


def test_forgets_one_and_what_came_with_it_and_leaves_the_others(
    corrected: Answer, store: AnswerStore, said: Callable[..., Any]
) -> None:
    assert len(corrected.corrections) > 2
    assert [row["section"] for row in said("--forget", "1")] == ["monitoring"]
    assert [row["section"] for row in said()] == ["deployment"]
    marks = store.get(corrected.id).marks
    assert marks is not None
    assert marks.section("monitoring").state is SectionState.THIN
    assert all(mark.state is MistakeState.MADE for mark in marks.mistakes)
    assert marks.section("deployment").state is SectionState.MISSING


def test_an_unknown_number_forgets_nothing(
    corrected: Answer, said: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "corrections", "--forget", "1", "3"]) == 2
    assert "no correction 3" in capsys.readouterr().err
    assert len(said()) == 2


def test_without_corrections_it_says_how_to_give_one(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "corrections"]) == 0
    assert "No corrections yet" in capsys.readouterr().out


def test_a_number_means_the_same_correction_with_and_without_a_guide(
    corrected: Answer, store: AnswerStore, said: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    other = GuideLibrary().load("ab-test")
    section = other.sections[0].id
    begun = begin_answer(store, Source.TYPED)
    sections = [
        SectionMark(one.id, SectionState.COVERED if one.id == section else SectionState.MISSING, (LOOKED,))
        for one in other.sections
    ]
    kept = store.complete(
        replace(begun, guide_id=other.id, transcript=TRANSCRIPT, coverage=Coverage(tuple(sections), (), final=True))
    )
    correct(store, other, kept, Correction(section, "missing"))
    everything = {row["number"]: row["guide"] for row in said()}
    assert sorted(everything) == [1, 2, 3]
    for guide in (GUIDE.id, other.id):
        listed = [row["number"] for row in said("--guide", guide)]
        assert listed == [number for number, its in everything.items() if its == guide]
    ours, theirs = (next(n for n, its in everything.items() if its == one) for one in (GUIDE.id, other.id))
    assert main(["history", "corrections", "--guide", other.id, "--forget", str(ours)]) == 2
    assert f"no correction {ours}" in capsys.readouterr().err
    assert [row["guide"] for row in said("--guide", other.id, "--forget", str(theirs))] == [other.id]
    assert {row["guide"] for row in said()} == {GUIDE.id}
