"""Which text an answer was marked against."""

from dataclasses import replace
from typing import Any

from rehearse.domain.guide import Guide
from rehearse.domain.guide_versions import GUIDE_VERSION, guide_version, section_versions
from tests.fakes import small_guide

GUIDE = small_guide()


def edited(**changes: Any) -> Guide:
    first, *rest = GUIDE.sections
    return replace(GUIDE, sections=(replace(first, **changes), *rest))


def test_the_same_text_gives_the_same_and_a_section_has_its_own() -> None:
    kept = section_versions({GUIDE_VERSION: guide_version(GUIDE)})
    assert list(kept) == ["goal", "steps", "lesson"]
    assert kept == section_versions({GUIDE_VERSION: guide_version(small_guide())})
    assert len(set(kept.values())) == 3


def test_what_decides_marks_changes_it_and_what_does_not_does_not() -> None:
    before = section_versions({GUIDE_VERSION: guide_version(GUIDE)})
    after = section_versions({GUIDE_VERSION: guide_version(edited(examples=("Other.", "Words.", "Now.")))})
    assert {section for section in before if before[section] != after[section]} == {"goal"}
    assert section_versions({GUIDE_VERSION: guide_version(edited(advice="Otherwise.", follow_up="And?"))}) == before


def test_answers_from_before_have_none() -> None:
    assert section_versions({}) == {}
    assert section_versions({GUIDE_VERSION: None}) == {}
