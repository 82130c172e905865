"""What the review says after a correction and after a follow-up question, and how often a source is opened."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from textual.content import Content
from textual.widgets import TextArea

from rehearse.audio.devices import refresh
from rehearse.audio.playback import Player
from rehearse.audio.sources import SamplesSource
from rehearse.domain.answer import Answer, AnswerStatus, Mode
from rehearse.domain.rehearsal import follow_up_plan
from rehearse.domain.sound import SAMPLE_RATE
from rehearse.live.afterwards import SecondHearing
from rehearse.live.transcript_builder import TranscriptBuilder
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.guess import GuessScreen
from rehearse.ui.screens.rehearse.sources import DemoScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.widgets.mark_row import MarkRow
from rehearse.ui.widgets.transcript_view import TranscriptView
from tests.fakes import ScriptedTranscriber, small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until
from tests.unit.audio.fake_portaudio import FakePortAudio, device

GUIDE = small_guide()
TOLD = "The lesson was that a box needs a label, and that somebody has to read it before it goes out at night."


def typed(studio: Studio) -> Answer:
    return studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)


def with_a_long_quote(answer: Answer) -> Answer:
    assert answer.coverage is not None
    goal = replace(answer.coverage.sections[0], evidence=(answer.transcript.quote(0, 20),))
    return replace(answer, coverage=replace(answer.coverage, sections=(goal, *answer.coverage.sections[1:])))


def told_when_asked(studio: Studio, first: Answer) -> Answer:
    """A follow-up answer as a rehearsal would keep it."""
    plan = follow_up_plan(GUIDE, first, "lesson", studio.equipment.settings.mode)
    found = studio.mark_typed(GUIDE, GUIDE.scenarios[0], TOLD)
    assert found.coverage is not None
    mine = tuple(mark for mark in found.coverage.sections if mark.section_id == "lesson")
    answer = replace(
        found,
        question=plan.question,
        coverage=replace(found.coverage, sections=mine, mistakes=()),
        follow_up_of=first.id,
        follow_up_section="lesson",
    )
    studio.effects.note(answer)
    return answer


def test_what_was_told_when_asked_is_known_to_the_next_start_too(own_home: Path) -> None:
    studio = fake_studio(own_home)
    first = typed(studio)
    told = told_when_asked(studio, first)
    studio.equipment.store.save(told)
    studio.close()
    again = fake_studio(own_home)
    assert again.told_when_asked(first.id) == {"lesson"}
    again.equipment.store.discard(told.id)
    assert fake_studio(own_home).told_when_asked(first.id) == set()
    assert again.told_when_asked(told.id) == set()


async def test_a_correction_quotes_only_words_that_were_pointed_at(own_home: Path) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, typed(studio)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "fewer wrong" in shown(app))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        await pilot.press("down", "down", "c")
        await wait_until(pilot, lambda: bool(screen.answer.corrections))
        assert screen.answer.corrections[-1].quote is None
        await pilot.press("u")
        await wait_until(pilot, lambda: not screen.answer.corrections)
        screen.query_one(TranscriptView).focus()
        await pilot.press("right", "c")
        await wait_until(pilot, lambda: bool(screen.answer.corrections))
        assert screen.answer.corrections[-1].quote is not None


async def test_what_earned_a_mark_that_was_crossed_out_is_shown_as_what_was_there_before(own_home: Path) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, typed(studio)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "“So the goal" in shown(app))
        await pilot.press("c")
        await wait_until(pilot, lambda: "yours" in shown(app))
        assert "“So the goal" not in shown(app)
        await pilot.press("w")
        await wait_until(pilot, lambda: "before: “So the goal" in shown(app))


async def test_taking_a_correction_back_says_what_stands_then(own_home: Path) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, typed(studio)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "“So the goal" in shown(app))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        await pilot.press("c", "c")
        await wait_until(pilot, lambda: len([one for one in screen.answer.corrections if one.mark_id == "goal"]) == 2)
        await pilot.press("u")
        await wait_until(pilot, lambda: "your word before it stands" in shown(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: "the mark is the engine's again" in shown(app))


async def test_quotes_follow_the_window(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = with_a_long_quote(typed(studio))
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "fewer wrong…”" in shown(app))
        await pilot.resize_terminal(120, 40)
        await wait_until(pilot, lambda: "the kitchen, which cost us money…”" in shown(app))
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "fewer wrong…”" in shown(app))
        assert app.screen.query_one("#mark-goal").size.height == 2


@pytest.mark.parametrize(
    ("size", "quote"),
    [
        ((80, 24), ["“So the goal was fewer wrong…”"]),
        ((120, 40), ["“So the goal was fewer wrong orders in", "the kitchen, which cost us money…”"]),
    ],
)
async def test_a_quote_goes_over_two_lines_where_there_is_room(
    own_home: Path, size: tuple[int, int], quote: list[str]
) -> None:
    studio = fake_studio(own_home)
    answer = with_a_long_quote(typed(studio))
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=size) as pilot:
        row = "#mark-goal"
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and quote[-1] in shown(app))
        drawn = app.screen.query_one(row, MarkRow).render().plain.splitlines()
        assert [line.strip() for line in drawn[1:]] == quote


async def test_while_it_is_heard_once_more_that_is_said_in_place_of_the_pace(own_home: Path) -> None:
    class Refining:
        def __init__(self, answer: Answer) -> None:
            self.answer = answer
            self.second_hearing = SecondHearing(Event())

        def abandon(self) -> None:
            pass

        def join(self, timeout: float | None = None) -> bool:
            return True

    studio = fake_studio(own_home)
    answer = typed(studio)
    running = Refining(answer)
    running.second_hearing.due = running.second_hearing.going_on = True
    studio.rehearsals.running.append(running)  # type: ignore[arg-type]  # all that leaving and the review ask of one
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Being heard once more" in shown(app) and "no pace" not in shown(app))
        running.second_hearing.going_on = False
        await wait_until(pilot, lambda: "Being heard once more" not in shown(app) and "no pace" in shown(app))
        await pilot.press("down", "down", "c")
        hearing, nothing = running.second_hearing, ScriptedTranscriber(())
        await wait_until(pilot, lambda: not list(hearing.of(TranscriptBuilder(""), nothing)))


@pytest.mark.parametrize("key", ["f", "s"])
async def test_where_a_microphone_may_be_wanted_the_player_gives_the_loudspeaker_back(own_home: Path, key: str) -> None:
    studio = fake_studio(own_home)
    answer = typed(studio)
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(100, 40)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        review = app.screen
        assert isinstance(review, AnswerScreen)
        await wait_until(pilot, lambda: "Goal" in shown(app))
        library = FakePortAudio([device("Speakers", outputs=2)])
        review._replay.opened(Player(np.zeros(SAMPLE_RATE, np.float32), library=library))
        assert not refresh(library), "while its stream is open, a new microphone isn't found"
        await pilot.press(key)
        await wait_until(pilot, lambda: app.screen is not review)
        assert refresh(library)


async def test_advice_that_is_cut_can_be_read_whole(own_home: Path) -> None:
    last = "and say what you would look at first, had you to do it once more"
    words = f"Say what was learned. {'It is what an interviewer remembers of you. ' * 5}Be plain, {last}."
    lesson = replace(GUIDE.section("lesson"), advice=words)
    guide = replace(GUIDE, sections=(*GUIDE.sections[:2], lesson))
    studio = fake_studio(own_home)
    app = RehearseApp(studio, lambda: AnswerScreen(guide, typed(studio)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "… m: more · f: be asked · s: drill" in shown(app))
        assert last not in read(app)
        await pilot.press("m")
        await wait_until(pilot, lambda: f"{last}. m: less · f: be asked · s: drill" in read(app))
        assert "? help" in shown(app).splitlines()[-1]
        await pilot.press("m")
        await wait_until(pilot, lambda: "m: more" in shown(app) and last not in read(app))


async def test_what_a_mark_rests_on_is_set_under_its_front(own_home: Path) -> None:
    """Nothing that is unfolded begins a line where the next mark would begin."""
    studio = fake_studio(own_home)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, with_a_long_quote(typed(studio))))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "2/3" in shown(app))
        await pilot.press("w")
        await wait_until(pilot, lambda: any(row.unfolded for row in app.screen.query(MarkRow)))
        await pilot.pause()
        (row,) = [row for row in app.screen.query(MarkRow) if row.unfolded]
        _, *lines = str(row.render()).splitlines()
        assert len(lines) >= 3
        assert all(line.startswith("  ") and len(line) <= row.size.width for line in lines)
        assert row.size.height == len(lines) + 1


@pytest.mark.parametrize("key", ["m: less", "f: be asked", "s: drill"])
async def test_a_key_and_what_it_does_stand_on_one_line(own_home: Path, key: str) -> None:
    """Where a line would end between the two, both stand on the next one."""

    def split(words: str) -> bool:
        whole = Content(f"Advice: Lesson didn't come up. {words} m: less · f: be asked · s: drill")
        return any(line.plain.endswith(key.split(maxsplit=1)[0]) for line in whole.wrap(78))

    words = next(words for words in (f"{'word ' * 36}{'x' * n}." for n in range(78)) if split(words))
    guide = replace(GUIDE, sections=(*GUIDE.sections[:2], replace(GUIDE.section("lesson"), advice=words)))
    studio = fake_studio(own_home)
    app = RehearseApp(studio, lambda: AnswerScreen(guide, typed(studio)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "m: more" in shown(app))
        await pilot.press("m")
        await wait_until(pilot, lambda: "x." in shown(app))
        assert key in shown(app)


async def test_advice_that_is_read_whole_anyway_names_no_key_for_it(own_home: Path) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, typed(studio)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "f: be asked" in read(app))
        assert "m: more" not in shown(app)


def read(app: RehearseApp) -> str:
    """What is shown, without the breaks of its lines."""
    return " ".join(shown(app).split())


async def test_an_exam_asks_for_a_guess_before_a_typed_answer_too(own_home: Path) -> None:
    studio = fake_studio(own_home, mode=Mode.EXAM)
    app = RehearseApp(studio, lambda: TypedScreen(GUIDE, studio.plan(GUIDE, GUIDE.scenarios[0])))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        app.screen.query_one("#text", TextArea).text = ANSWER
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, GuessScreen) and "space, or its number." in shown(app))


async def test_the_review_of_a_follow_up_shows_its_own_section_alone(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = told_when_asked(studio, typed(studio))
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "follow-up · covered" in shown(app))
        assert "1/1" in shown(app)
        assert "Steps" not in shown(app)
        assert "Mistakes" not in shown(app)


async def test_what_was_told_when_asked_is_said_in_the_first_review(own_home: Path) -> None:
    studio = fake_studio(own_home)
    first = typed(studio)
    told_when_asked(studio, first)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, first))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "You told it when asked: Lesson" in read(app))
        assert "be asked" not in shown(app)
        assert "Lesson didn't come up" not in read(app)


async def test_a_demo_is_opened_once_and_its_leftovers_are_nobodys_answer(own_home: Path) -> None:
    studio = fake_studio(own_home)
    opened: list[Any] = []

    def demo(plan: Any, *, emit: Any, cancelled: Any) -> Any:
        opened.append(plan)
        return studio.rehearsals.begin(plan, SamplesSource(np.zeros(16_000 * 60, np.float32), real_time=True), emit)

    studio.demo = demo  # type: ignore[method-assign,assignment]  # a minute of silence in its place
    app = RehearseApp(studio, lambda: DemoScreen(GUIDE, GUIDE.scenarios[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "the candidate speaks" in shown(app))
        await wait_until(
            pilot, lambda: any(a.status is AnswerStatus.RECORDING for a in studio.equipment.store.unfinished())
        )
        assert len(opened) == 1
        studio.rehearsals.running[0].abandon()
        app.screen.dismiss()
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen) and "No answers yet" in shown(app))
        assert "cut off" not in shown(app)
