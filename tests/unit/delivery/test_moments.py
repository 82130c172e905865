"""Moments are listed in order of time, in words."""

from rehearse.delivery.moments import MomentKind, moments
from rehearse.domain.delivery import Delivery, Filler, Hesitation, Pause, Repetition
from tests.fakes import small_guide

DELIVERY = Delivery(
    words_per_minute=140,
    fillers=(Filler("um", 9.0, 20, 21),),
    fillers_per_minute=1.0,
    pauses=(Pause(4.0, 7.2),),
    time_to_first_word=0.5,
    longest_run=12.0,
    repetitions=(Repetition("the", 2.0, 2),),
    timeline=(),
    hesitations=(Hesitation("goal", 1.0, 0.2, 0), Hesitation("steps", 10.0, 3.2, 1), Hesitation("gone", 11.0, 1.0, 0)),
)


def test_moments_come_in_order_and_say_what_happens() -> None:
    found = moments(DELIVERY, small_guide())
    assert [(moment.start, moment.kind, moment.text) for moment in found] == [
        (1.0, MomentKind.ENTRY, "Goal begins, without hesitation"),
        (2.0, MomentKind.REPETITION, "“the”, 2 times"),
        (4.0, MomentKind.PAUSE, "3.2 s of silence"),
        (9.0, MomentKind.FILLER, "“um”"),
        (10.0, MomentKind.ENTRY, "Steps begins, after 3.2 s of silence and 1 filler"),
    ]
