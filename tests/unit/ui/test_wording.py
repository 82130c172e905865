"""Short sentences made of facts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehearse.delivery import measure
from rehearse.domain.answer import MICROPHONE_AWAY, OVERFLOWS, SOUND_LOST, Answer, Mode, Source
from rehearse.domain.missing import missing_line
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.ui.unbroken import JOINT
from rehearse.ui.wording import delivery_line, offer_line, reading_seconds, review_line
from tests.unit.history.support import NOW, marks, spoken

SPOKEN = Answer(
    "a", "small", "first", "?", NOW - timedelta(minutes=3), Source.MICROPHONE, Mode.EXAM,
    transcript=spoken("We packed it in a box."), coverage=marks("goal", "steps lesson", made="vague"),
)  # fmt: skip


def test_a_review_says_score_length_and_when() -> None:
    assert review_line(SPOKEN, NOW) == "1/3 · 1 mistake · 0:02 · 3 min ago"
    typed = replace(SPOKEN, starred=True, transcript=replace(SPOKEN.transcript, timed=False))
    assert review_line(typed, NOW) == "★ 1/3 · 1 mistake · typed · 3 min ago"
    assert review_line(replace(SPOKEN, coverage=None), NOW) == "3 min ago"
    ahead = replace(SPOKEN, coverage=None, created_at=NOW + timedelta(days=365))
    assert review_line(ahead, NOW) == "future date"


def test_a_review_of_an_exam_says_how_good_the_guess_was() -> None:
    assert "guessed 3/3" in review_line(replace(SPOKEN, guess=("goal",)), NOW)
    assert "guessed 1/3" in review_line(replace(SPOKEN, guess=("steps",)), NOW)


def test_what_isn_t_judged_or_answers_one_section_is_no_score() -> None:
    assert SPOKEN.coverage
    assert review_line(replace(SPOKEN, coverage=replace(SPOKEN.coverage, judged=False)), NOW).startswith("not judged ·")
    asked = replace(SPOKEN, follow_up_of="b")
    assert review_line(asked, NOW).startswith("follow-up · covered ·")
    assert review_line(replace(asked, coverage=marks("", "goal")), NOW).startswith("follow-up · not covered ·")
    elsewhere = replace(asked, follow_up_section="steps")
    assert review_line(elsewhere, NOW).startswith("follow-up · not covered ·"), "what it told wasn't asked for"


def test_what_was_not_english_is_said() -> None:
    def heard(*parts: tuple[str, float]) -> str:
        utterances = tuple(Utterance((), 0.0, length, code) for code, length in parts)
        return missing_line(replace(SPOKEN, transcript=replace(SPOKEN.transcript, utterances=utterances)))

    assert heard(("es", 8.2), ("", 20.0)) == "8 s sounded like Spanish: only English is written down and marked."
    assert heard(("pt", 2.0), ("fr", 5.0)).startswith("7 s sounded like French:")
    assert heard(("haw", 3.0)).startswith("3 s sounded like another language:")


def test_what_a_recording_lacks_is_said() -> None:
    assert missing_line(SPOKEN) == ""
    away = missing_line(replace(SPOKEN, settings={MICROPHONE_AWAY: 12.3, SOUND_LOST: 0.25}))
    assert away == (
        "The microphone was away for 12 s: what was said then wasn't heard. "
        "0.2 s of sound were lost: the machine was too busy."
    )
    lost = missing_line(replace(SPOKEN, settings={OVERFLOWS: 3}))
    assert lost == "Some sound was lost: the machine was too busy. A word may be missing."


def test_nothing_heard_has_no_pace() -> None:
    assert SPOKEN.delivery is None
    silent = measure(Transcript((), True, 3.0), (), marks(""))
    assert delivery_line(silent) == "No words: no pace, fillers or pauses."


def test_what_the_interviewer_offers() -> None:
    def offered(section: str, told: tuple[str, ...], *, low: bool = False) -> str:
        return offer_line(section, told, low=low).replace(JOINT, " ")

    assert offered("", ()) == ""
    assert offered("Goal", (), low=True) == " f: be asked · s: drill"
    assert offered("", ("Steps",), low=True) == offered("", ("Steps",)) == " You told it when asked: Steps."
    assert offered("Goal", ()) == " f: the interviewer asks about Goal; s drills a section."
    assert offered("Goal", ("Steps", "Lesson")) == (
        " You told it when asked: Steps, Lesson. f: the interviewer asks about Goal; s drills a section."
    )
    assert offered("", ("Steps",)) == " You told it when asked: Steps."


@pytest.mark.parametrize(
    ("away", "said"),
    [(0.0, ""), (0.4, ""), (0.5, "away for 1 s"), (1.5, "away for 2 s"), (20.2, "away for 20 s")],
)
def test_an_absence_is_told_from_half_a_second_on_and_never_as_none(away: float, said: str) -> None:
    line = missing_line(replace(SPOKEN, settings={MICROPHONE_AWAY: away}))
    assert said in line
    assert bool(line) == bool(said)


def test_longer_sentences_stay_longer() -> None:
    short, long = reading_seconds("It is back."), reading_seconds("Your word stands. " * 4)
    assert 2 < short < 4 < long < 8
