"""The views on past answers: what each shows, and which comes next."""

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.domain.answer import Mode, Source
from rehearse.domain.guide import Guide
from rehearse.history.answers import SEARCH_LIMIT, AnswerStore
from rehearse.history.view import SORTS, View
from tests.answers import begun_answer
from tests.fakes import small_guide
from tests.unit.history.support import NOW, marks, spoken

GUIDE = small_guide()
GUIDES = {GUIDE.id: GUIDE}


@pytest.fixture
def store(tmp_path: Path) -> AnswerStore:
    return AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")


def keep(store: AnswerStore, said: str, *, guide_id: str = GUIDE.id, scenario_id: str = "first") -> str:
    begun = begun_answer(store,
        guide_id=guide_id, scenario_id=scenario_id, question="?", source=Source.MICROPHONE, mode=Mode.COACHED,
        settings={}, now=NOW,
    )  # fmt: skip
    store.complete(replace(begun, transcript=spoken(said), coverage=marks("goal")))
    return begun.id


def test_at_first_all_answers_of_all_scenarios(store: AnswerStore) -> None:
    keep(store, "We packed it in a box.")
    keep(store, "Never again.", guide_id="gone")
    found = View().look(store, GUIDES)
    assert (len(found.rows), found.total) == (2, 2)
    assert found.scenarios == [("gone", "first"), (GUIDE.id, "first")]
    assert View().state(2, 2, {}) == "2 answers · newest first"


def test_a_search_says_how_many_more_there_are(store: AnswerStore) -> None:
    for _ in range(SEARCH_LIMIT + 3):
        keep(store, "We packed it in a box.")
    searched = View().searched("box")
    found = searched.look(store, GUIDES)
    assert (len(found.rows), found.total) == (SEARCH_LIMIT, SEARCH_LIMIT + 3)
    assert searched.state(SEARCH_LIMIT, found.total, {}) == "50 of 53 answers · best match first"
    assert len(searched.deeper().look(store, GUIDES).rows) == found.total
    assert searched.deeper().searched("boxe").limit == SEARCH_LIMIT


def test_scenarios_with_answers_come_in_the_guides_order_then_those_without_a_guide() -> None:
    first, second = GUIDE.scenarios[0], replace(GUIDE.scenarios[0], id="second")
    guide: Guide = replace(GUIDE, scenarios=(first, second))
    answered = [("gone", "x"), (guide.id, "second"), (guide.id, "first")]
    seen, view = [], View()
    for _ in range(4):
        view = view.narrowed({guide.id: guide}, answered)
        seen.append((view.wanted.guide_id, view.wanted.scenario_id))
    assert seen == [(guide.id, "first"), (guide.id, "second"), ("gone", "x"), (None, None)]


def test_a_scenario_whose_answers_are_all_gone_leads_back_to_all() -> None:
    narrowed = View().narrowed(GUIDES, [(GUIDE.id, "first")])
    assert narrowed.narrowed(GUIDES, []).wanted.scenario_id is None


def test_every_order_comes_round_again() -> None:
    view, seen = View(), []
    for _ in SORTS:
        seen.append(view.sort)
        view = view.sorted_otherwise()
    assert (tuple(seen), view) == (SORTS, View())


def test_what_it_is_narrowed_to_is_said() -> None:
    view = View().narrowed(GUIDES, [(GUIDE.id, "first")]).starred_or_all().sorted_otherwise()
    assert view.state(1, 1, {(GUIDE.id, "first"): "Something small"}) == (
        "1 answer · most covered first · Something small · starred"
    )
    assert view.state(1, 1, {}) == "1 answer · most covered first · first · starred"
    assert not view.starred_or_all().wanted.starred


def test_the_trash_is_looked_at_whole(store: AnswerStore) -> None:
    store.discard(keep(store, "We packed it in a box."))
    trash = View().starred_or_all().trash_or_answers()
    assert (trash.title, trash.in_trash, trash.wanted.starred) == ("Trash", True, None)
    found = trash.look(store, GUIDES)
    assert (found.total, found.scenarios) == (1, [(GUIDE.id, "first")])
    assert trash.trash_or_answers() == View()


def test_an_empty_list_says_why() -> None:
    assert View().nothing.startswith("No answers yet.")
    assert View().starred_or_all().nothing.startswith("No answer fits.")
    assert View().searched("box").nothing.startswith("No answer has these words.")
    assert View().searched("  ").nothing.startswith("No answers yet.")
    assert View().trash_or_answers().nothing.startswith("The trash is empty.")
