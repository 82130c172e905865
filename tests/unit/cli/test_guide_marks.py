"""The table of how a guide marks its labelled answers."""

from dataclasses import replace

from rehearse.cli.guide_marks import _lines
from rehearse.services.guide_marks import compare_with_labels
from tests.fakes import KeywordAssessor, small_guide


def test_a_long_title_is_whole_and_the_columns_stand_under_each_other() -> None:
    guide = small_guide()
    title = "What came before it and what was made of it in the end"
    guide = replace(guide, sections=(replace(guide.sections[0], title=title), *guide.sections[1:]))
    heading, first, second, *_ = _lines(guide, compare_with_labels(guide, KeywordAssessor(guide), [], lambda *_: None))
    assert first.startswith(f"{title} ")
    assert len(heading) == len(first) == len(second)
