"""What was being typed when its screen was left."""

from pathlib import Path

import pytest

from rehearse.services.equipment import Equipment
from rehearse.settings import Places, Settings


@pytest.fixture
def equipment(own_home: Path) -> Equipment:
    return Equipment(Places(own_home), Settings())


def test_it_is_kept_for_its_owner_alone_and_forgotten(equipment: Equipment) -> None:
    draft = equipment.draft("And the steps?")
    assert draft.read() == ""
    draft.keep("half an answer …\nand more")
    assert Equipment(equipment.places, Settings()).draft("And the steps?").read() == draft.read()
    assert draft.read() == "half an answer …\nand more"
    (kept,) = (equipment.places.home / "drafts").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.read_text(encoding="utf-8").startswith("And the steps?\n")
    draft.keep("  \n")
    assert draft.read() == ""
    assert not kept.exists()
    draft.keep("")


def test_each_question_has_its_own(equipment: Equipment) -> None:
    first, second = equipment.draft("And the goal?"), equipment.draft("And the steps?")
    first.keep("so the goal")
    assert second.read() == ""
    second.keep("")
    second.keep("so the steps")
    assert (first.read(), second.read()) == ("so the goal", "so the steps")


def test_one_that_isnt_text(equipment: Equipment) -> None:
    equipment.draft("q").keep("typed")
    (kept,) = (equipment.places.home / "drafts").iterdir()
    kept.write_bytes(b"\xff\xfe\x00")
    assert equipment.draft("q").read() == ""


def test_one_of_an_earlier_version_becomes_the_draft_of_the_answer_it_is_seen_under(equipment: Equipment) -> None:
    equipment.places.create()
    earlier = equipment.places.home / "draft.txt"
    earlier.write_text("half an answer", encoding="utf-8")
    assert equipment.draft("a drill's").read() == ""
    seen = equipment.answer_draft("q")
    assert seen.read() == "half an answer"
    seen.keep("half an answer and more")
    assert not earlier.exists()
    assert equipment.answer_draft("q").read() == "half an answer and more"
    assert equipment.answer_draft("another").read() == ""


def test_one_of_an_earlier_version_stays_until_it_is_seen(equipment: Equipment) -> None:
    equipment.answer_draft("q").keep("mine")
    earlier = equipment.places.home / "draft.txt"
    earlier.write_text("half an answer", encoding="utf-8")
    draft = equipment.answer_draft("q")
    assert draft.read() == "mine"
    draft.keep("")
    assert earlier.exists()


def test_it_belongs_to_its_question(equipment: Equipment) -> None:
    draft = equipment.draft("round 1 And the steps?")
    draft.keep("so the steps")
    assert equipment.draft("round 1 And the steps?").read() == "so the steps"
    assert equipment.draft("round 2 And the steps?").read() == ""
    draft.keep("")
    assert draft.read() == ""


def test_what_became_an_answer_is_no_draft_any_more_whoever_leaves_it_later(equipment: Equipment) -> None:
    left_first, left_later = equipment.draft("q"), equipment.draft("r")
    left_first.keep("an answer")
    left_first.became_answer()
    left_later.became_answer()
    left_later.keep("an answer")
    assert (equipment.draft("q").read(), equipment.draft("r").read()) == ("", "")
    equipment.draft("q").keep("the next one")
    assert equipment.draft("q").read() == "the next one"
