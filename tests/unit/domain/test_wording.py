"""Numbers as people read them, and choices."""

import re
from pathlib import Path

import pytest

from rehearse.domain.wording import either, percent, sureness

SOURCE = Path(__file__).resolve().parents[3] / "src" / "rehearse"


@pytest.mark.parametrize(("share", "said"), [(0.16, "16 %"), (0.0, "0 %"), (1.0, "100 %"), (0.055, "6 %")])
def test_a_share_is_said_in_one_form(share: float, said: str) -> None:
    assert percent(share) == said


@pytest.mark.parametrize(("chance", "said"), [(1.0, "99 %"), (0.996, "99 %"), (0.99, "99 %"), (0.5, "50 %")])
def test_no_mark_is_said_to_be_certain(chance: float, said: str) -> None:
    assert sureness(chance) == said


def test_no_other_form_is_used_anywhere() -> None:
    other = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r":[^{}]*\d*%\}|\}%(?![a-zA-Z])", path.read_text(encoding="utf-8"))
    }
    assert other == set()


def test_choices() -> None:
    assert [either(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a or b", "a, b or c"]
