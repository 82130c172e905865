"""YAML is read safely, and every value keeps its line."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rehearse.errors import GuideError
from rehearse.guides.positions import MAX_BYTES, MAX_DEPTH, open_document, read_document


def problem(text: str) -> str:
    with pytest.raises(GuideError) as raised:
        read_document(text, "own.yaml")
    return raised.value.what


def test_values_and_their_places() -> None:
    document = read_document(
        "# mine\nid: a\nsections:\n  - id: one\n    share: [0.1,\n      0.5]\n  - id: two\n", "own.yaml"
    )
    assert document.value == {"id": "a", "sections": [{"id": "one", "share": [0.1, 0.5]}, {"id": "two"}]}
    assert document.line(("id",)) == 2
    assert document.line(("sections", 0, "share")) == 5
    assert document.line(("sections", 0, "share", 1)) == 6
    assert document.place(("sections", 1, "id")) == (7, 5)
    assert document.place(("sections", 0, "share", 1)) == (6, 7)


def test_what_is_missing_has_the_line_of_what_it_is_missing_from() -> None:
    document = read_document("id: a\nsections:\n  - id: one\n", "own.yaml")
    assert document.line(("sections", 0, "title")) == 3
    assert document.line(("sections", 5)) == 2
    assert document.line(("nowhere", "at", "all")) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "own.yaml:1:1: the file is empty"),
        ("# only a remark\n", "own.yaml:1:1: the file is empty"),
        ("id: a\n\tb: c\n", "own.yaml:2:1: a tab stands here, indent with spaces"),
        ("\tid: a\n", "own.yaml:1:1: a tab stands here"),
        ("id: a\ntitle: 'mine\nfield: b\n", "own.yaml:2:8: a quotation mark opens here and never closes"),
        ("id: a\nshare: [1, 2\n", "own.yaml:2:8: a [ opens here and never closes"),
        ("id: a\nterm: {name: x\n", "own.yaml:2:7: a { opens here and never closes"),
        ("id: a\ntitle: Mine: the best\n", "own.yaml:2:12: a colon inside a text, put the text in quotes"),
        ("id: a\n---\nid: b\n", "own.yaml:2:1: a second document begins here"),
        ("id: a\nid: b\n", "own.yaml:2:1: “id” stands here twice"),
        ("id: a\n1: b\n", "own.yaml:2:1: a key must be a plain name"),
        ("id: a\n? [x]\n: b\n", "own.yaml:2:3: a key must be a plain name"),
        ("id: a\nday: 2026-01-02\n", "own.yaml:2:6: “2026-01-02” isn't read as text, put it in quotes"),
        ("id: a\nday: 2026-13-45\n", "own.yaml:2:6: “2026-13-45” isn't read as text"),
        ("id: a\nn: " + "9" * 5000, "own.yaml:2:4: “999"),
        ("id: a\nb: =\n", "own.yaml:2:4: “=” isn't read as text"),
        ("id: a\nb: x\x07y\n", "own.yaml:2:5: the character U+0007 isn't text, delete it"),
        ("id: a\nb: x\x00", "own.yaml:2:5: the character U+0000"),
        ("a: 1\n" * 3 + "b: \ud800\n", "own.yaml:4:4: the character U+D800"),
    ],
)
def test_what_is_no_plain_yaml_is_said_with_its_line(text: str, said: str) -> None:
    assert problem(text).startswith(said)


@pytest.mark.parametrize(
    "tagged",
    [
        "!!python/object/apply:os.system ['true']",
        "!!python/name:os.system",
        "!!python/tuple [1, 2]",
        "!!binary aGVsbG8=",
        "!!set {a, b}",
        "!mine x",
        "!!str 3",
    ],
)
def test_tags_make_nothing(tagged: str) -> None:
    assert problem(f"id: a\nb: {tagged}\n").startswith("own.yaml:2:4: a tag (")


def test_aliases_are_refused_before_they_unfold() -> None:
    layers = ["a0: &a0 [lol, lol, lol]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 3)}]" for n in range(1, 12)]
    said = problem("\n".join(layers)).splitlines()
    assert said[0] == "own.yaml:2:10: an alias (*a0), write the value out"
    assert {line.split(":")[1] for line in said} == {str(n) for n in range(2, 13)}


def test_an_anchor_that_contains_itself() -> None:
    assert problem("a: &a\n  - *a\n") == "own.yaml:2:5: an alias (*a), write the value out"


def test_a_merge_of_what_stands_elsewhere() -> None:
    assert problem("a: &a {x: 1}\nb:\n  <<: *a\n").startswith("own.yaml:3:7: an alias")
    assert problem("b:\n  <<: {x: 1}\n") == "own.yaml:2:3: a key must be a plain name"


def test_an_anchor_that_nobody_uses_is_harmless() -> None:
    assert read_document("a: &mine 1\n", "own.yaml").value == {"a": 1}


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "[{"])
def test_nesting_without_end_is_refused(opening: str) -> None:
    assert "own.yaml:1:" in problem(opening * 100_000)


def test_nesting_up_to_the_limit() -> None:
    assert read_document("[" * MAX_DEPTH + "]" * MAX_DEPTH, "own.yaml").value
    assert "nested too deeply" in problem("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


def test_a_huge_text_is_refused() -> None:
    assert problem("# " + "é" * (MAX_BYTES // 2)).startswith("own.yaml:1:1: the file is larger than 2 MB")


@given(st.text(max_size=200))
@example("%YAML 1.9\n--- x")
@example("!<tag:yaml.org,2002:int> x")
@example("&a [*a]")
@example("a: |2147483648\n x")
@example("'\\\n")
@example("\ufeffid: a")
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        document = read_document(text, "own.yaml")
    except GuideError as error:
        for line in error.what.splitlines():
            name, number, column, said = line.split(":", 3)
            assert name == "own.yaml"
            assert 1 <= int(number) <= text.count("\n") + text.count("\r") + text.count("\x85") + 3
            assert int(column) >= 1
            assert said.strip()
    else:
        assert document.line(()) >= 1


def test_what_neednt_stop_the_reading_is_told_with_what_comes_after() -> None:
    document = open_document("id: a\nid: b\nday: 2026-01-02\n", "own.yaml")
    assert document.value["id"] == "b"
    assert [problem.said("x") for problem in document.problems] == [
        "x:2:1: “id” stands here twice, remove one",
        "x:3:6: “2026-01-02” isn't read as text, put it in quotes",
    ]
