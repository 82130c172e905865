"""Nothing gets past the commands' streams."""

import json
import sys
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.cli.output import print_error, print_json, redraw, shown_streams
from rehearse.errors import InputError
from rehearse.guides.template import template_text

EVIL = "\x1b]0;owned\x07\x9b31m\u202e"
SEEN = "\\x1b]0;owned\\x07\\x9b31m\\u202e"


def test_both_streams_spell_out_what_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_streams():
        print(f"a {EVIL}\nb")
        sys.stderr.writelines([EVIL, "\n"])
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"a {SEEN}\nb\n", f"{SEEN}\n")


def test_json_loses_nothing_and_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    value = {f"key{EVIL}": [f"ü{EVIL}\n", "\udce9"]}
    print_json(value)
    said = capsys.readouterr().out
    assert json.loads(said) == value
    assert not set(said) & set(EVIL) - set("]0;owned31m")
    assert "ü" in said


def test_an_error_is_one_line_whatever_it_names(capsys: pytest.CaptureFixture[str]) -> None:
    print_error(InputError("There is no file a\nrehearse: all is fine", next_step="Check the path."), "x\ny")
    assert capsys.readouterr().err == ("rehearse: x\\ny: There is no file a\\nrehearse: all is fine. Check the path.\n")


def test_a_line_in_the_place_of_the_last_is_as_safe(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_streams():
        redraw(f"marking {EVIL}")
    assert capsys.readouterr().err == f"\r\x1b[2Kmarking {SEEN}"


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", f"{EVIL}.txt"),
        ("score", f"{EVIL}.wav"),
        ("score", "x.txt", "--guide", EVIL),
        ("guide", "check", f"{EVIL}.yaml"),
        ("guide", "new", EVIL),
        ("guide", EVIL),
        ("history", "show", EVIL),
        (f"--{EVIL}",),
        ("guide", "list"),
        ("guide", "list", "--json"),
        ("score", "x.txt", "--guide", "none"),
    ],
)
def test_names_given_and_found(
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    guides = tmp_path / "guides"
    guides.mkdir()
    (guides / f"mine{EVIL.replace('/', '')}.yaml").write_text(
        template_text("mine", "Mine").replace("title: Mine", f"title: {EVIL}"), encoding="utf-8"
    )
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    status = main(arguments)
    said = capsys.readouterr()
    assert status == (0 if arguments[:2] == ("guide", "list") else 2)
    assert not set(said.out + said.err) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert len(said.err.splitlines()) == (1 if status else 0)
