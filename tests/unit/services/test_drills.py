"""Drills as they are kept: gone on with where they stood, and how their answers count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearse.domain.answer import SHORTENED, Answer, Mode, Source
from rehearse.domain.rehearsal import Plan, plan_for
from rehearse.domain.series import SeriesKind
from rehearse.drills.plans import anew_plan, round_plan, rung_plan
from rehearse.errors import InputError
from rehearse.history.answers import AnswerFilter, AnswerSummary
from rehearse.history.reviews import ReviewStore
from rehearse.history.view import View
from rehearse.services import drills
from rehearse.services.answer_effects import AnswerEffects
from rehearse.services.studio import Studio
from rehearse.services.typed_answers import mark_typed
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, fake_studio

GUIDE = replace(small_guide(), scenarios=(replace(small_guide().scenarios[0], short_seconds=50),))
SCENARIO = GUIDE.scenarios[0]
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
LADDER = drills.ladder(GUIDE, SCENARIO.id)


@pytest.fixture
def studio(own_home: Path) -> Studio:
    return fake_studio(own_home)


def say(studio: Studio, plan: Plan, text: str = ANSWER, minutes: int = 0) -> Answer:
    return mark_typed(studio.equipment, GUIDE, plan, text, NOW + timedelta(minutes=minutes))


def rung(seconds: int, series_id: str | None) -> Plan:
    return rung_plan(GUIDE, SCENARIO, seconds, Mode.COACHED, series_id=series_id)


def test_a_drill_begins_with_its_first_answer_and_goes_on_where_it_stood(studio: Studio) -> None:
    equipment = studio.equipment
    nothing = drills.resume(equipment, LADDER)
    assert (nothing.series, nothing.answers) == (None, ())
    assert equipment.series.of_kind(SeriesKind.LADDER) == [], "looking at it begins nothing"
    series = drills.series_for(equipment, LADDER, nothing, NOW)
    first = say(studio, rung(180, series.id))
    again = drills.resume(equipment, LADDER)
    assert again.series == series
    assert again.answers == (first,)
    assert drills.series_for(equipment, LADDER, again, NOW) == series
    other = drills.ladder(GUIDE, "another")
    assert drills.resume(equipment, other).series is None


def test_what_is_over_is_found_by_its_id_alone(studio: Studio) -> None:
    equipment = studio.equipment
    series = drills.series_for(equipment, LADDER, drills.Underway(), NOW)
    drills.end(equipment, series, NOW)
    assert drills.resume(equipment, LADDER).series is None
    assert drills.resume(equipment, LADDER, "gone").series is None
    found = drills.resume(equipment, LADDER, series.id)
    assert found.series is not None
    assert found.series.ended_at == NOW
    section = drills.section_drill(GUIDE, "steps")
    assert drills.resume(equipment, section, series.id).series is None, "that one is a ladder"


def test_discarded_answers_leave_their_place_free_until_they_come_back(studio: Studio) -> None:
    equipment = studio.equipment
    series = drills.series_for(equipment, LADDER, drills.Underway(), NOW)
    first = say(studio, rung(180, series.id))
    equipment.store.discard(first.id)
    assert drills.resume(equipment, LADDER).answers == ()
    equipment.store.restore(first.id)
    assert drills.resume(equipment, LADDER).answers == (first,)


def test_a_second_take_is_found_from_any_of_the_takes(studio: Studio) -> None:
    equipment = studio.equipment
    first = studio.mark_typed(GUIDE, plan_for(GUIDE, SCENARIO, Source.TYPED), ANSWER)
    drill = drills.said_anew(GUIDE, first)
    series = drills.series_for(equipment, drill, drills.Underway(), NOW)
    second = say(studio, anew_plan(plan_for(GUIDE, SCENARIO, Source.TYPED), series_id=series.id))
    for opened in (first, second):
        found = drills.resume(equipment, drills.said_anew(GUIDE, opened), opened.series_id)
        assert (found.series, found.answers, found.first) == (series, (second,), first)
    equipment.store.purge([first.id], whatever=True)
    assert drills.resume(equipment, drill).first is None


def test_a_record_holds_no_word_that_was_said(studio: Studio) -> None:
    equipment = studio.equipment
    first = studio.mark_typed(GUIDE, plan_for(GUIDE, SCENARIO, Source.TYPED), ANSWER)
    series = drills.series_for(equipment, drills.said_anew(GUIDE, first), drills.Underway(), NOW)
    assert series.record == {"guide": "small", "scenario": "first", "first": first.id}


def test_only_what_could_be_a_whole_answer_counts_as_an_attempt(studio: Studio) -> None:
    store, equipment = studio.equipment.store, studio.equipment
    series = drills.series_for(equipment, LADDER, drills.Underway(), NOW)
    section = drills.series_for(equipment, drills.section_drill(GUIDE, "steps"), drills.Underway(), NOW)
    whole = say(studio, rung(60, series.id), minutes=1)
    short = say(studio, rung(30, series.id), minutes=2)
    one_round = say(studio, round_plan(GUIDE, SCENARIO, "steps", Mode.COACHED, series_id=section.id), minutes=3)
    assert short.settings[SHORTENED] is True
    assert SHORTENED not in whole.settings
    assert [attempt.id for attempt in store.attempts()] == [whole.id]
    assert store.latest_by_scenario("small")["first"].id == whole.id
    assert [row.id for row in store.summaries(AnswerFilter(first_tries=True))] == [whole.id]
    assert store.count() == 3, "all of them are kept and listed"
    assert one_round.marks is not None
    assert [mark.section_id for mark in one_round.marks.sections] == ["goal", "steps"], "no other is called missing"
    assert one_round.marks.mistakes == ()


def test_damaged_settings_hide_no_attempt(studio: Studio) -> None:
    series = drills.series_for(studio.equipment, LADDER, drills.Underway(), NOW)
    kept = say(studio, rung(180, series.id))
    with studio.equipment.store.database.writing() as connection:
        connection.execute("UPDATE details SET settings = '{'")
    assert [attempt.id for attempt in studio.equipment.store.attempts()] == [kept.id]


def test_what_there_was_no_time_for_makes_no_cards_due(studio: Studio) -> None:
    asked: list[str] = []

    def reviews() -> ReviewStore:
        asked.append("reviews")
        return studio.equipment.reviews

    effects = AnswerEffects(reviews, lambda: studio.equipment.store.database)
    effects.note(replace(say(studio, rung(30, None)), source=Source.MICROPHONE))
    assert asked == []
    effects.note(replace(say(studio, rung(60, None), minutes=1), source=Source.MICROPHONE))
    assert asked == ["reviews"]


def test_the_list_knows_what_each_series_is(studio: Studio) -> None:
    series = drills.series_for(studio.equipment, LADDER, drills.Underway(), NOW)
    say(studio, rung(180, series.id))
    listing = View().look(studio.equipment.store, {"small": GUIDE})
    assert listing.kinds == {series.id: SeriesKind.LADDER}
    (row,) = listing.rows
    assert isinstance(row, AnswerSummary)
    assert row.series_id == series.id


def test_an_empty_typed_answer_is_refused(studio: Studio) -> None:
    with pytest.raises(InputError, match="no answer to mark"):
        say(studio, rung(180, None), "  ")
