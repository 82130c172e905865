"""A guide's text becomes a `Guide`, or every problem is said with its line and its mend."""

import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import GuideError
from rehearse.guides.loader import load_guide, parse_guide
from rehearse.guides.positions import MAX_BYTES
from rehearse.guides.problems import MOST_PROBLEMS
from rehearse.guides.template import template_text

TEXT = template_text("mine", "Mine")
LINES = TEXT.split("\n")


def line_of(beginning: str, nth: int = 1) -> int:
    """The line (from 1) of the nth line of the template that begins so, indentation aside."""
    found = [number for number, line in enumerate(LINES, 1) if line.strip().removeprefix("- ").startswith(beginning)]
    return found[nth - 1]


def changed(number: int, line: str | None) -> str:
    """The template with one line put in place of another; None leaves it out."""
    lines = list(LINES)
    lines[number - 1 : number] = [] if line is None else line.split("\n")
    return "\n".join(lines)


def problems(text: str) -> list[str]:
    with pytest.raises(GuideError) as raised:
        parse_guide(text, "mine.yaml")
    return raised.value.what.splitlines()


def test_a_valid_guide() -> None:
    guide = parse_guide(TEXT, "mine.yaml")
    assert [section.id for section in guide.sections] == ["situation", "action", "result"]
    assert guide.scenarios[0].think_seconds == 30, "a default"
    assert guide.sections[0].share == (0.1, 0.3)


def test_letters_are_taken_from_the_titles() -> None:
    guide = parse_guide(TEXT.replace("title: Action", "title: Response"), "mine.yaml")
    assert [section.letter for section in guide.sections] == ["S", "R", "E"]


def test_a_letter_of_ones_own_is_kept_and_not_given_twice() -> None:
    number = line_of("title: Result")
    guide = parse_guide(changed(number, LINES[number - 1] + "\n    letter: s"), "mine.yaml")
    assert [section.letter for section in guide.sections] == ["I", "A", "S"]


@pytest.mark.parametrize(
    ("field", "nth", "instead", "said"),
    [
        (
            "summary",
            2,
            "    sumary: Where it was.",
            "sections.0.sumary: there is no such field, did you mean “summary”?",
        ),
        ("field", 1, "feild: any job", "feild: there is no such field, did you mean “field”?"),
        ("field", 1, "field: any job\nqqq: 1", "qqq: there is no such field, known here are: id, title, question,"),
        ("detector", 1, "    detector: magic", "mistakes.0.detector: 'magic' isn't one of 'section-missing',"),
        ("level", 1, "    level: 9", "scenarios.0.level: 9 isn't one of 1, 2 or 3"),
        ("title", 2, "    title: 12", "intents.0.title: a text is wanted, put '12' in quotes"),
        ("title", 2, "    title:", "intents.0.title: nothing stands here, write a text"),
        ("title", 2, "    title: no", "intents.0.title: a text is wanted, put 'no' in quotes"),
        ("title", 2, "    title: []", "intents.0.title: a text is wanted here, not a list"),
        ("title", 2, "    title: ''", "intents.0.title: too little stands here, add to it"),
        (
            "answer_seconds",
            1,
            "    answer_seconds: soon",
            "scenarios.0.answer_seconds: input should be a valid integer",
        ),
        ("answer_seconds", 1, "    answer_seconds: 0", "scenarios.0.answer_seconds: input should be greater than 0"),
        ("share", 1, "    share: [0.1, 3]", "sections.0.share.1: input should be less than or equal to 1, not '3'"),
        ("share", 1, "    share: [0.1]", "sections.0.share"),
        ("share", 1, "    share: 0.1", "sections.0.share: a list is wanted: one `- item` a line"),
        ("share", 1, "    share: [.nan, .inf]", "sections.0.share"),
        ("sections: [result]", 1, "    sections: result", "mistakes.0.sections: a list is wanted"),
    ],
)
def test_a_wrong_line_is_named(field: str, nth: int, instead: str, said: str) -> None:
    number = line_of(field, nth)
    found = problems(changed(number, instead))
    wrong = number + instead.count("\n")
    assert any(re.match(rf"mine\.yaml:{wrong}:\d+: {re.escape(said)}", line) for line in found), found


@pytest.mark.parametrize(
    ("field", "nth", "parent", "path"),
    [
        ("question", 1, line_of("id: mine"), "question"),
        ("advice", 1, line_of("id: situation") - 1, "sections.0.advice"),
        ("instead", 1, line_of("id: no-result") - 1, "mistakes.0.instead"),
        ("why", 1, line_of("id: at-work") - 1, "scenarios.0.why"),
    ],
)
def test_a_missing_field_is_named_where_it_belongs(field: str, nth: int, parent: int, path: str) -> None:
    """The line is that of the thing it is missing from: in the template, after the remark at the top or a title."""
    (said,) = problems(changed(line_of(field, nth), None))
    where, number, _, rest = said.split(":", 3)
    assert (where, rest.strip()) == ("mine.yaml", f"{path}: this is missing, write it")
    assert int(number) == (parent if "." not in path else parent + 1)


def test_every_problem_is_said_at_once() -> None:
    text = (
        TEXT.replace("level: 1", "level: high").replace("share: [0.3, 0.6]", "share: [0.3, 6]").replace("why:", "how:")
    )
    found = problems(text)
    assert len(found) == 4, "level, share, how, and why that is missing"
    lines = [int(line.split(":")[1]) for line in found]
    assert lines == sorted(lines)


def test_what_the_fields_and_what_the_references_have_wrong_is_said_in_one_pass() -> None:
    text = (
        TEXT.replace("level: 1", "level: high")
        .replace("[result]", "[reslut]")
        .replace("field: any job", "field: 2026-01-02")
    )
    assert problems(text) == [
        f"mine.yaml:{line_of('field:')}:8: “2026-01-02” isn't read as text, put it in quotes",
        f"mine.yaml:{line_of('sections: [result]')}:16: there is no section “reslut”, did you mean “result”?",
        f"mine.yaml:{line_of('level:')}:5: scenarios.0.level: 'high' isn't one of 1, 2 or 3",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - id: result", "  - ident: result"),
        ("answer_seconds: 90", "answer_seconds: soon"),
        ("sections: [result]", "sections: 3"),
        ("  - id: action", "  - id:"),
        ("share: [0.3, 0.6]", "share: [0.6, 3]"),
    ],
)
def test_what_only_follows_from_a_wrong_field_isnt_said(before: str, after: str) -> None:
    text = TEXT.replace("short_seconds: 30", "short_seconds: 120")
    if "answer_seconds" not in before:
        text = TEXT
    number = next(at for at, line in enumerate(text.split("\n"), 1) if line.startswith(before) or before in line)
    assert {int(line.split(":")[1]) for line in problems(text.replace(before, after))} == {number}


def test_what_is_wrong_inside_a_list_isnt_called_a_short_list() -> None:
    found = problems(changed(line_of("I sat with"), "      - 1: x"))
    assert not any("too little" in line for line in found)


def test_a_list_of_sections_only_one() -> None:
    start, end = line_of("id: action"), line_of("mistakes:")
    text = "\n".join(LINES[: start - 1] + LINES[end - 2 :]).replace("[result]", "[situation]")
    assert any(line.split(": ", 1)[1].startswith("sections: too little stands here") for line in problems(text))


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "12\n", "null\n"])
def test_what_is_no_mapping(text: str) -> None:
    assert problems(text) == ["mine.yaml:1:1: a guide is a list of `name: value` lines, begin with `id:`"]


def test_a_problem_with_line_breaks_inside_stays_on_one_line() -> None:
    assert len(problems(changed(line_of("field"), 'field: x\n"a\\nb": 1'))) == 1
    assert len(problems(changed(line_of("- id: impact".removeprefix("- ")), '  - id: "a\\nb"'))) == 1


def test_more_sections_than_letters() -> None:
    number = line_of("mistakes:")
    section = "\n".join(LINES[line_of("id: result") - 1 : number - 2])
    more = "\n".join(section.replace("result", f"more-{n}") for n in range(30))
    assert problems(changed(number - 1, more + "\n")) == [f"mine.yaml:{line}:5: more than 26 sections, join some"
        for line in [number - 1 + 23 * (section.count("\n") + 1)]]  # fmt: skip


class TestFiles:
    """`load_guide` on what isn't a guide's file."""

    def said(self, path: Path) -> str:
        with pytest.raises(GuideError) as raised:
            load_guide(path)
        return str(raised.value)

    def test_a_guide(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yaml").write_text(TEXT, encoding="utf-8")
        assert load_guide(tmp_path / "mine.yaml").id == "mine"

    def test_a_byte_order_mark_and_windows_line_ends(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yaml").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
        assert load_guide(tmp_path / "mine.yaml") == parse_guide(TEXT, "mine.yaml")

    def test_empty(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yaml").touch()
        assert self.said(tmp_path / "mine.yaml").startswith("mine.yaml:1:1: the file is empty, `rehearse guide new ID`")

    def test_not_utf8(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yaml").write_bytes("id: a\ntitle: caf\xe9\n".encode("latin-1"))
        assert self.said(tmp_path / "mine.yaml").startswith(
            "mine.yaml:2:11: this isn't UTF-8 text, save the file as UTF-8"
        )

    def test_utf16(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yaml").write_bytes("id: a\n".encode("utf-16"))
        assert self.said(tmp_path / "mine.yaml").startswith("mine.yaml:1:1: this isn't UTF-8 text")

    def test_a_folder(self, tmp_path: Path) -> None:
        assert self.said(tmp_path) == f"{tmp_path} is a folder. Name a guide's .yaml file."

    def test_missing(self, tmp_path: Path) -> None:
        assert (
            self.said(tmp_path / "no.yaml")
            == f"Can't read {tmp_path / 'no.yaml'}: No such file or directory. Check the path."
        )

    @pytest.mark.parametrize("byte", [b"#", b"\xff"])
    def test_huge(self, tmp_path: Path, byte: bytes) -> None:
        (tmp_path / "mine.yaml").write_bytes(byte * (MAX_BYTES + 1))
        assert self.said(tmp_path / "mine.yaml").startswith(
            "mine.yaml:1:1: the file is larger than 2 MB, split the guide"
        )

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
    def test_without_end(self) -> None:
        assert self.said(Path("/dev/zero")).startswith("Can't read /dev/zero: it isn't a file and may never end")

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_forbidden(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yaml").touch(mode=0o000)
        assert "Permission denied" in self.said(tmp_path / "mine.yaml")


SCALARS = [
    "null", "~", "[]", "{}", "1", "1.5", ".nan", "-.inf", "1e999", "true", "2026-13-45", "2026-01-01", "0o9", "1:60:99",
    "!!binary x", "!!python/object/apply:os.system [ls]", "&a [*a]", "*x", "<<", "'", '"', "|", "> ", "- x", "? x",
    "\t", "\x00", "\ud800", "ß", "9" * 5000, "? [a]: b", "{a: 1, a: 2}", "[" * 16 + "]" * 16, "!!int x", "!!null x",
    "=",     "%YAML 9.9", "---", "...", "# x", "1_000", "0x", "!foo bar", "!<tag:x> y", "_", "'':", "{? x}", "a: b: c",
    "\u2028",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The template after one to four accidents of the kind that happen in editors, and some that don't."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        old = lines[at] if lines else ""
        match draw(st.sampled_from(["drop", "copy", "indent", "dedent", "insert", "value", "key", "cut", "swap"])):
            case "drop":
                del lines[at : at + 1]
            case "copy":
                lines.insert(at, draw(st.sampled_from(LINES)))
            case "indent":
                lines[at : at + 1] = [draw(st.sampled_from([" ", "  ", "    ", "\t"])) + old]
            case "dedent":
                lines[at : at + 1] = [old[draw(st.integers(1, 4)) :]]
            case "insert":
                place = draw(st.integers(0, len(old)))
                lines[at : at + 1] = [old[:place] + draw(st.sampled_from(SCALARS) | st.text(max_size=3)) + old[place:]]
            case "value":
                kept = re.match(r" *(?:- )?(?:\w+:)?", old)
                lines[at : at + 1] = [f"{kept[0] if kept else ''} {draw(st.sampled_from(SCALARS))}"]
            case "key":
                lines[at : at + 1] = [re.sub(r"\w+:", lambda _: draw(st.sampled_from(SCALARS)) + ":", old, count=1)]
            case "cut":
                del lines[at + 1 :]
            case _:
                random.Random(at).shuffle(lines)
    return "\n".join(lines)


@given(mutated())
def test_any_mutation_loads_or_is_refused_with_lines(text: str) -> None:
    try:
        guide = parse_guide(text, "mine.yaml")
    except GuideError as error:
        last = len(re.split("\r\n|[\n\r\x85\u2028\u2029]", text)) + 1
        for line in str(error).splitlines():
            if re.fullmatch(r"mine\.yaml: and \d+ more problems?", line):
                continue
            found = re.fullmatch(r"mine\.yaml:(\d+):(\d+): .*\w.*", line)
            assert found, line
            assert 1 <= int(found[1]) <= last
            assert len(line) < 2000
    else:
        assert len({section.letter for section in guide.sections}) == len(guide.sections)
        assert all(guide.section(section.id) is section for section in guide.sections)


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\x85", "\u202e", "\u2066", "\u2028"])
def test_what_is_never_shown_is_refused_with_its_line(character: str) -> None:
    line = line_of("title:")
    said = "mine.yaml:{}:{}: the character U+{:04X} isn't text, delete it".format
    written = f'title: "a\\u{ord(character):04x}b"'
    assert problems(changed(line, written)) == [said(line, 8, ord(character))]
    if character != "\x85":  # NEL is a line's end to YAML's readers
        assert said(line, 9, ord(character)) in problems(changed(line, f"title: a{character}b"))
    assert said(line, 1, ord(character)) in problems(changed(line, f'"ti\\u{ord(character):04x}tle": b'))


def test_of_many_problems_as_many_are_told_as_one_wants_to_read() -> None:
    said = problems(TEXT + "\nsmall_talk:\n" + "  - []\n" * 5000)
    assert len(said) == MOST_PROBLEMS + 1
    assert said[-1] == f"mine.yaml: and {5000 - MOST_PROBLEMS} more problems"
