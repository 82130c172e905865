"""A guide as one file to be passed on: a YAML file, or a zip with the labelled answers beside it.

What comes in may be made to do harm: it is read with a bound, and no name in it ever becomes a path.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearse.domain.guide import Guide
from rehearse.domain.shown import shown_line
from rehearse.errors import GuideError, InputError
from rehearse.files import UTF8
from rehearse.guides.checks import is_id
from rehearse.guides.labelled import labelled_files, parse_answers, parse_labels
from rehearse.guides.library import LABELLED
from rehearse.guides.loader import parse_guide
from rehearse.guides.positions import MAX_BYTES
from rehearse.guides.problems import one_problem
from rehearse.reading import read_bytes

MOST = MAX_BYTES
"""Bytes of a parcel, and of each file in it once it is unpacked."""

_FIXED = (1980, 1, 1, 0, 0, 0)
"""Time of everything in a zip: the same guide makes the same file."""


@dataclass(frozen=True)
class Parcel:
    """A guide that passes the check, and its labelled answers if there are any."""

    guide: Guide
    text: str
    labelled: tuple[str, str] | None
    """Texts of the answers and of the labels."""


def packed(path: Path, guide: Guide) -> tuple[bytes, bool]:
    """A zip of a guide's file, and whether labelled answers are in it.

    Raises:
        GuideError: one of the files can't be read.
    """
    held = {f"{guide.id}.yaml": _bytes(path)}
    beside = labelled_files(path, guide.id)
    with_labels = all(file.exists() for file in beside)
    if with_labels:
        held |= {file.name: _bytes(file) for file in beside}
    return _zipped(held), with_labels


def _zipped(held: Mapping[str, bytes]) -> bytes:
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    return packing.getvalue()


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path, MOST)
    except OSError as error:
        raise GuideError(
            f"Can't read {shown_line(str(path))}", why=error.strerror or str(error), next_step="Check the path."
        ) from error


def open_parcel(path: Path) -> Parcel:
    """What a file holds, checked.

    Raises:
        GuideError: every problem of the guide or its labelled answers, or the file can't be read.
        InputError: it is no such file, or holds more than such a file does.
    """
    content = _bytes(path)
    name = shown_line(path.name)
    held = _unzipped(content, name) if content.startswith(b"PK") else {"guide": content}
    text = _text(held["guide"], name)
    guide = parse_guide(text, name)
    if held.get("id", guide.id.encode()) != guide.id.encode():
        raise one_problem(name, f"the id is “{guide.id}”, but the files are called after another")
    if "answers" not in held:
        return Parcel(guide, text, None)
    texts = tuple(_text(held[kind], f"{kind}-{guide.id}.yaml") for kind in LABELLED)
    said = parse_answers(guide, texts[0], f"{LABELLED[0]}-{guide.id}.yaml")
    parse_labels(guide, said, texts[1], f"{LABELLED[1]}-{guide.id}.yaml")
    return Parcel(guide, text, (texts[0], texts[1]))


def _unzipped(content: bytes, name: str) -> dict[str, bytes]:
    """The guide as `guide`, its id as `id`, and the labelled answers as in `LABELLED`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            guide_id = _id_of([entry.filename for entry in entries], name)
            found = {"id": guide_id.encode(), "guide": _unpacked(archive, f"{guide_id}.yaml", name)}
            if len(entries) > 1:
                found |= {kind: _unpacked(archive, f"{kind}-{guide_id}.yaml", name) for kind in LABELLED}
            return found
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        KeyError,
        OSError,
    ) as error:
        raise _no_parcel(name, "it is damaged, or packed in a way that isn't read") from error


def _id_of(names: list[str], name: str) -> str:
    """The guide's id, if these are the names of a parcel's files and nothing else."""
    if len(names) not in (1, 1 + len(LABELLED)):
        raise _no_parcel(name, f"it holds {len(names)} files")
    guide_id = min(names, key=len).removesuffix(".yaml")
    wanted = [f"{guide_id}.yaml", *(f"{kind}-{guide_id}.yaml" for kind in LABELLED)]
    if not is_id(guide_id) or sorted(names) != sorted(wanted[: len(names)]):
        strange = next((one for one in names if one not in wanted), names[0])
        raise _no_parcel(name, f"it holds {shown_line(strange[:80])}")
    return guide_id


def _unpacked(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    entry = archive.getinfo(member)
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _no_parcel(name, "it is encrypted, or packed in a way that isn't read")
    with archive.open(entry) as file:
        content = file.read(MOST + 1)
    if len(content) > MOST:
        raise _no_parcel(name, f"{member} is larger than {MOST // 1_000_000} MB")
    return content


def _no_parcel(name: str, why: str) -> InputError:
    return InputError(
        f"{name} isn't the file of a guide",
        why=why,
        next_step="Name a guide's .yaml file, or what `rehearse guide export` has written.",
    )


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode(UTF8)
    except UnicodeDecodeError as error:
        raise one_problem(name, "this isn't UTF-8 text, save the file as UTF-8") from error
