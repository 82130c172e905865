import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.domain.opinions import Agreement, Label, Opinion
from rehearse.errors import InputError
from rehearse.opinions.reading import Returned, parse_opinion, read_opinion
from rehearse.opinions.saved import MOST_BYTES, MOST_COMMENT
from tests.unit.opinions.support import ANSWER_ID, saved

PATH = Path("from-ann.json")
text = st.text(max_size=30)
agreements = st.sampled_from([one.value for one in Agreement])
label = st.fixed_dictionaries(
    {
        "mark": st.text("abc-", min_size=1, max_size=40),
        "state": st.sampled_from(["covered", "made"]),
        "agree": agreements,
    },
    optional={"quote": text, "comment": text},
)
whole = st.builds(
    saved, friend=text, comment=text, labels=st.lists(label, min_size=1, unique_by=lambda one: one["mark"])
)
anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


def test_what_the_page_saves_is_taken() -> None:
    labels = (
        Label("goal", "covered", Agreement.YES),
        Label("lesson", "missing", Agreement.NO, "Nobody told me why.", "a lesson"),
    )
    assert parse_opinion(json.dumps(saved()), PATH) == Returned(ANSWER_ID, Opinion("Ann", labels, "well told"))
    assert parse_opinion(json.dumps(saved(friend=" \n")), PATH).opinion.friend == "a friend"


@given(whole)
def test_every_file_of_that_shape_is_taken_on_single_lines(plain: dict[str, Any]) -> None:
    opinion = parse_opinion(json.dumps(plain), PATH).opinion
    assert [one.mark_id for one in opinion.labels] == [one["mark"] for one in plain["labels"]]
    assert [one.agrees.value for one in opinion.labels] == [one["agree"] for one in plain["labels"]]
    lines = (opinion.friend, opinion.comment, *(said for one in opinion.labels for said in (one.quote, one.comment)))
    assert all("\n" not in one for one in lines)
    assert opinion.friend


@given(anything, st.sampled_from([*saved(), "labels 0", "mark", "agree", "quote", "new"]))
@settings(max_examples=200)
def test_whatever_stands_in_a_place_is_taken_or_told_in_a_sentence(value: Any, place: str) -> None:
    plain = saved()
    if place in plain or place == "new":
        plain[place] = value
    elif place == "labels 0":
        plain["labels"][0] = value
    else:
        plain["labels"][0][place] = value
    taken_or_told(json.dumps(plain))


@given(st.text(max_size=200))
def test_text_that_is_no_json_is_told(said: str) -> None:
    taken_or_told(said)


def taken_or_told(said: str) -> str:
    try:
        parse_opinion(said, PATH)
    except InputError as error:
        assert str(error).startswith("from-ann.json can't be ")
        assert len(str(error)) < 400
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"format": "other"}, "it isn't what the page of a second opinion saves"),
        ({"version": 2}, "its page was written by a newer rehearse"),
        ({"version": "1"}, "in “version”, input should be 1"),
        ({"answer": 5}, "in “answer”, input should be a valid string"),
        ({"labels": []}, "in “labels”, tuple should have at least 1 item"),
        ({"labels": [{"mark": "goal", "state": "covered", "agree": "maybe"}]}, "in “labels 1, agree”, input should be"),
        ({"labels": [{"mark": "goal", "state": "covered"}]}, "in “labels 1, agree”, field required"),
        ({"labels": [{"mark": "goal", "state": "covered", "agree": "yes"}] * 2}, "it answers a question twice"),
        ({"comment": "x" * (MOST_COMMENT + 1)}, "in “comment”, string should have at most 1000 characters"),
        ({"more": 1}, "in “more”, unexpected keyword argument"),
    ],
)
def test_what_is_wrong_is_said(other: dict[str, Any], why: str) -> None:
    assert why in taken_or_told(json.dumps(saved(**other)))


@pytest.mark.parametrize("said", ["", "{", "null", "[" * 100_000, "9" * 5000, '{"format": NaN}', "\ufeff{}"])
def test_broken_text_is_told(said: str) -> None:
    assert "can't be taken as a second opinion" in taken_or_told(said)


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    def told(path: Path) -> str:
        with pytest.raises(InputError) as raised:
            read_opinion(path)
        return str(raised.value)

    path = tmp_path / "a.json"
    assert "There is no file" in told(path)
    assert "it is a folder" in told(tmp_path)
    path.write_bytes(b" " * (MOST_BYTES + 1))
    assert "it is larger than 1 MB" in told(path)
    path.write_bytes(b"\xff\xfe\x00")
    assert "it isn't UTF-8 text" in told(path)
    path.write_bytes(b"{\0}")
    assert "it isn't text" in told(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "it isn't a file and may never end" in told(tmp_path / "pipe")
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(saved()).encode())
    assert read_opinion(path).answer_id == ANSWER_ID
