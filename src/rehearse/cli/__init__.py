"""The shell commands. Errors go to standard error as one plain sentence; exit status 2 for bad input, 1 for a
failure of ours, 130 for Ctrl-C.

One file a command; each is imported only when it is run, so that the app's first frame waits for none of them.
"""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from rehearse import __version__
from rehearse.cli import streams
from rehearse.cli.output import print_error, shown_streams
from rehearse.domain.wording import either
from rehearse.errors import InputError, RehearseError

COMMANDS = {
    "demo": "a whole rehearsal without a microphone, by a synthesised candidate",
    "score": "mark one or more answers: sound files or text",
    "interview": "several questions in a row with follow-ups, and a report on them",
    "quiz": "the quick quiz",
    "drill": "one section aloud, in three rounds of 45 seconds",
    "ladder": "one question aloud, in less and less time",
    "next": "what to drill next, and why",
    "history": "list, show, search, export or delete kept answers",
    "guide": "read guides, and write, check and pass on your own",
    "model": "list or download speech models",
    "doctor": "what is fine on this machine, and how to mend what isn't",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in one sentence, with the next step, instead of a usage of many lines."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """As argparse's, without the colours it has from Python 3.14 on: they would be spelled out."""
        super().__init__(*args, **options)
        self.color = False

    def error(self, message: str) -> NoReturn:
        """What argparse has found, in plain words."""
        raise InputError(self._plain(message), next_step=f"`{self.prog} --help` shows what it takes.")

    def _plain(self, message: str) -> str:
        if missing := re.fullmatch("the following arguments are required: (.*)", message):
            if missing[1] == "ACTION":
                return f"`{self.prog}` wants an action: {either(self._actions_of_command())}"
            return f"`{self.prog}` wants {missing[1]} after it"
        if unknown := re.fullmatch("unrecognized arguments: (.*)", message):
            return f"`{self.prog}` doesn't know what to do with “{unknown[1]}”"
        if lone := re.fullmatch("argument (.*): expected (?:one|at least one) argument", message):
            return f"{lone[1]} wants a value after it"
        return f"{message[0].upper()}{message[1:]}"

    def _actions_of_command(self) -> list[str]:
        return [str(name) for action in self._actions if action.metavar == "ACTION" for name in action.choices or ()]

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """One of the choices, or a sentence that names the nearest."""
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        near = get_close_matches(str(value), choices, 1)
        kind = (
            str(action.metavar).lower() if action.metavar in ("COMMAND", "ACTION") else "/".join(action.option_strings)
        )
        what = f"There is no {kind} “{value}”" if kind in ("command", "action") else f"{kind} can't be “{value}”"
        raise InputError(
            what, next_step=f"Did you mean “{near[0]}”?" if near else f"Choose one of: {', '.join(choices)}."
        )


def build_parser(wanted: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The command line. A command's own options are in its file, imported only for the commands in `wanted`."""
    parser = Parser(
        prog="rehearse",
        description="Practise interview answers aloud: recorded, transcribed and marked on your own machine. "
        "Without a command the app starts.",
    )
    parser.add_argument("--version", action="version", version=f"rehearse {__version__}")
    parser.add_argument("--device", metavar="NAME", help="microphone by name, for this run")
    parser.add_argument(
        "--model", dest="app_model", metavar="NAME", help="speech model by name or folder, for this run"
    )
    parser.add_argument(
        "--guide",
        dest="tried_guide",
        metavar="FILE",
        help="try a guide of your own in the app without installing it; it is read again whenever you save it",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if name in wanted:
            _module(name).add_arguments(command)
    return parser


def _module(name: str) -> "CommandModule":
    import importlib

    return importlib.import_module(f"rehearse.cli.{name}")  # type: ignore[return-value]  # a module is one


TRACEBACK = "REHEARSE_TRACEBACK"
"""Set in the environment to see where a fault of the program is."""


class CommandModule:
    """What a command's file holds."""

    @staticmethod
    def add_arguments(parser: argparse.ArgumentParser) -> None:
        """Its options."""

    @staticmethod
    def run(arguments: argparse.Namespace) -> int:
        """Do it; the exit status."""
        raise NotImplementedError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the app or a command; the process ends with what this returns."""
    try:
        streams.prepare()
    except InputError as error:
        print_error(error)
        return error.exit_status
    with shown_streams():
        return _ended(list(sys.argv[1:] if argv is None else argv))


def _ended(arguments: list[str]) -> int:
    """Run; whatever ends it as an exit status."""
    try:
        status = _run(arguments)
        streams.flush()
    except KeyboardInterrupt:
        print("rehearse: interrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        streams.give_up_output()  # its reader has gone (`| head`)
        return 0
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        said = _said(error)
        streams.flush_or_give_up()
        print_error(said)
        return said.exit_status
    else:
        return status


def _run(arguments: list[str]) -> int:
    """The app without a command, a command otherwise."""
    if not arguments:
        from rehearse.cli.app import run_app

        return run_app()
    parsed = build_parser(arguments).parse_args(arguments)
    if parsed.command is None:
        from rehearse.cli.app import run_app

        return run_app(device=parsed.device, model=parsed.app_model, guide=parsed.tried_guide)
    if parsed.tried_guide is not None:
        raise InputError(
            "--guide before a command opens the app",
            next_step=f"Leave the command out, or write it behind: rehearse {parsed.command} --guide ID.",
        )
    _refuse_unused(parsed)
    return _module(parsed.command).run(parsed)


OPENING = ("demo", "interview", "quiz", "drill", "ladder")
"""Commands that open the app, unless one of `WITHOUT_A_SCREEN` is given."""
WITHOUT_A_SCREEN = ("headless", "list", "report", "plain")


def _refuse_unused(parsed: argparse.Namespace) -> None:
    """Raise InputError for what is said before a command that makes no use of it."""
    shell_only = any(getattr(parsed, name, None) not in (None, False) for name in WITHOUT_A_SCREEN)
    opens = parsed.command in OPENING and not shell_only
    listens = parsed.command in ("demo", "score") or (parsed.command == "history" and parsed.action == "import")
    for option, given, used in (
        ("--device", parsed.device, opens),
        ("--model", parsed.app_model, opens or listens),
    ):
        if given is not None and not used:
            raise InputError(
                f"{option} makes no difference to this `rehearse {parsed.command}`", next_step="Leave it out."
            )


def _said(error: Exception) -> RehearseError:
    """Any exception as one to show."""
    if isinstance(error, RehearseError):
        return error
    if isinstance(error, OSError):
        return _file_trouble(error)
    from rehearse.faults import explained, keep_faults_in
    from rehearse.settings import find_places

    keep_faults_in(find_places().log)
    return explained(
        error,
        "This is a fault in rehearse itself",
        next_step=f"What was kept before is safe. Run it again with {TRACEBACK}=1 to see where, and report it.",
    )


def _file_trouble(error: OSError) -> RehearseError:
    """A file or folder that failed where nothing better is known about it."""
    if error.filename is None and error.errno in streams.UNWRITABLE:
        return streams.cannot_write(error)
    named = f" {error.filename}" if error.filename else " a file"
    return RehearseError(
        f"Can't use{named}",
        why=error.strerror or str(error) or type(error).__name__,
        next_step="See that the folder exists, may be written to and has room; `rehearse doctor` looks at the rest.",
    )
