"""`rehearse quiz`: the quick quiz, on the screen or in plain lines."""

import argparse
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from rehearse.errors import InputError
from rehearse.quiz.modes import QuizMode

if TYPE_CHECKING:
    from rehearse.ui.destinations import Destination

LONGEST_LINE = 10_000
"""Characters of an answer in plain lines; what is beyond them is left out."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--guide", metavar="ID", help="whose cards (default: of the guides you have begun)")
    parser.add_argument(
        "--mode",
        choices=[mode.value for mode in QuizMode if mode is not QuizMode.SECTION],
        help="what is due today (default), a blitz of 60 or 120 seconds, or every section aloud with the microphone",
    )
    parser.add_argument("--section", metavar="ID", help="a round of one section's cards")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="plain lines for screen readers and pipes: questions on standard output, answers from standard input",
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    mode = _mode(arguments)
    if arguments.plain:
        return _plain(arguments, mode)
    from rehearse.cli.app import run_app

    def first(_: object) -> "Destination":
        from rehearse.ui.destinations import Quiz

        return Quiz(arguments.guide, mode, arguments.section, alone=True)

    return run_app(device=arguments.device, model=arguments.app_model, first=first, instead="rehearse quiz --plain")


def _mode(arguments: argparse.Namespace) -> QuizMode:
    if arguments.section is None:
        return QuizMode(arguments.mode or QuizMode.DUE)
    if arguments.mode is not None:
        raise InputError("--section is a round of its own and takes no --mode", next_step="Leave out one of them.")
    return QuizMode.SECTION


def _plain(arguments: argparse.Namespace, mode: QuizMode) -> int:
    if mode is QuizMode.SPOKEN:
        raise InputError("Cards can't be answered aloud in plain lines", next_step="Leave out --plain, or the mode.")
    from rehearse.cli.app import studio_for_command
    from rehearse.cli.input import input_line, want_input
    from rehearse.quiz.plain import run_plain

    def now() -> datetime:
        return datetime.now(UTC)

    want_input()
    studio = studio_for_command()
    session = studio.quiz(arguments.guide, mode=mode, section_id=arguments.section, now=now(), random=Random())

    def say(line: str) -> None:
        print(line, flush=True)

    def listen() -> str | None:
        line = input_line(LONGEST_LINE)
        return None if line is None else line[0]

    run_plain(session, say=say, listen=listen, now=now)
    studio.close()
    return 0
