"""All guides: those that are shipped, and the user's own beside them."""

import threading
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from rehearse.domain.guide import Guide
from rehearse.domain.shown import shown_line
from rehearse.domain.wording import either
from rehearse.errors import GuideError, InputError, RehearseError
from rehearse.files import UTF8, typed_path
from rehearse.guides.checks import Finding, is_id
from rehearse.guides.folder import shipped_folder
from rehearse.guides.loader import CheckedGuide, check_file, json_schema
from rehearse.guides.positions import MAX_BYTES
from rehearse.guides.template import template_text
from rehearse.guides.trusted import quickly_read
from rehearse.reading import read_bytes


@dataclass(frozen=True)
class GuideSummary:
    """One guide on a list."""

    id: str
    title: str
    path: Path
    own: bool
    """The user's own, not a shipped one."""
    problem: str = ""
    """Why it can't be used: the first thing that its check finds."""


class GuideLibrary:
    """Finds guides by id; each is parsed once. Safe to use from any thread."""

    def __init__(
        self, user_folder: Path | None = None, *, shipped: Path | None = None, tried: Path | None = None
    ) -> None:
        """Look into the shipped guides' folder and the user's, if there is one; `tried` is a file beside them that
        comes first of all.
        """
        self._user_folder = user_folder
        self._shipped = shipped or shipped_folder()
        self._tried = tried
        self._loaded: dict[str, tuple[_Stamp, Guide]] = {}
        self._troubles: dict[str, GuideError] = {}
        self._lock = threading.Lock()

    def ids(self) -> list[str]:
        """All ids, what is tried first, then shipped ones. A guide's id is its file's name."""
        return list(self._paths())

    def _paths(self) -> dict[str, tuple[Path, bool]]:
        found = {self._tried.stem: (self._tried, True)} if self._tried is not None else {}
        for path in sorted(self._shipped.glob("*.yaml"), key=_shipped_order):
            found.setdefault(path.stem, (path, False))
        for path in self._own_files():
            found.setdefault(path.stem, (path, True))
        return found

    def _own_files(self) -> list[Path]:
        """What is to be a guide in the user's folder."""
        if self._user_folder is None or not self._user_folder.is_dir():
            return []
        return [path for path in sorted(self._user_folder.glob("*.yaml")) if not labelled_for(path)]

    def shadowed(self) -> list[Path]:
        """The user's guides that aren't used: they have the id of a shipped one, or end in .yml."""
        shipped = {path.stem for path in self._shipped.glob("*.yaml")}
        return [path for path in self._own_files() if path.stem in shipped] + self._misnamed()

    def _misnamed(self) -> list[Path]:
        """What ends in .yml: everywhere else a guide's file is its id and .yaml."""
        if self._user_folder is None or not self._user_folder.is_dir():
            return []
        return sorted(self._user_folder.glob("*.yml"))

    def load(self, guide_id: str) -> Guide:
        """A guide by id, read again if its file has changed.

        While a changed file can't be read, the guide stays what it was; `trouble` says why.

        Raises:
            InputError: there is none of that id.
            GuideError: it can't be read, and never could since this library was opened.
        """
        paths = self._paths()
        if guide_id not in paths:
            raise _unknown(guide_id, list(paths))
        path, own = paths[guide_id]
        with self._lock:
            kept = self._loaded.get(guide_id)
            stamp = _stamp(path)
            if kept is not None and kept[0] == stamp:
                return kept[1]
            try:
                guide = (None if own else quickly_read(path)) or self.check(path)
            except GuideError as error:
                if kept is None:
                    raise
                self._troubles[guide_id], guide = error, kept[1]
            else:
                self._troubles.pop(guide_id, None)
            self._loaded[guide_id] = (stamp, guide)
            return guide

    def trouble(self, guide_id: str) -> GuideError | None:
        """Why the guide of that id is still the one from before its file was changed last; None where it isn't."""
        with self._lock:
            return self._troubles.get(guide_id)

    @property
    def tried(self) -> str:
        """Id of the guide that is tried without being installed, or ""."""
        return self._tried.stem if self._tried is not None else ""

    def saves(self) -> Hashable:
        """What becomes another value whenever one of the user's guides is saved, added or removed; quickly."""
        watched = [*self._own_files(), *([self._tried] if self._tried is not None else [])]
        return tuple((path, _stamp(path)) for path in watched)

    def readable(self) -> dict[str, Guide]:
        """The guides that can be read, by id: what lists answers mustn't fail for one guide being edited."""
        found: dict[str, Guide] = {}
        for guide_id in self.ids():
            with suppress(GuideError):
                found[guide_id] = self.load(guide_id)
        return found

    def check(self, path: Path) -> Guide:
        """A guide by its file, wherever that is, held to all that a guide in the user's folder must fulfil.

        Raises:
            GuideError: it can't be read, its id is a shipped guide's, or its file isn't named after it.
        """
        return self.checked(path).guide

    def checked(self, path: Path) -> CheckedGuide:
        """The same, with the place of everything in the file; raises GuideError."""
        return check_file(path, lambda guide: list(self._name_problems(guide, path)))

    def _name_problems(self, guide: Guide, path: Path) -> Iterator[Finding]:
        shipped = self._shipped / f"{guide.id}.yaml"
        if is_id(guide.id) and shipped.is_file() and not shipped.samefile(path):
            yield ("id",), f"the id “{guide.id}” is taken by a shipped guide; choose another"
        elif guide.id != path.stem:
            yield ("id",), f"the id is “{guide.id}”, name the file {guide.id}{path.suffix}"
        elif path.suffix == ".yml" and path.absolute() in [one.absolute() for one in self._misnamed()]:
            yield ("id",), f"in this folder a guide's file ends in .yaml, name it {guide.id}.yaml"

    def path(self, guide_id: str) -> Path | None:
        """The file of a guide, one's own first; None if there is none."""
        own = self._user_folder / f"{guide_id}.yaml" if self._user_folder is not None else None
        return own if own is not None and own.is_file() else self._paths().get(guide_id, (None, False))[0]

    def named(self, name: str) -> Path:
        """What somebody means who names a file or an id; raises InputError where there is neither."""
        path = typed_path(name)
        found = path if path.exists() else self.path(name)
        if found is None:
            files = [str(path.with_name(one.name)) for one in path.parent.glob("*.yaml")]
            why = "neither a file nor a guide's id has that name"
            raise _unknown(name, self.ids(), files, why=why)
        return found

    def own(self) -> frozenset[str]:
        """Ids of the guides that are the user's own."""
        return frozenset(key for key, (_, own) in self._paths().items() if own)

    def refused(self) -> list[GuideError]:
        """Why each of `shadowed` isn't used."""
        return [error for path in self.shadowed() if (error := self._refusal(path)) is not None]

    def _refusal(self, path: Path) -> GuideError | None:
        try:
            self.check(path)
        except GuideError as error:
            return error
        return None

    def summaries(self) -> list[GuideSummary]:
        """All guides with their titles, and those that can't be used with the reason; shipped ones are fine."""
        found = [*self._paths().items(), *((path.stem, (path, True)) for path in self.shadowed())]
        return [self._summary(key, path, own=own) for key, (path, own) in found]

    def _summary(self, key: str, path: Path, *, own: bool) -> GuideSummary:
        if not own:
            return GuideSummary(key, _title(path) or key, path, own)
        try:
            return GuideSummary(key, self.check(path).title, path, own)
        except GuideError as error:
            return GuideSummary(key, _title(path) or key, path, own, first_line(error))

    @staticmethod
    def schema() -> dict[str, Any]:
        """The JSON schema of a guide."""
        return json_schema()

    @staticmethod
    def template(guide_id: str, title: str) -> str:
        """A guide to begin with, that passes the check."""
        return template_text(guide_id, title)


_Stamp = tuple[int, int, int]


def _stamp(path: Path) -> _Stamp:
    """What tells one saved version of a file from another; the same for all that can't be looked at."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0, 0)
    return (state.st_mtime_ns, state.st_size, state.st_ino)


LABELLED = ("answers", "labels")
"""How the files are called, before a guide's id, that hold labelled answers to it: `answers-ID.yaml` and so on."""


def labelled_for(path: Path) -> str:
    """The id of the guide, in the same folder, whose labelled answers a file holds; "" if there is none."""
    kind, _, guide_id = path.stem.partition("-")
    return guide_id if guide_id and kind in LABELLED and path.with_stem(guide_id).is_file() else ""


def read_guides(library: GuideLibrary, ids: Iterable[str]) -> tuple[list[Guide], list[str]]:
    """The guides of these ids that can be read, and a sentence on each of the others, and on each whose last save
    can't be.
    """
    guides: list[Guide] = []
    problems: list[str] = []
    for guide_id in ids:
        try:
            guides.append(library.load(guide_id))
        except RehearseError as error:
            problems.append(first_line(error))
        else:
            if trouble := library.trouble(guide_id):
                problems.append(f"{first_line(trouble)} Until then it is what it was before.")
    return guides, problems


def _shipped_order(path: Path) -> tuple[bool, str]:
    return path.stem != "model-deployment", path.stem


def first_line(error: RehearseError | None) -> str:
    """The first problem, and that there are more; "" of none."""
    if error is None:
        return ""
    first, *more = str(error).splitlines()
    return f"{first.rstrip('.')} (and {len(more)} more)." if more else first


def _title(path: Path) -> str | None:
    """By its line alone: of a shipped guide, which is quick, and of one that can't be read."""
    try:
        lines = read_bytes(path, MAX_BYTES).decode(UTF8).splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return next((line.removeprefix("title:").strip().strip("'\"") for line in lines if line.startswith("title:")), None)


def _unknown(name: str, ids: Sequence[str], files: Sequence[str] = (), *, why: str = "") -> InputError:
    """What to say of a guide that isn't there: names like it, or else all ids."""
    near = get_close_matches(name, [*ids, *files], 3)
    quoted = [f"“{shown_line(one)}”" for one in near]
    said = f"Did you mean {either(quoted)}?" if near else f"Known are: {', '.join(ids) or 'none'}."
    return InputError(f"There is no guide “{shown_line(name)}”", why=why, next_step=said)
