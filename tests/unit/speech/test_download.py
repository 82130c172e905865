"""Fetching a speech model: what goes wrong is told as what it is. The wire is made of what comes over it."""

import json
import urllib.request
from collections.abc import Callable
from http.client import HTTPResponse
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from rehearse.errors import ModelError
from rehearse.speech.download import COMPLETE, download_model

CONTENT = b"weights" * 1000
HUB = "https://hub.example"


class Wire:
    """A socket that has brought all it brings."""

    def __init__(self, brought: bytes) -> None:
        self._brought = brought

    def makefile(self, _: str) -> BytesIO:
        return BytesIO(self._brought)


Answers = Callable[[Callable[[str], bytes]], None]
"""Sets what comes over the wire for an address."""


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    def answer_by(brought: Callable[[str], bytes]) -> None:
        def urlopen(request: urllib.request.Request, timeout: float) -> HTTPResponse:
            wire: Any = Wire(brought(request.full_url))
            response = HTTPResponse(wire)
            response.begin()
            response.url = request.full_url
            return response

        monkeypatch.setattr(urllib.request, "urlopen", urlopen)

    return answer_by


def sent(content: bytes, *, length: int | None = None) -> bytes:
    stated = len(content) if length is None else length
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % stated + content


def whole(address: str) -> bytes:
    listed = json.dumps([{"path": "model.bin", "size": len(CONTENT)}, {"path": "README.md"}]).encode()
    return sent(listed if "/api/" in address else CONTENT)


def test_a_model_is_fetched(tmp_path: Path, answers: Answers) -> None:
    answers(whole)
    download_model("o/n", tmp_path / "m", hub=HUB)
    assert (tmp_path / "m" / "model.bin").read_bytes() == CONTENT
    assert (tmp_path / "m" / COMPLETE).exists()


@pytest.mark.parametrize(
    "content",
    [
        b"<html>Please log in to the hotel's network</html>",
        b"\xff\xfe",
        b'{"path": "model.bin", "size": 7}',
        b"7",
        b'{"error": "gone"}',
        b'["model.bin"]',
        b'[{"path": "model.bin"}]',
        b'[{"path": "model.bin", "size": "much"}]',
        b'[{"path": "model.bin", "size": 7, "lfs": 3}]',
    ],
)
def test_a_page_where_a_list_was_expected(tmp_path: Path, answers: Answers, content: bytes) -> None:
    answers(lambda _: sent(content))
    with pytest.raises(ModelError) as raised:
        download_model("o/n", tmp_path / "m", hub=HUB)
    assert "log in" in raised.value.why
    assert "browser" in raised.value.next_step
    assert not (tmp_path / "m").exists(), "nothing was begun"


@pytest.mark.parametrize(
    "brought",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n[{",
        b"hello\r\n\r\n",
        b"",
        sent(b'[{"path"', length=1000),
    ],
)
def test_a_connection_that_ends_in_the_middle_of_the_list(tmp_path: Path, answers: Answers, brought: bytes) -> None:
    answers(lambda _: brought)
    with pytest.raises(ModelError, match="can't be fetched") as raised:
        download_model("o/n", tmp_path / "m", hub=HUB)
    assert "Check the connection" in raised.value.next_step


@pytest.mark.parametrize("head", [b"Content-Length: 7000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n1b58\r\n"])
def test_a_connection_that_ends_in_the_middle_of_the_weights(tmp_path: Path, answers: Answers, head: bytes) -> None:
    answers(lambda address: whole(address) if "/api/" in address else b"HTTP/1.1 200 OK\r\n" + head + CONTENT[:500])
    with pytest.raises(ModelError, match="can't be fetched") as raised:
        download_model("o/n", tmp_path / "m", hub=HUB)
    assert "goes on where it broke off" in raised.value.next_step


def test_an_address_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="can't be fetched"):
        download_model("o/n", tmp_path / "m", hub="nowhere")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk(tmp_path: Path, answers: Answers) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "model.bin.part").symlink_to("/dev/full")
    answers(whole)
    with pytest.raises(ModelError) as raised:
        download_model("o/n", folder, hub=HUB)
    assert str(folder) in raised.value.what
    assert raised.value.why == "No space left on device"
    assert "1 MB" in raised.value.next_step


def test_a_folder_that_cant_be_made(tmp_path: Path, answers: Answers) -> None:
    (tmp_path / "file").touch()
    answers(whole)
    with pytest.raises(ModelError, match="can't be written to"):
        download_model("o/n", tmp_path / "file" / "m", hub=HUB)
