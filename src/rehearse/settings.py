"""Settings of the user and the folders of the program.

Settings come from `config.yaml`; `REHEARSE_HOME` moves every folder. Only `cli` and `ui` read this module and pass
plain values down.
"""

import os
import reprlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, cast, get_args

from rehearse.domain.hands_free import LEAST_PAUSE, MOST_PAUSE
from rehearse.domain.interview import MINUTES, MOST_FOLLOW_UPS
from rehearse.domain.kinds import Mode
from rehearse.domain.shown import UNSAFE
from rehearse.errors import SettingsError
from rehearse.private import make_private_folder, write_private
from rehearse.reading import read_text

LEAST_SECONDS, MOST_SECONDS = 5, 1800
"""Of thinking and of answering."""

MOST_BYTES = 100_000
"""Of `config.yaml`; a thousand times what all settings take."""

MOST_DEPTH = 4
"""Of lists in lists; settings are none."""

KeepAudio = Literal["always", "30 days", "never"]


@dataclass(frozen=True)
class Places:
    """Where things of the user live. Folders are 0700, files 0600."""

    home: Path

    @property
    def database(self) -> Path:
        """All answers and quiz cards."""
        return self.home / "rehearse.db"

    @property
    def recordings(self) -> Path:
        """One sound file an answer."""
        return self.home / "recordings"

    @property
    def guides(self) -> Path:
        """The user's own guides."""
        return self.home / "guides"

    @property
    def config(self) -> Path:
        """The settings."""
        return self.home / "config.yaml"

    @property
    def models(self) -> Path:
        """Downloaded speech models."""
        return self.home / "models"

    @property
    def cache(self) -> Path:
        """What can be made again: sentence embeddings, checked hashes."""
        return self.home / "cache"

    @property
    def log(self) -> Path:
        """What libraries said while the app had the terminal, and where faults were."""
        return self.cache / "rehearse.log"

    def create(self) -> "Places":
        """Make the folders, readable by their owner alone.

        Raises:
            SettingsError: the folder can't be made or written to.
        """
        try:
            for folder in (self.home, self.recordings, self.guides, self.models, self.cache):
                make_private_folder(folder)
        except OSError as error:
            raise SettingsError(
                f"Can't use the data folder {self.home}",
                why=error.strerror or str(error),
                next_step="Free or choose another folder with REHEARSE_HOME.",
            ) from error
        return self


def find_places(environment: Mapping[str, str] = os.environ) -> Places:
    """The user's folders: `REHEARSE_HOME` where it is set, the platform's data folder otherwise.

    Raises:
        SettingsError: the folder is that of a user who isn't known or has no home, or can't be looked at.
    """
    chosen = environment.get("REHEARSE_HOME")
    if not chosen:
        from platformdirs import user_data_path

        chosen = str(user_data_path("rehearse", appauthor=False))
    try:
        home = Path(chosen).expanduser()
        home.exists()
    except (RuntimeError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else "there is no such home folder on this machine"
        raise SettingsError(
            f"Can't use the data folder {chosen}", why=why or "", next_step="Choose another folder with REHEARSE_HOME."
        ) from error
    return Places(home)


@dataclass(frozen=True)
class Settings:
    """What the user can choose."""

    device: str | None = None
    """Input device by name; None is the system's default."""
    output: str | None = None
    """Output device by name; None is the system's default."""
    model: str = "auto"
    """Name of a speech model, path of its directory, or `auto`: the best shipped one for this machine."""
    think_seconds: int | None = None
    """None: as the scenario says."""
    answer_seconds: int | None = None
    """None: as the scenario says."""
    mode: Mode = Mode.COACHED
    voice: bool = True
    """The interviewer speaks the question where there is a loudspeaker."""
    hands_free: bool = False
    """The answer begins with the voice and ends with its silence."""
    pause_seconds: int = 4
    """Silence after which a hands-free answer is about to end, at least; the speaker's own pauses may make it more."""
    interruptions: bool = False
    """In exams the interviewer stops the speaker now and then."""
    time_calls: bool = False
    """The interviewer says when half of the time is gone, and when ten seconds are left."""
    follow_ups: bool = True
    """The interviewer asks about what was left out."""
    interview_minutes: int = 20
    interview_follow_ups: int = 2
    """How long an interview takes, and how many questions follow an answer in it at most."""
    keep_audio: KeepAudio = "always"
    remember_corrections: bool = True
    """Corrections of marks become examples for that guide on this machine."""
    interview_date: date | None = None
    """Bounds the quiz's intervals."""
    theme: str = "textual-dark"
    checked_microphone: bool = False
    """The microphone check was done or declined once."""


def load_settings(path: Path) -> Settings:
    """Settings from a YAML file; defaults where it doesn't exist.

    Raises:
        SettingsError: not YAML, an unknown name, or a value out of range.
    """
    if not path.exists():
        return Settings()
    import yaml

    try:
        raw = _plain_yaml(read_text(path, MOST_BYTES)) or {}
    except (yaml.YAMLError, OSError, ValueError, LookupError, AttributeError, RecursionError) as error:
        # PyYAML lets the errors of Python's own constructors through: a 30th of February is a ValueError.
        raise SettingsError(
            f"Can't read {path}",
            why=_yaml_problem(error),
            next_step="Mend the file or delete it to start from the defaults.",
        ) from error
    if not isinstance(raw, dict):
        raise SettingsError(f"{path} must hold `name: value` lines", next_step="Mend it or delete it.")
    return settings_from(raw, str(path))


def _plain_yaml(text: str) -> Any:
    """The value of a YAML text; raises YAMLError, also for a name that stands there twice."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise yaml.MarkedYAMLError(problem="it is nested too deeply", problem_mark=cast("Any", event.start_mark))
    loader = yaml.SafeLoader(text)
    node = loader.get_single_node()
    if node is None:
        return None
    names: set[object] = set()
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and key.value in names:
            raise yaml.MarkedYAMLError(problem=f"{_short(key.value)} stands there twice", problem_mark=key.start_mark)
        names.add(key.value if isinstance(key, yaml.ScalarNode) else key)
    return loader.construct_document(node)


def _short(value: object) -> str:
    """A value as it is written in Python, and not all of a long one: an alias can make a small file a huge value."""
    return reprlib.repr(value)


def _yaml_problem(error: Exception) -> str:
    """What is wrong, with its line where it is known."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    said = problem or (str(error) or type(error).__name__).splitlines()[0]
    return f"line {mark.line + 1}: {said}" if mark is not None else said


def settings_from(raw: Mapping[str, Any], where: str) -> Settings:
    """Settings from plain values.

    Raises:
        SettingsError: an unknown name or a value out of range; `where` says whose.
    """
    known = {f.name for f in fields(Settings)}
    for name in raw:
        if name not in known:
            written = _short(name).strip("'\"")
            raise SettingsError(
                f"{where}: unknown setting “{written}”", next_step=f"Known are: {', '.join(sorted(known))}."
            )
    chosen = Settings()
    for name, value in raw.items():
        chosen = replace(chosen, **{name: _checked(name, value, where)})
    return chosen


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _checked(name: str, value: Any, where: str) -> Any:  # noqa: PLR0912 - one case a setting
    def wrong(expected: str) -> SettingsError:
        return SettingsError(f"{where}: {name} is {_short(value)}", next_step=f"Write {expected}.")

    if isinstance(value, str) and UNSAFE.search(value):
        raise wrong("it without control characters")
    match name:
        case "device" | "output":
            if value is not None and not isinstance(value, str):
                raise wrong("a device's name, or leave it out")
        case "model" | "theme":
            if not isinstance(value, str) or not value:
                raise wrong("a name")
        case "think_seconds" | "answer_seconds":
            if value is not None and not (_is_whole(value) and LEAST_SECONDS <= value <= MOST_SECONDS):
                raise wrong(f"whole seconds from {LEAST_SECONDS} to {MOST_SECONDS}, or leave it out")
        case "pause_seconds":
            if not _is_whole(value) or not LEAST_PAUSE <= value <= MOST_PAUSE:
                raise wrong(f"whole seconds from {LEAST_PAUSE} to {MOST_PAUSE}")
        case "interview_minutes":
            if value not in MINUTES or isinstance(value, bool):
                raise wrong(" or ".join(map(str, MINUTES)))
        case "interview_follow_ups":
            if value not in range(MOST_FOLLOW_UPS + 1) or isinstance(value, bool):
                raise wrong(f"a whole number from 0 to {MOST_FOLLOW_UPS}")
        case "mode":
            try:
                return Mode(value)
            except ValueError:
                raise wrong("coached or exam") from None
        case "keep_audio":
            if value not in get_args(KeepAudio):
                raise wrong("always, 30 days or never")
        case "interview_date":
            if isinstance(value, str):
                try:
                    return date.fromisoformat(value)
                except ValueError:
                    raise wrong("a date like 2026-12-03") from None
            if isinstance(value, datetime):
                return value.date()
            if value is not None and not isinstance(value, date):
                raise wrong("a date like 2026-12-03, or leave it out")
        case _:
            if not isinstance(value, bool):
                raise wrong("true or false")
    return value


def changes_between(before: Settings, after: Settings) -> dict[str, Any]:
    """The settings that differ, with their values in `after`."""
    return {
        f.name: getattr(after, f.name) for f in fields(Settings) if getattr(after, f.name) != getattr(before, f.name)
    }


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings that differ from the defaults, for the owner alone, never half a file.

    A file that can't be read was written by hand: it is kept beside it as `config.yaml.unreadable`. Where the file is
    a symbolic link, what it points at is written. Raises OSError.
    """
    import shutil

    import yaml

    defaults = asdict(Settings())
    changed = {
        name: str(value) if isinstance(value, Mode) else value
        for name, value in asdict(settings).items()
        if value != defaults[name]
    }
    try:
        load_settings(path)
    except SettingsError:
        kept = path.with_name(path.name + ".unreadable")
        if path.is_symlink():
            shutil.copyfile(path, kept)
        else:
            path.replace(kept)
    write_private(path, yaml.safe_dump(changed, sort_keys=True, allow_unicode=True))
