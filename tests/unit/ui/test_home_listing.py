"""Which rows the first screen lists: by field, unfolded or not, found by words, with what is proposed on top."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from rehearse.domain.guide import Guide
from rehearse.history.answers import AnswerSummary
from rehearse.history.suggestion import Suggestion
from rehearse.services.next_drill import NextDrill
from rehearse.services.overview import Overview
from rehearse.settings import Settings
from rehearse.ui.screens.home.lines import about_text, row_text
from rehearse.ui.screens.home.listing import (
    Choice,
    FieldRow,
    GuideRow,
    NextRow,
    Row,
    ScenarioRow,
    first_choice,
    rows,
    unfolded_at_first,
)
from tests.fakes import small_guide

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SMALL = small_guide()
DONE = cast("AnswerSummary", object())


def guide(number: int, field: str = "any job") -> Guide:
    return replace(SMALL, id=f"guide-{number}", title=f"Guide {number}", field=field)


def overview(*guides: Guide, tried: str | None = None) -> Overview:
    latest = {tried: DONE} if tried else {}
    return Overview(NOW, guides, latest, tried, (), len(latest), 0, 0, ())


def described(listed: list[Row]) -> list[str]:
    return [row.field if isinstance(row, FieldRow) else row.id for row in listed]


def test_a_few_guides_are_unfolded_and_of_many_the_one_that_was_practised_last() -> None:
    assert unfolded_at_first(overview(*map(guide, range(6)))) == {f"guide-{n}" for n in range(6)}
    many = [guide(number) for number in range(9)]
    assert unfolded_at_first(overview(*many)) == {"guide-0"}
    assert unfolded_at_first(overview(*many, tried="guide-7/first")) == {"guide-7"}


def test_many_guides_stand_under_their_fields() -> None:
    fields = ("any job", "data", "any job", "data", "cooking")
    listed = rows(overview(*(guide(number, field) for number, field in enumerate(fields))), {"guide-3"})
    assert described(listed) == [
        "any job", "guide:guide-0", "guide:guide-2",
        "data", "guide:guide-1", "guide:guide-3", "guide-3/first",
        "cooking", "guide:guide-4",
    ]  # fmt: skip
    assert described(rows(overview(guide(0), guide(1)), ())) == ["guide:guide-0", "guide:guide-1"]


def test_words_find_a_guide_by_all_that_names_it_and_unfold_it() -> None:
    other = replace(guide(1), question="How do you bake bread?")
    seen = overview(guide(0), other)
    assert described(rows(seen, (), "BAKE guide")) == ["guide:guide-1", "guide-1/first"]
    assert described(rows(seen, (), "something small")) == [
        "guide:guide-0", "guide-0/first", "guide:guide-1", "guide-1/first",
    ]  # fmt: skip
    assert rows(seen, (), "bake steel") == []


def test_what_is_proposed_stands_on_top_unless_one_searches() -> None:
    drill = NextDrill(guide(1), Suggestion("guide-1", "first", "Goal didn't come up", "Goal was left out."))
    seen = replace(overview(guide(0), guide(1)), next_drill=drill)
    top = rows(seen, ())[0]
    assert top == NextRow(drill)
    assert described(rows(seen, (), "guide 1"))[0] == "guide:guide-1"
    assert row_text(top, {}, 74).plain == drill.line(74) == "Next: Something small · Goal didn't come up"
    assert "Goal was left out." in about_text(top, Choice(guide(1), SMALL.scenarios[0]), Settings()).plain


def test_a_guides_row_says_whose_it_is_and_how_far_one_is() -> None:
    seen = replace(overview(guide(0), tried="guide-0/first"), own=frozenset({"guide-0"}))
    (row,) = rows(seen, ())
    assert isinstance(row, GuideRow)
    written = row_text(row, {}, 74).plain
    assert written.startswith("▸ Guide 0 (yours)  “Tell me about something you shipped”")
    assert written.endswith("  1 of 1 tried")
    assert len(written) == 74
    assert "Whether you have shipped something." in about_text(row, first_choice(guide(0), {}), Settings()).plain


def test_a_guide_stands_for_its_first_scenario_that_was_not_tried() -> None:
    two = replace(SMALL, scenarios=(SMALL.scenarios[0], replace(SMALL.scenarios[0], id="second")))
    assert first_choice(two, {}).scenario.id == "first"
    assert first_choice(two, {"small/first": DONE}).scenario.id == "second"
    assert first_choice(two, {"small/first": DONE, "small/second": DONE}).scenario.id == "first"
    assert [row.id for row in rows(overview(two), {"small"}) if isinstance(row, ScenarioRow)] == [
        "small/first", "small/second",
    ]  # fmt: skip
