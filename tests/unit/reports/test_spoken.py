import pytest

from rehearse.domain.transcript import Transcript
from rehearse.reports.spoken import Length, SpokenTurn, spoken_turns, trend, without_figures
from tests.unit.history.support import spoken
from tests.unit.reports.support import SAID, C, M, all_three, answer, asked, figures, question


def turn(pace: float, fillers: float, seconds: float = 60.0) -> SpokenTurn:
    return SpokenTurn("1", 1, "a", seconds, 60, Length.GOOD, pace, fillers, 0, round(fillers * seconds / 60))


def test_every_spoken_answer_stands_in_its_order_with_its_time() -> None:
    long, short = spoken(SAID, pace=3.0), spoken(SAID, pace=0.4)
    turns = spoken_turns(
        asked(
            [question("a", "b"), question("typed"), question("c")],
            [
                answer("a", all_three(), said=long, delivery=figures(pace=20.0)),
                answer("b", {"lesson": C}, said=short, delivery=figures(), follow_up="a"),
                answer("typed", all_three(), said=Transcript.typed(SAID)),
                answer("c", all_three(), said=short, delivery=figures(rate=4.0)),
            ],
        )
    )
    assert [(one.name, one.length, one.limit) for one in turns] == [
        ("1", Length.OVER, 60),
        ("1a", Length.SHORT, 45),
        ("3", Length.SHORT, 60),
    ]
    assert [one.lasted for one in turns] == ["1:06 of 1:00, over time", "0:08 of 0:45, short", "0:08 of 1:00, short"]
    assert turns[2].fillers_per_minute == 4.0


def test_the_time_that_was_given_counts_where_it_was_another() -> None:
    from dataclasses import replace

    given = answer("a", all_three(), said=spoken(SAID, pace=3.0), delivery=figures())
    (one,) = spoken_turns(asked([question("a")], [replace(given, settings={"answer_seconds": 120})]))
    assert (one.lasted, one.length) == ("1:06 of 2:00", Length.GOOD)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ([], ""),
        ([turn(150, 3)], ""),
        ([turn(150, 3), turn(80, 20, seconds=3.0)], ""),
        ([turn(150, 3), turn(160, 3.5)], "Pace and fillers stayed much the same: 160 words and 3.5 fillers a minute."),
        ([turn(150, 2), turn(160, 0)], "Your pace stayed much the same: 160 words a minute."),
        ([turn(140, 2), turn(170, 0)], "As it went on you spoke faster (140, then 170 words a minute)."),
        ([turn(140, 2, 90), turn(140, 0, 90)], "Your pace stayed much the same: 140 words a minute."),
        ([turn(140, 9, 59), turn(170, 3)], ""),
        ([turn(140, 9, 30), turn(140, 9, 30), turn(170, 3)], ""),
        ([turn(140, 3), turn(170, 3)], "As it went on you spoke faster (140, then 170 words a minute)."),
        (
            [turn(170, 3), turn(120, 5)],
            "As it went on you spoke slower (170, then 120 words a minute; usual is 130 to 190) and used more fillers "
            "(3.0, then 5.0 a minute).",
        ),
        ([turn(150, 6), turn(150, 3)], "As it went on you used fewer fillers (6.0, then 3.0 a minute)."),
        (
            [turn(100, 3, 30), turn(160, 3, 90), turn(500, 50), turn(190, 3), turn(190, 3)],
            "As it went on you spoke faster (145, then 190 words a minute).",
        ),
    ],
)
def test_the_trend_is_one_sentence_of_the_two_halves(turns: list[SpokenTurn], said: str) -> None:
    assert trend(turns) == said


def test_answers_that_have_no_figures_say_why() -> None:
    told = without_figures(
        asked(
            [question("a", "b"), question("typed"), question("bare")],
            [
                answer("a", all_three(), said=spoken(SAID), delivery=figures()),
                answer("b", {"lesson": M}, said=spoken(""), delivery=figures(), follow_up="a", judged=False),
                answer("typed", all_three(), said=Transcript.typed(SAID)),
                answer("bare", all_three(), said=spoken(SAID)),
            ],
        )
    )
    assert told == ("In answer 1a no words were heard.", "Answer 2 was typed.", "Answer 3 has no figures.")
