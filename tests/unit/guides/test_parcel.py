"""A guide as one file: what goes in comes out, and what was made to do harm is refused."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearse.errors import GuideError, InputError
from rehearse.guides.parcel import MOST, open_parcel, packed
from rehearse.guides.template import template_text

TEXT = template_text("mine", "Mine")
ANSWERS = "- id: a\n  scenario: at-work\n  text: Um.\n"
LABELS = "- id: a\n  sections: []\n"


def zipped(*files: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return held.getvalue()


WHOLE = zipped(("mine.yaml", TEXT), ("answers-mine.yaml", ANSWERS), ("labels-mine.yaml", LABELS))


def opened(folder: Path, content: bytes, name: str = "p.zip") -> object:
    (folder / name).write_bytes(content)
    return open_parcel(folder / name)


def test_there_and_back(tmp_path: Path) -> None:
    for name, text in (("mine", TEXT), ("answers-mine", ANSWERS), ("labels-mine", LABELS)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    guide = open_parcel(tmp_path / "mine.yaml").guide
    content, labelled = packed(tmp_path / "mine.yaml", guide)
    assert labelled
    assert packed(tmp_path / "mine.yaml", guide)[0] == content, "the same guide makes the same file"
    (tmp_path / "p.zip").write_bytes(content)
    parcel = open_parcel(tmp_path / "p.zip")
    assert (parcel.guide, parcel.text, parcel.labelled) == (guide, TEXT, (ANSWERS, LABELS))


def test_a_guide_alone(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(zipped(("mine.yaml", TEXT)))
    assert open_parcel(tmp_path / "p.zip").labelled is None


ENCRYPTED = bytearray(zipped(("mine.yaml", TEXT)))
ENCRYPTED[6] |= 1
ENCRYPTED[ENCRYPTED.rindex(b"PK\x01\x02") + 8] |= 1

HOSTILE: dict[str, Callable[[], bytes]] = {
    "a path above": lambda: zipped(("../mine.yaml", TEXT)),
    "a path from the root": lambda: zipped(("/etc/mine.yaml", TEXT)),
    "a folder": lambda: zipped(("mine/mine.yaml", TEXT)),
    "a path of Windows": lambda: zipped(("..\\mine.yaml", TEXT)),
    "a strange name": lambda: zipped(("\x1b[2J.yaml", TEXT)),
    "no guide": lambda: zipped(("readme.txt", TEXT)),
    "an id in capitals": lambda: zipped(("MINE.yaml", TEXT)),
    "a file too many": lambda: zipped(("mine.yaml", TEXT), ("answers-mine.yaml", ANSWERS)),
    "other files": lambda: zipped(("mine.yaml", TEXT), ("answers-mine.yaml", ANSWERS), ("x.yaml", LABELS)),
    "very many files": lambda: zipped(*((f"f{n}", b"") for n in range(5000))),
    "a bomb": lambda: zipped(("mine.yaml", b" " * (50 * MOST))),
    "a bomb of labels": lambda: zipped(
        ("mine.yaml", TEXT), ("answers-mine.yaml", b" " * (50 * MOST)), ("labels-mine.yaml", LABELS)
    ),
    "another method": lambda: zipped(("mine.yaml", TEXT), method=zipfile.ZIP_LZMA),
    "encrypted": lambda: bytes(ENCRYPTED),
    "cut off": lambda: WHOLE[:-30],
    "only its beginning": lambda: b"PK\x03\x04",
    "nothing in it": zipped,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_was_made_to_do_harm_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(InputError, match=r"p\.zip isn't the file of a guide") as raised:
        opened(tmp_path, HOSTILE[kind]())
    assert "\x1b" not in str(raised.value)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["p.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_there_three_times(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="isn't the file of a guide"):
        opened(tmp_path, zipped(*[("mine.yaml", TEXT)] * 3))


def test_damage_anywhere_is_an_error_for_people(tmp_path: Path) -> None:
    choose = random.Random(7)
    for _ in range(300):
        content = bytearray(WHOLE)
        for _ in range(choose.randint(1, 6)):
            content[choose.randrange(len(content))] = choose.randrange(256)
        try:
            opened(tmp_path, bytes(content))
        except InputError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((("other.yaml", TEXT),), "the id is “mine”, but the files are called after another"),
        ((("mine.yaml", TEXT.replace("level: 1", "level: 9")),), "scenarios.0.level: 9 isn't one of 1, 2 or 3"),
        ((("mine.yaml", b"\xff"),), "this isn't UTF-8 text"),
        (
            (("mine.yaml", TEXT), ("answers-mine.yaml", ANSWERS), ("labels-mine.yaml", "- id: b\n  sections: []\n")),
            "labels-mine.yaml:1:3: there is no answer “b”",
        ),
    ],
)
def test_what_is_wrong_inside_is_said(tmp_path: Path, files: tuple[tuple[str, str], ...], said: str) -> None:
    with pytest.raises(GuideError) as raised:
        opened(tmp_path, zipped(*files))
    assert said in raised.value.what


def test_a_file_without_end_isnt_read(tmp_path: Path) -> None:
    with (tmp_path / "p.zip").open("wb") as file:
        file.write(b"PK")
        file.truncate(MOST + 1)
    with pytest.raises(GuideError, match="larger than 2 MB"):
        open_parcel(tmp_path / "p.zip")
