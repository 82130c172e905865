"""Every command is documented, has help, and fails with one sentence."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.cli import COMMANDS, build_parser, main

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"rehearse {command}" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        build_parser([command]).parse_args([command, "--help"])
    assert left.value.code == 0
    assert "usage: rehearse" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score"], "nothing to score"),
        (["score", "missing.wav"], "no file missing.wav"),
        (["score", "missing.txt"], "no file missing.txt"),
        (["score", "--guide", "modell-deployment", "x.txt"], "no guide"),
        (["score", "--scenario", "nobody", "x.txt"], "no scenario"),
        (
            ["guide", "check", "nope"],
            "There is no guide “nope”: neither a file nor a guide's id has that name. Known are: ",
        ),
        (["guide", "check", "ab-tset"], "neither a file nor a guide's id has that name. Did you mean “ab-test”?"),
        (["guide", "show", "ab-tset"], "There is no guide “ab-tset”. Did you mean “ab-test”?"),
        (["history", "show", "nothing"], "no answer"),
        (["guide", "check", "missing.yaml"], "missing.yaml"),
        (["foo"], "There is no command “foo”. Choose one of: demo, score, interview,"),
        (["scroe"], "There is no command “scroe”. Did you mean “score”?"),
        (
            ["guide"],
            "`rehearse guide` wants an action: list, check, new, draft, show, export, import or schema.",
        ),
        (["guide", "chek"], "There is no action “chek”. Did you mean “check”?"),
        (["guide", "new"], "`rehearse guide new` wants ID after it. `rehearse guide new --help` shows what it takes."),
        (["model", "download"], "`rehearse model download` wants NAME after it."),
        (["quiz", "--mode", "slow"], "--mode can't be “slow”. Choose one of: due, blitz, long-blitz, spoken."),
        (
            ["quiz", "--section", "monitoring", "--mode", "blitz"],
            "--section is a round of its own and takes no --mode. Leave out one of them.",
        ),
        (["--device"], "--device wants a value after it. `rehearse --help` shows what it takes."),
        (["--model", "enormous", "score", "x.txt"], "There is no speech model “enormous”"),
        (["--model", "enormous", "score", "--model", "huge", "x.txt"], "There is no speech model “huge”"),
        (["--model", "enormous", "history", "import", "x.wav"], "There is no speech model “enormous”"),
        (["--model", "enormous", "demo", "--headless"], "There is no speech model “enormous”"),
        (["--model", "enormous", "history", "list"], "--model makes no difference to this `rehearse history`."),
        (["--model", "enormous", "quiz", "--plain"], "--model makes no difference to this `rehearse quiz`."),
        (["--device", "Desk", "score", "x.txt"], "--device makes no difference to this `rehearse score`."),
        (["--device", "Desk", "interview", "--report"], "--device makes no difference to this `rehearse interview`."),
        (["--device", "Desk", "demo", "--headless"], "--device makes no difference to this `rehearse demo`."),
        (["doctor", "--fast"], "`rehearse` doesn't know what to do with “--fast”."),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(arguments)
    captured = capsys.readouterr()
    assert status == 2
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert len(captured.err.strip().splitlines()) == 1
    assert captured.out == ""


def test_unknown_model_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with RecordingWriter(tmp_path / "a.wav") as writer:
        writer.append(np.zeros(16_000, np.float32))
    assert main(["score", "--model", "enormous", str(tmp_path / "a.wav")]) in (1, 2)
    said = capsys.readouterr().err
    assert "enormous" in said
    assert len(said.strip().splitlines()) == 1


def test_broken_guide_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine\ntitel: oops\n")
    assert main(["guide", "check", str(path)]) == 2
    assert "mine.yaml:2:1: titel: there is no such field, did you mean “title”?" in capsys.readouterr().err


def test_new_guide_passes_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "new", "my-own", "--title", 'A "quoted" title']) == 0
    path = capsys.readouterr().out.splitlines()[0]
    assert main(["guide", "check", path]) == 0
    assert main(["guide", "new", "my-own"]) == 2


def test_ones_own_guide_is_checked_by_its_id_and_a_broken_one_is_marked(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["guide", "new", "my-own"]) == 0
    assert main(["guide", "check", "my-own"]) == 0
    assert ": fine. " in capsys.readouterr().out
    (own_home / "guides" / "bad.yaml").write_text("id: bad\ntitel: oops\n")
    (own_home / "guides" / "model-deployment.yaml").write_text(
        (own_home / "guides" / "my-own.yaml").read_text().replace("id: my-own", "id: model-deployment")
    )
    assert main(["guide", "check", "bad", "my-own", "model-deployment"]) == 2
    said = capsys.readouterr()
    assert "did you mean “title”?\n" in said.err
    assert "the id “model-deployment” is taken by a shipped guide; choose another." in said.err
    assert "my-own.yaml: fine. " in said.out, "one that is broken doesn't hide the others"
    assert main(["guide", "list"]) == 0
    listed = capsys.readouterr().out
    assert "  ✘ bad.yaml:1:1: " in listed
    assert "  ✘ model-deployment.yaml:" in listed


def test_version_is_printed() -> None:
    done = subprocess.run([sys.executable, "-m", "rehearse", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("rehearse 0.")


@pytest.mark.usefixtures("warm_home")
def test_text_is_scored_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text(
        "The shop threw away bread every day, so they wanted a forecast. I trained a LightGBM model on two years of "
        "till data. It runs in a Docker container from cron every night. If it fails I get an email."
    )
    assert main(["score", str(path), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["id"] == "answer"
    assert result["transcript"]["model"] is None
    assert result["delivery"] is None
    states = {section["id"]: section["state"] for section in result["sections"]}
    assert set(states) == {"context", "development", "deployment", "monitoring", "iteration", "challenges"}
    assert states["deployment"] == "covered"
    for section in result["sections"]:
        for quote in section["evidence"]:
            assert quote["text"] in " ".join(path.read_text().split())
            assert quote["start"] is None
    assert {mistake["id"] for mistake in result["mistakes"] if mistake["made"]} >= {"no-challenges"}


@pytest.mark.parametrize("name", ["section:hypothesis", "hypothesis", "Hypothesis"])
def test_a_chapter_is_known_by_its_id_its_bare_id_and_its_title(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "show", "ab-test", "--chapter", name]) == 0
    assert capsys.readouterr().out.startswith("HYPOTHESIS\n")


@pytest.mark.parametrize(("columns", "whole"), [(None, True), (60, False)])
def test_a_guide_is_wrapped_for_a_terminal_only(
    columns: int | None, whole: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if columns is not None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", str(columns))
    assert main(["guide", "show", "ab-test", "--chapter", "framework"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (max(map(len, lines)) > 100) is whole
    assert whole or max(map(len, lines)) <= 60
