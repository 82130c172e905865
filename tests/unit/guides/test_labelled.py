"""Labelled answers beside a guide: read, or every problem said with its place."""

from pathlib import Path

import pytest

from rehearse.errors import GuideError
from rehearse.guides.labelled import labelled_files, read_labelled
from rehearse.guides.library import GuideLibrary
from tests.fakes import small_guide

GUIDE = small_guide()
ANSWERS = """\
- id: a1
  scenario: first
  text: >-
    The goal was
    fewer errors.
- id: a2
  scenario: first
  text: Um.
"""
LABELS = """\
- id: a1
  sections: [goal]
  evidence:
    goal: fewer errors
- id: a2
  sections: []
  mistakes:
  - no-lesson
"""


def beside(folder: Path, answers: str | None = ANSWERS, labels: str | None = LABELS) -> Path:
    for path, text in zip(labelled_files(folder / "small.yaml", "small"), (answers, labels), strict=True):
        if text is not None:
            path.write_text(text, encoding="utf-8")
    return folder / "small.yaml"


def problems(path: Path) -> list[str]:
    with pytest.raises(GuideError) as raised:
        read_labelled(GUIDE, path)
    return raised.value.what.splitlines()


def test_they_are_read_in_the_order_of_the_labels(tmp_path: Path) -> None:
    first, second = read_labelled(GUIDE, beside(tmp_path))
    assert (first.id, first.scenario, first.text) == ("a1", "first", "The goal was fewer errors.")
    assert (set(first.sections), set(first.mistakes)) == ({"goal"}, set())
    assert (second.id, set(second.sections), set(second.mistakes)) == ("a2", set(), {"no-lesson"})


def test_without_files_there_are_none(tmp_path: Path) -> None:
    assert read_labelled(GUIDE, tmp_path / "small.yaml") == []


def test_one_file_alone_is_said(tmp_path: Path) -> None:
    assert "labels-small.yaml" in problems(beside(tmp_path, labels=None))[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("scenario: first", "scenario: frist", "answers-small.yaml:2:3: there is no scenario “frist”, did you mean"),
        ("  text: Um.", "  words: Um.", "answers-small.yaml:8:3: there is no field “words”, known are: id, scenario,"),
        ("- id: a2", "- id: a1", "answers-small.yaml:6:3: the id “a1” stands here twice, give each its own"),
        ("- id: a2", "- id: 2", "answers-small.yaml:6:3: a text is wanted, put it in quotes"),
        ("text: Um.", "text:", "answers-small.yaml:8:3: nothing stands here, write what was said"),
    ],
)
def test_what_is_wrong_with_an_answer(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert any(line.startswith(said) for line in problems(beside(tmp_path, ANSWERS.replace(old, new, 1))))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[goal]", "[gaol]", "labels-small.yaml:2:14: there is no section “gaol”, did you mean “goal”?"),
        ("[goal]", "goal", "labels-small.yaml:2:3: a list is wanted"),
        ("- no-lesson", "- nothing", "labels-small.yaml:8:5: there is no mistake “nothing”,"),
        ("- id: a2", "- id: a3", "labels-small.yaml:5:3: there is no answer “a3”, did you mean “a"),
        ("- id: a2", "- id: a1", "labels-small.yaml:5:3: the id “a1” stands here twice, keep one"),
        ("  sections: []\n", "", "labels-small.yaml:5:3: `sections:` is missing, write it"),
    ],
)
def test_what_is_wrong_with_a_label(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert any(line.startswith(said) for line in problems(beside(tmp_path, labels=LABELS.replace(old, new, 1))))


@pytest.mark.parametrize("text", ["a: 1\n", "- 1\n", "- [a]\n", "", "- id: [x]\n", "- id: &a x\n  sections: *a\n"])
def test_what_is_no_list_of_answers_is_refused(tmp_path: Path, text: str) -> None:
    assert problems(beside(tmp_path, answers=text))
    assert problems(beside(tmp_path, labels=text))


def test_they_arent_taken_for_guides(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text("id: small\n", encoding="utf-8")
    (tmp_path / "answers-other.yaml").write_text("id: answers-other\n", encoding="utf-8")
    beside(tmp_path)
    assert GuideLibrary(tmp_path, shipped=tmp_path / "none").ids() == ["answers-other", "small"]
