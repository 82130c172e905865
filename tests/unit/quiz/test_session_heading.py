from datetime import timedelta
from pathlib import Path

from rehearse.quiz.modes import QuizMode
from rehearse.quiz.session_heading import session_place, session_title
from tests.unit.quiz.support import NOW, card, right, session, store


def test_the_title_names_the_section_and_the_guide_where_they_matter() -> None:
    assert session_title(QuizMode.DUE) == "Quiz · due today"
    assert session_title(QuizMode.BLITZ, section="Goal", guide="A small guide") == "Quiz · blitz · A small guide"
    assert session_title(QuizMode.SECTION) == "Quiz · one section"
    assert session_title(QuizMode.SECTION, section="Goal") == "Quiz · Goal"


def test_without_hurry_it_counts_what_is_to_come(tmp_path: Path) -> None:
    quiz = session([card("a"), card("b")], store(tmp_path))
    question = quiz.next(NOW)
    assert question
    assert session_place(quiz, NOW + timedelta(seconds=65)) == "1 to come · 1:05"
    quiz.answer(right(question), NOW)
    quiz.next(NOW)
    assert session_place(quiz, NOW) == "last card · 0:00"


def test_a_blitz_counts_right_answers_and_full_seconds_that_are_left(tmp_path: Path) -> None:
    quiz = session([card("a"), card("b")], store(tmp_path), mode=QuizMode.BLITZ)
    question = quiz.next(NOW)
    assert question
    assert session_place(quiz, NOW) == "0 right · 1:00 left"
    quiz.answer(right(question), NOW)
    assert session_place(quiz, NOW + timedelta(seconds=59.5)) == "1 right · 0:01 left"
