"""Sound, texts and guides that are none: one clear sentence each, and the others are done all the same."""

import json
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.guides.template import template_text
from tests.house.bad_worlds import ANSWER, run, sentence


class TestSoundFiles:
    """`rehearse score` and `rehearse history import` of what isn't sound."""

    @pytest.fixture
    def files(self, tmp_path: Path) -> Path:
        (tmp_path / "empty.wav").touch()
        (tmp_path / "text.wav").write_text("This is a letter, not a sound.", encoding="utf-8")
        (tmp_path / "cut.mp3").write_bytes(b"\xff\xfb\x90\x64" + bytes(40))
        (tmp_path / "folder.wav").mkdir()
        with RecordingWriter(tmp_path / "whole.wav") as writer:
            writer.append(np.zeros(32_000, np.float32))
        whole = (tmp_path / "whole.wav").read_bytes()
        (tmp_path / "short.wav").write_bytes(whole[: len(whole) // 2])
        return tmp_path

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("empty.wav", "Can't read empty.wav as sound: "),
            ("text.wav", "Can't read text.wav as sound: "),
            ("cut.mp3", "Can't read cut.mp3 as sound: "),
            ("short.wav", "short.wav is cut short: it ends after 1.0 s"),
            ("folder.wav", "folder.wav is a folder. Give a sound file"),
            ("missing.wav", "missing.wav. Check the path."),
            ("n" * 300 + ".wav", "File name too long. Check the path."),
        ],
    )
    def test_score(self, files: Path, own_home: Path, name: str, said: str) -> None:
        assert said in sentence(run("score", str(files / name), home=own_home), 2)

    def test_import_keeps_nothing_of_a_broken_file(self, files: Path, own_home: Path) -> None:
        done = run("history", "import", str(files / "text.wav"), home=own_home)
        assert "Can't read text.wav as sound" in sentence(done, 2)
        listed = run("history", "list", "--json", home=own_home)
        assert json.loads(listed.stdout) == []

    @pytest.mark.parametrize("command", [("score",), ("history", "import")])
    def test_one_bad_file_of_several_does_not_take_the_others_with_it(
        self, files: Path, warm_home: Path, command: tuple[str, ...]
    ) -> None:
        names = [str(files / name) for name in ("empty.wav", "whole.wav", "missing.wav")]
        done = run(*command, *names, "--json", home=warm_home)
        assert done.returncode == 2
        assert len(json.loads(done.stdout)) == 1
        said = done.stderr.decode().strip().splitlines()
        assert [line.split(": ")[1] for line in said] == [names[0], names[2]]


class TestTexts:
    """Typed answers that aren't."""

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "The answer is empty. Give at least a few sentences."),
            (b" \n\t\n", "The answer is empty."),
            (b"\xff\xfe\x00", "isn't UTF-8 text. Save it as UTF-8, or give a sound file."),
        ],
    )
    def test_files(self, tmp_path: Path, own_home: Path, content: bytes, said: str) -> None:
        (tmp_path / "answer.txt").write_bytes(content)
        assert said in sentence(run("score", str(tmp_path / "answer.txt"), home=own_home), 2)

    def test_files_of_one_name_are_told_apart(self, tmp_path: Path, warm_home: Path) -> None:
        paths = [tmp_path / name for name in ("a/answer.txt", "b/answer.md", "other.txt")]
        for path in paths:
            path.parent.mkdir(exist_ok=True)
            path.write_text(ANSWER, encoding="utf-8")
        done = run("score", "--json", *map(str, paths), home=warm_home)
        assert [result["id"] for result in json.loads(done.stdout)] == [*map(str, paths[:2]), "other"]

    def test_standard_input(self, own_home: Path) -> None:
        assert sentence(run("score", "-", home=own_home), 2).startswith("The answer is empty")
        broken = run("score", "-", home=own_home, given=b"caf\xe9")
        assert sentence(broken, 2) == "Standard input isn't UTF-8 text. Send it as UTF-8."

    def test_a_bad_request_doesnt_take_the_others_with_it(self, warm_home: Path) -> None:
        lines = [
            b'{"id": "a", "text": ""}',
            b"no json",
            b'{"id": "b"}',
            b'{"id": "c", "text": null}',
            b'{"id": "d", "text": "x", "scenario": "nobody"}',
            b'{"id": "e", "audio": "nowhere.wav"}',
            b'{"id": "f", "text": "\\ud800"}',
            b"[" * 100_000,
            b"\xff",
            b'{"id": null, "text": "x"}',
            b"",
            json.dumps({"id": 7, "text": ANSWER}).encode(),
        ]
        done = run("score", "--jsonl", home=warm_home, given=b"\n".join(lines))
        results = [json.loads(line) for line in done.stdout.decode().splitlines()]
        assert [result["id"] for result in results] == ["a", None, "b", "c", "d", "e", "f", None, None, None, "7"]
        assert all("error" in result for result in results[:-1])
        assert {section["id"] for section in results[-1]["sections"]} >= {"context", "deployment"}
        said = done.stderr.decode().splitlines()
        assert [line.split(":")[1].strip() for line in said] == [f"Line {n}" for n in range(1, 11)]
        assert done.returncode == 2


def test_a_broken_guide_says_where_and_leaves_the_others_alone(own_home: Path, warm_home: Path) -> None:
    folder = warm_home / "guides"
    folder.mkdir()
    text = template_text("mine", "Mine").replace("level: 1", "level: high")
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    line = text[: text.index("level: high")].count("\n") + 1
    wanted = f"mine.yaml:{line}:5: scenarios.0.level: 'high' isn't one of 1, 2 or 3."
    assert sentence(run("guide", "check", str(folder / "mine.yaml"), home=own_home), 2) == wanted
    assert sentence(run("score", "--guide", "mine", "-", home=own_home, given=ANSWER.encode()), 2) == wanted
    assert b"mine" in run("guide", "list", home=own_home).stdout
    assert run("score", "-", home=own_home, given=ANSWER.encode()).returncode == 0


@pytest.mark.parametrize("name", ["Mine", "../mine", "a/b", "", "-x-", "x" * 41])
def test_a_new_guides_id(own_home: Path, name: str) -> None:
    said = sentence(run("guide", "new", "--", name, home=own_home), 2)
    assert said == f"“{name}” isn't an id. Use lower-case letters, digits and hyphens: my-question."
    assert not list(own_home.rglob("*.yaml"))
