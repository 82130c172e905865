"""What can go wrong, said to people: what happened, why, and what to do next.

Raised where the cause is known, shown in one dialog (app) or as one sentence on standard error (shell).
"""

from typing import ClassVar


class RehearseError(Exception):
    """A problem a person can act on.

    Attributes:
        what: what happened, a sentence without the full stop.
        why: the cause as far as it is known, or "".
        next_step: what the person can do now, or "".
    """

    exit_status: ClassVar[int] = 1
    """Of the shell commands: 2 for bad input, 1 for a failure of ours."""

    def __init__(self, what: str, *, why: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.next_step = next_step

    def __str__(self) -> str:
        """One plain line for standard error."""
        said = f"{self.what}: {self.why}" if self.why else self.what
        stop = "" if said.endswith(("?", "!", ".")) else "."
        return f"{said}{stop} {self.next_step}" if self.next_step else f"{said}{stop}"


class InputError(RehearseError):
    """The person asked for something that can't be done: a missing file, an unknown id, an empty answer."""

    exit_status = 2


class GuideError(InputError):
    """A guide's YAML doesn't hold what the schema asks for; `what` starts with `file:line:`."""


class SettingsError(InputError):
    """`config.yaml` holds something that isn't a setting, or a value out of range."""


class AudioFileError(InputError):
    """An audio file can't be read or holds no sound."""


class DeviceError(RehearseError):
    """PortAudio is missing, or a microphone or loudspeaker is missing, busy, or has gone away."""


class ModelError(RehearseError):
    """Weights are missing, altered, or don't load."""


class StoreError(RehearseError):
    """The answers' database is corrupt, locked, or was written by a newer version."""


class DamagedAnswerError(StoreError):
    """The record of one answer can't be read; no waiting helps, and the others are whole."""


class DiskFullError(StoreError):
    """There is no room for what should be kept."""


class Cancelled(RehearseError):  # noqa: N818 - a wish, not an error
    """The person called a long job off."""

    exit_status = 130
