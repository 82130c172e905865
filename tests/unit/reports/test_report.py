from dataclasses import replace

import pytest

from rehearse.domain.answer import AnswerStatus
from rehearse.domain.coverage import SectionState
from rehearse.domain.transcript import Transcript
from rehearse.reports.grids import SIGNS, grids
from rehearse.reports.report import Fate
from rehearse.ui.glyphs import SECTION_GLYPHS
from tests.unit.reports.support import NO_LESSON, OTHER, C, M, T, all_three, answer, question, report, vague


def test_the_marks_are_those_of_the_answer_and_what_was_said_when_asked() -> None:
    told = report(
        [question("a", "b"), question("c")],
        [
            answer("a", all_three(C, T, M), mistakes=(NO_LESSON, vague())),
            answer("b", {"lesson": C}, follow_up="a"),
            answer("c", all_three(C, C, M)),
        ],
    )
    first, second = told.questions
    assert [(one.title, one.state, one.when_asked, one.answer_id) for one in first.sections] == [
        ("Goal", SectionState.COVERED, False, "a"),
        ("Steps", SectionState.THIN, False, "a"),
        ("Lesson", SectionState.COVERED, True, "b"),
    ]
    assert [(one.title, one.made_good, one.quote) for one in first.mistakes] == [
        ("No lesson", True, ""),
        ("Vague", False, "Then I packed it"),
    ]
    assert first.further == ("And the lesson?",)
    assert (first.result, second.result) == (
        "2/3 sections, 1 of them when asked; 2 mistakes",
        "2/3 sections; no mistakes",
    )
    assert told.summary == "2 of 2 questions answered. 4 of 6 sections came up, 1 of them only when asked; 2 mistakes."


def test_what_became_of_each_question_is_said() -> None:
    thrown = replace(answer("t", all_three()), status=AnswerStatus.DISCARDED)
    cut = replace(answer("u", all_three()), status=AnswerStatus.RECORDING)
    told = report(
        [
            question("a", "gone"),
            question("short"),
            question(None, skipped=True),
            question("deleted"),
            question("t"),
            question("u"),
            question(None),
        ],
        [answer("a", all_three()), answer("short", all_three(M, M, M), judged=False), thrown, cut],
        ended=False,
    )
    assert [one.fate for one in told.questions] == [
        Fate.JUDGED,
        Fate.TOO_SHORT,
        Fate.SKIPPED,
        Fate.DELETED,
        Fate.TRASHED,
        Fate.UNMARKED,
        Fate.OPEN,
    ]
    assert [one.answer_id for one in told.questions] == ["a", "short", None, None, None, None, None]
    assert told.questions[0].gone == 1
    assert told.goes_on
    assert told.answered == 1
    assert told.summary.startswith(
        "Broken off: 1 of 7 questions answered so far, too little said to question 2, question 3 skipped, "
        "the answer to question 5 in the trash, the answer to question 4 deleted, the answer to question 6 never "
        "marked. 3 of 3 sections"
    )


def test_answers_that_are_gone_or_too_short_arent_counted() -> None:
    thrown = [replace(answer(name, all_three()), status=AnswerStatus.DISCARDED) for name in "ab"]
    short = answer("c", all_three(M, M, M), judged=False)
    told = report([question("a"), question("b"), question("c")], [*thrown, short])
    assert told.summary == (
        "0 of 3 questions answered, too little said to question 3, the answers to questions 1 and 2 in the trash."
    )


def test_an_answer_in_another_language_isn_t_called_short() -> None:
    german = Transcript.typed("Wir haben das Modell in einen Container gepackt, und es läuft jede Nacht. " * 2)
    told = report([question("a")], [answer("a", all_three(M, M, M), said=german, judged=False)])
    assert told.summary == "0 of 1 question answered, too little in English to question 1."
    assert told.questions[0].result == "Too little of it was in English."


@pytest.mark.parametrize(
    ("ended", "left", "goes_on"), [(True, True, False), (False, True, True), (False, False, False)]
)
def test_it_goes_on_where_it_was_broken_off_and_something_is_left(ended: bool, left: bool, goes_on: bool) -> None:
    questions = [question("a"), question(None)] if left else [question("a")]
    assert report(questions, [answer("a", all_three())], ended=ended).goes_on is goes_on


def test_without_an_answer_there_is_a_report_all_the_same() -> None:
    told = report([question(None, skipped=True), question(None, skipped=True)], [])
    assert told.summary == "0 of 2 questions answered, questions 1 and 2 skipped."
    assert (told.moments, told.spoken, told.trend, grids(told)) == ((), (), "", ())


def test_a_guide_that_is_gone_leaves_ids() -> None:
    lost = replace(OTHER, id="lost")
    told = report([question("a", guide=lost)], [answer("a", all_three(C, M, C), mistakes=(vague(),), guide=lost)])
    (one,) = told.questions
    assert (one.guide_title, one.title, one.sections[0].title, one.mistakes[0].title) == (
        "lost",
        "first",
        "goal",
        "vague",
    )
    assert [moment.title for moment in told.weakest] == ["steps left out", "vague"]


def test_questions_of_one_guide_stand_in_one_table() -> None:
    told = report(
        [question("a"), question("b", guide=OTHER), question("c", "d"), question(None, skipped=True)],
        [
            answer("a", all_three(C, T, M)),
            answer("b", all_three(), guide=OTHER),
            answer("c", {"goal": C, "lesson": M}),
            answer("d", {"lesson": C}, follow_up="c"),
        ],
    )
    first, second = grids(told)
    assert (first.title, first.numbers, second.numbers) == ("A small guide", (1, 3), (2,))
    assert [(row.title, [cell.sign if cell else None for cell in row.cells]) for row in first.rows] == [
        ("Goal", ["✔", "✔"]),
        ("Steps", ["◐", None]),
        ("Lesson", ["·", "✔+"]),
    ]


def test_the_signs_are_those_of_the_screen() -> None:
    assert SIGNS == SECTION_GLYPHS
