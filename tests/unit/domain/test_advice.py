"""One thing to do next, the most useful first."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.domain.advice import advice_on, follow_up_section
from rehearse.domain.answer import SHORTENED, Answer, Mode, Source
from rehearse.domain.coverage import (
    UNHEARD,
    Correction,
    Coverage,
    Match,
    MistakeMark,
    MistakeState,
    SectionMark,
    SectionState,
)
from rehearse.domain.transcript import Transcript, Utterance
from tests.fakes import small_guide

C, T, M, U = SectionState.COVERED, SectionState.THIN, SectionState.MISSING, SectionState.UNCLEAR
GUIDE = small_guide()
GUIDE = replace(
    GUIDE, sections=tuple(replace(s, share=(0, x)) for s, x in zip(GUIDE.sections, (0.2, 0.6, 0.3), strict=True))
)
SPOKEN = replace(Transcript.typed("one two three four five six seven eight nine ten eleven twelve"), timed=True)


def answer(*states: SectionState, made: tuple[str, ...] = (), duration: float = 40.0) -> Answer:
    marks = Coverage(
        tuple(SectionMark(section.id, state) for section, state in zip(GUIDE.sections, states, strict=True)),
        tuple(MistakeMark(m.id, MistakeState.MADE if m.id in made else MistakeState.AVOIDED) for m in GUIDE.mistakes),
    )
    blank = Answer("a", "small", "first", "?", datetime(2026, 1, 1, tzinfo=UTC), Source.MICROPHONE, Mode.COACHED)
    return replace(blank, coverage=marks, transcript=SPOKEN.with_duration(duration), recording=Path("a.wav"))


def test_nothing_was_heard() -> None:
    silent = replace(answer(M, M, M), transcript=Transcript())
    assert "Nothing was heard" in advice_on(GUIDE, replace(silent, coverage=None))
    assert "Nothing was heard" in advice_on(GUIDE, replace(silent, coverage=Coverage((), (), judged=False)))


def test_too_short_to_judge() -> None:
    short = replace(answer(M, M, M), coverage=Coverage((), (), judged=False))
    assert advice_on(GUIDE, short).startswith("That was too short to judge. Say a few sentences: what it was for")
    asked = replace(short, follow_up_of="b")
    assert advice_on(GUIDE, asked).startswith("That was too short to judge. Say a few sentences: what was done")


def test_another_language_is_no_matter_of_length() -> None:
    said = Transcript.typed(
        "Wir wollten wissen, welche Kunden kündigen, und so haben wir etwas gebaut, das nachts läuft. " * 2
    )
    german = replace(answer(M, M, M), transcript=said, coverage=Coverage((), (), judged=False))
    assert advice_on(GUIDE, german).startswith("This doesn't read like English, and only English is marked.")
    heard = Transcript((Utterance((), 1, 9, "de"),), duration=9)
    assert advice_on(GUIDE, replace(german, transcript=heard)).startswith("This didn't sound like English, and only")


def test_what_may_have_been_said_in_another_language_is_not_praised() -> None:
    half = Transcript((*SPOKEN.utterances, Utterance((), 20, 39, "de")), duration=40)
    said = advice_on(GUIDE, replace(answer(C, C, U), transcript=half))
    assert said.startswith("Lesson may have come up in what wasn't English: listen there, or say it in English.")


def test_nobody_is_sent_to_listen_where_there_is_no_recording() -> None:
    deleted = replace(answer(C, C, U), recording=None)
    assert advice_on(GUIDE, deleted).startswith("Lesson may have come up where nothing was heard: say it again.")
    assert "listen there" in advice_on(GUIDE, replace(deleted, id="")), "a file that is only marked is at hand"


def test_what_may_have_been_said_without_a_microphone() -> None:
    given = answer(C, C, U)
    assert given.coverage is not None
    away = Match(UNHEARD, "microphone away for 6 s at 0:20", 1.0)
    unheard = replace(given.coverage.sections[2], why=(away,))
    marks = replace(given.coverage, sections=(*given.coverage.sections[:2], unheard))
    said = advice_on(GUIDE, replace(given, coverage=marks))
    assert said.startswith("Lesson may have come up while the microphone was away: say it again.")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(M, M, M, made=("vague",)), "None of the 3 sections came up: this doesn't answer the question yet."),
        (answer(M, T, M), "Nothing came up plainly yet. Steps was touched: begin there."),
        (answer(M, M, U), "Steps didn't come up."),
        (answer(M, C, T, made=("vague",)), "Goal didn't come up."),
        (answer(C, C, T, made=("vague",)), "Vague. Name what you used."),
        (answer(T, C, T), "Lesson was only touched."),
        (answer(C, C, C, duration=5), "Everything in 5 s is quick."),
        (answer(C, C, C, duration=90), "All there, but over time."),
        (answer(C, C, C), "All there: there is nothing to mend"),
        (answer(C, C, U), "Lesson may have come up where nothing was heard: listen there, or say it again."),
        (answer(C, C, U, duration=5), "Lesson may have come up where nothing was heard"),
    ],
)
def test_the_most_useful_comes_first(given: Answer, said: str) -> None:
    assert advice_on(GUIDE, given).startswith(said)


def test_what_comes_next_is_not_for_one_answer_to_say() -> None:
    harder = replace(GUIDE.scenarios[0], id="second", title="Something large", level=2)
    guide = replace(GUIDE, scenarios=(*GUIDE.scenarios, harder))
    assert advice_on(guide, answer(C, C, C)) == "All there: there is nothing to mend in this answer."


def test_who_answers_a_follow_up_question_is_told_of_its_section_alone() -> None:
    assert advice_on(GUIDE, replace(answer(M, M, M), follow_up_of="x")).startswith("Steps didn't come up.")


def test_length_of_typed_answers_and_follow_ups_means_nothing() -> None:
    typed = replace(answer(C, C, C), transcript=Transcript.typed("a few words"))
    assert advice_on(GUIDE, typed).startswith("All there: ")
    assert advice_on(GUIDE, replace(answer(C, C, C, duration=300), follow_up_of="x")).startswith("All there: ")


def test_a_rung_of_a_ladder_is_meant_to_be_short() -> None:
    quick = answer(C, C, C, duration=5)
    assert "is quick" in advice_on(GUIDE, quick)
    assert advice_on(GUIDE, replace(quick, settings={SHORTENED: True})).startswith("All there: ")


def test_the_users_word_counts() -> None:
    corrected = replace(answer(C, C, M), corrections=(Correction("lesson", "covered"),))
    assert advice_on(GUIDE, corrected).startswith("All there")
    assert follow_up_section(GUIDE, corrected) is None


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (answer(M, M, M), "steps"),
        (answer(M, T, C), "goal"),
        (answer(T, C, T), "lesson"),
        (answer(C, C, C), None),
        (answer(C, C, U), None),
        (replace(answer(M, M, M), follow_up_of="x"), None),
        (replace(answer(M, M, M), coverage=None), None),
        (replace(answer(M, M, M), coverage=Coverage((), (), judged=False)), None),
    ],
)
def test_what_the_interviewer_asks_next(given: Answer, asked: str | None) -> None:
    section = follow_up_section(GUIDE, given)
    assert (section.id if section else None) == asked


def test_what_was_told_when_asked_is_not_asked_again() -> None:
    assert follow_up_section(GUIDE, answer(M, M, C), answered={"steps"}) is GUIDE.section("goal")
    assert follow_up_section(GUIDE, answer(M, M, C), answered={"steps", "goal"}) is None


@pytest.mark.parametrize(
    ("given", "told", "said"),
    [
        (answer(M, M, C), {"steps"}, "Goal didn't come up."),
        (answer(M, M, M), {"steps"}, "Lesson didn't come up."),
        (answer(M, T, C), {"goal"}, "Steps was only touched."),
        (answer(C, T, U), {"steps"}, "Lesson may have come up where nothing was heard"),
        (answer(C, C, M, made=("vague",)), {"lesson"}, GUIDE.mistake("vague").title),
        (
            answer(C, C, M, duration=5),
            {"lesson"},
            "In the end all of it came up. Next time say it before you are asked.",
        ),
        (answer(C, C, C), {"lesson"}, "All there: "),
    ],
)
def test_what_was_told_when_asked_needs_no_advice(given: Answer, told: set[str], said: str) -> None:
    assert advice_on(GUIDE, given, told).startswith(said)
    asked = follow_up_section(GUIDE, given, told)
    assert asked is None or said.startswith(asked.title), "advice and the follow-up question are about one thing"


def test_leaving_out_what_was_told_when_asked_is_no_mistake_any_more() -> None:
    left_out = replace(GUIDE.mistake("vague"), detector="section-missing", sections=("lesson",))
    guide = replace(GUIDE, mistakes=(left_out, *(one for one in GUIDE.mistakes if one.id != "vague")))
    given = answer(C, C, M, made=("vague",))
    assert advice_on(guide, given, {"lesson"}).startswith("In the end all of it came up.")
    assert advice_on(guide, answer(C, C, C, made=("vague",)), {"goal"}).startswith(left_out.title)
