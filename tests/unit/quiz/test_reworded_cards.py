from dataclasses import replace
from datetime import UTC

from rehearse.domain.cards import Card, CardState, Rating
from rehearse.quiz.reworded_cards import adoptions
from rehearse.quiz.scheduler import Scheduler
from tests.unit.quiz.support import NOW, card


def known(*cards: Card) -> dict[str, CardState]:
    return {one.id: Scheduler(None, UTC).review(one, None, Rating.GOOD, NOW) for one in cards}


OLD = card("old", statement="The warehouse ran out of dog food every second week.")
NEW = card("new", statement="The warehouse ran out of dog food each second week.")


def test_a_reworded_card_is_found_again() -> None:
    assert adoptions([NEW, card("x")], known(OLD)) == {OLD.id: NEW.id}


def test_something_else_isn_t_taken_for_it() -> None:
    assert adoptions([card("x", statement="Nobody looked at the logs at night.")], known(OLD)) == {}


def test_only_within_the_same_section() -> None:
    other = card("new", section="steps", statement=NEW.statement)
    assert adoptions([other], known(OLD)) == {}


def test_a_card_that_has_a_state_of_its_own_takes_none_over() -> None:
    assert adoptions([NEW], known(OLD, NEW)) == {}


def test_the_most_alike_takes_over_and_each_only_once() -> None:
    near = card("near", statement="The warehouse ran out of cat food in some weeks.")
    assert adoptions([near, NEW], known(OLD)) == {OLD.id: NEW.id}
    second = card("old2", statement=OLD.statement.replace("dog", "hog"))
    found = adoptions([NEW], known(OLD, second))
    assert list(found.values()) == [NEW.id]


def test_nothing_to_do_where_every_card_is_still_there() -> None:
    assert adoptions([OLD, NEW], known(OLD)) == {}
    assert adoptions([NEW], {OLD.id: replace(known(OLD)[OLD.id], wording="")}) == {}
