"""The next drill as every place says it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import main
from rehearse.guides.library import GuideLibrary, read_guides
from rehearse.history.practices import LATEST, read_practice
from rehearse.history.suggestion import Suggestion
from rehearse.services.next_drill import LINE_WIDTH, NextDrill, next_drill, next_in_guide
from rehearse.services.studio import Studio
from tests.fakes import ask_from, mark_by_keyword, small_guide
from tests.ui.driving import ANSWER, fake_studio

GUIDE = small_guide()
OTHER = replace(GUIDE, id="other", scenarios=(replace(GUIDE.scenarios[0], title="Another thing"),))
WHOLE = ANSWER + " The lesson was that I learned to ask first, and it bit us twice."
NOW = datetime.now(UTC)


def with_two(home: Path, **settings: Any) -> Studio:
    studio = fake_studio(home, **settings)
    ask_from(studio.equipment, GUIDE, OTHER)
    mark_by_keyword(studio.equipment, OTHER)
    return studio


def test_all_guides_that_were_practised_are_weighed_and_no_other(own_home: Path) -> None:
    studio = with_two(own_home)
    assert next_drill(studio.equipment, NOW) is None
    for guide, text in ((OTHER, ANSWER), (OTHER, ANSWER), (GUIDE, WHOLE)):
        studio.mark_typed(guide, guide.scenarios[0], text)
    drill = next_drill(studio.equipment, NOW)
    assert drill is not None
    assert (drill.guide, drill.line()) == (OTHER, "Next: Another thing · Lesson in none of 2 answers")
    assert studio.overview(NOW).next_drill == drill == studio.next_drill(NOW)
    in_guide = next_in_guide(studio.equipment, GUIDE, NOW)
    assert in_guide is not None
    assert in_guide.guide == GUIDE


def test_the_interviews_date_counts_until_it_has_passed(own_home: Path) -> None:
    today = NOW.astimezone().date()
    said = {}
    for days in (None, 0, -1):
        studio = with_two(own_home, interview_date=None if days is None else today + timedelta(days=days))
        if days is None:
            studio.mark_typed(GUIDE, GUIDE.scenarios[0], WHOLE)
        drill = studio.next_drill(datetime.now(UTC))
        assert drill is not None
        said[days] = drill.suggestion.reason
    assert said[0] == "once more, it is what you practise most"
    assert said[-1] == said[None] == "last tried earlier today"


def test_only_the_latest_answers_are_read(own_home: Path) -> None:
    studio = with_two(own_home)
    for number in range(LATEST + 2):
        studio.mark_typed(GUIDE, GUIDE.scenarios[0], WHOLE if number else "Nothing of that kind was ever said by me.")
    practice = read_practice(studio.equipment.store.database, GUIDE)
    assert len(practice.attempts) == LATEST
    assert practice.attempts[0].created_at < practice.attempts[-1].created_at == practice.tried["first"].last


def test_the_line_fits_a_window_of_80_whatever_the_shipped_guides_say(own_home: Path) -> None:
    library = GuideLibrary(own_home / "guides")
    guides, _ = read_guides(library, library.ids())
    assert len(guides) > 8
    for guide in guides:
        reasons = [f"{section.title} in none of 5 answers" for section in guide.sections]
        reasons += [f"“{mistake.title}” in 5 of 5 answers" for mistake in guide.mistakes]
        for scenario in guide.scenarios:
            for reason in (*reasons, "not tried yet, interview in 13 days", "once more, it is what you practise most"):
                line = NextDrill(guide, Suggestion(guide.id, scenario.id, reason, "")).line(LINE_WIDTH)
                assert len(line) <= LINE_WIDTH <= 76
                assert line.endswith(reason), "the reason is never cut for a shipped guide"


def test_a_title_is_cut_before_the_reason_and_a_reason_without_end_is_cut_too() -> None:
    long = replace(GUIDE, scenarios=(replace(GUIDE.scenarios[0], title="Title " * 20),))
    line = NextDrill(long, Suggestion("small", "first", "reason " * 30, "")).line(LINE_WIDTH)
    assert len(line) <= LINE_WIDTH
    assert line.startswith("Next: Title Title…")
    assert (
        NextDrill(long, Suggestion("small", "first", "not tried yet", ""))
        .line(LINE_WIDTH)
        .endswith("… · not tried yet")
    )
    assert NextDrill(long, Suggestion("small", "first", "reason " * 30, "")).line() == (
        f"Next: {'Title ' * 20} · {'reason ' * 30}"
    ), "without a window nothing is cut"


def test_the_command_says_the_line_of_the_home_screen(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["next"]) == 0
    assert capsys.readouterr().out == "Next: your first answer. Run `rehearse` and press enter.\n"
    assert main(["next", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["guide"] is None
    studio = fake_studio(own_home)
    guide = GuideLibrary(own_home / "guides").load("disagreement")
    easiest = min(guide.scenarios[1:], key=lambda one: one.level)
    marked = replace(GUIDE, id=guide.id, scenarios=(replace(GUIDE.scenarios[0], id=guide.scenarios[0].id),))
    mark_by_keyword(studio.equipment, marked)
    studio.mark_typed(guide, guide.scenarios[0], ANSWER)
    studio.close()
    assert main(["next"]) == 0
    line = capsys.readouterr().out
    assert line == f"Next: {easiest.title} · not tried yet\n"
    assert main(["next", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["line"] + "\n" == line
    assert (found["guide"], found["scenario"], found["section"]) == (guide.id, easiest.id, None)
    assert found["why"] == f"“{easiest.title}” hasn't been tried yet."


def test_what_the_command_prints_is_not_cut(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    studio = fake_studio(own_home)
    guide = GuideLibrary(own_home / "guides").load("model-deployment")
    mark_by_keyword(studio.equipment, guide)
    *others, left_out = guide.sections
    studio.mark_typed(guide, guide.scenarios[0], f"{ANSWER} {' '.join(one.id for one in others)}")
    studio.close()
    assert main(["next"]) == 0
    line = capsys.readouterr().out.rstrip("\n")
    assert line == f"Next: {guide.scenarios[0].title} · {left_out.title} didn't come up"
    assert len(line) > LINE_WIDTH, "the home screen has to cut it"
    assert main(["next", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["line"] == line
