"""Which keys of the quiz are offered when."""

from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.domain.cards import Card, CardKind
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.session import QuizSession
from rehearse.ui.screens.quiz.keys import offers
from tests.unit.quiz.support import NOW, card, deck, right, session, store

DECK = deck("model-deployment")


def asking(folder: Path, asked: Card, mode: QuizMode = QuizMode.DUE) -> QuizSession:
    quiz = session([asked], store(folder), mode=mode)
    assert quiz.next(NOW)
    return quiz


def offered(quiz: QuizSession | None, *, over: bool = False, seconds: float = 0) -> set[str]:
    mode = quiz.mode if quiz else QuizMode.DUE
    return {name for name, on in offers(quiz, mode, over=over, now=NOW + timedelta(seconds=seconds)).items() if on}


SWITCHES = {"switch", "switch_aloud", "switch_section"}


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        (CardKind.STATEMENT, {"reveal", "more", "leave", *SWITCHES}),
        (CardKind.ORDER, {"reveal", "place", "lift", "choose", "carry", "leave", *SWITCHES}),
        (CardKind.RECALL, {"leave_typing"}),
    ],
)
def test_an_open_card_offers_what_answers_it(tmp_path: Path, kind: CardKind, own: set[str]) -> None:
    assert offered(asking(tmp_path, next(one for one in DECK if one.kind is kind))) == {"help", *own}


def test_a_verdict_offers_to_go_on_and_a_right_one_to_be_graded(tmp_path: Path) -> None:
    quiz = asking(tmp_path, card("a"))
    quiz.reveal(NOW)
    wrong = {"go_on", "explain", "undo", "leave", *SWITCHES}
    assert offered(quiz) == wrong
    question = quiz.undo(NOW)
    assert question
    quiz.answer(right(question), NOW)
    assert offered(quiz) == {"grade", *wrong}


def test_against_the_clock_nothing_else_is_begun_and_in_the_end_nothing_taken_back(tmp_path: Path) -> None:
    quiz = asking(tmp_path, card("a"), QuizMode.BLITZ)
    assert not offered(quiz) & SWITCHES
    quiz.reveal(NOW)
    assert offered(quiz) == {"go_on", "explain", "undo", "leave"}
    assert offered(quiz, over=True, seconds=61) == {"play", "choose_section", "aloud", "type", "help", "leave"}


def test_before_the_cards_are_there_one_may_leave() -> None:
    assert offered(None) == {"help", "leave"}
