"""`rehearse history import`: what of a file is missing is said, and the answer kept all the same."""

import argparse
from pathlib import Path

import pytest

from rehearse.cli import history
from tests.damaged_files import damaged
from tests.ui.driving import fake_studio


def test_what_a_file_lacks_is_said(own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    studio = fake_studio(own_home)
    arguments = argparse.Namespace(guide="small", scenario=None, files=[damaged(tmp_path / "a.wav")], json=False)
    assert history._import(studio, arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == "rehearse: a.wav holds 1 damaged sample, heard as silence.\n"
    assert "kept as" in printed.out
