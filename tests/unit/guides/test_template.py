"""A new guide passes the check, whatever it is called."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rehearse.guides.loader import parse_guide
from rehearse.guides.template import template_text


@pytest.mark.parametrize(
    "title", ["My question", "What's “next”: a plan?", 'A "quoted" \\ title', "# no remark", "{x}", "12"]
)
def test_the_template_passes_its_own_check(title: str) -> None:
    guide = parse_guide(template_text("my-question", title), "my-question.yaml")
    assert (guide.id, guide.title) == ("my-question", title)


@given(st.lists(st.text("0123456789abenoxy", min_size=1, max_size=6), min_size=1, max_size=5).map("-".join))
@example("12")
@example("on")
@example("null")
@example("1e5")
@example("2026-01-02")
@example("0x1f")
def test_any_id(guide_id: str) -> None:
    assert parse_guide(template_text(guide_id, "Title"), "x.yaml").id == guide_id


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60))
def test_any_title(title: str) -> None:
    assert parse_guide(template_text("mine", title), "mine.yaml").title == title
