"""`rehearse score`: marks answers from sound files or text, without keeping them."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rehearse.cli.choosing import DEFAULT_GUIDE, add_guide_options, scenario_of
from rehearse.cli.input import as_utf8, input_lines, want_whole, whole_input
from rehearse.cli.output import print_error, print_json, print_remark, redraw
from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.result import result_json
from rehearse.domain.shown import shown_line
from rehearse.domain.wording import counted
from rehearse.errors import InputError
from rehearse.services.answer_files import is_text, read_answer
from rehearse.services.scoring import Scorer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="sound, .txt or .md; - reads text from standard input")
    add_guide_options(parser)
    parser.add_argument("--model", metavar="NAME", help="speech model by name or folder")
    parser.add_argument("--json", action="store_true", help="one JSON result, or a list of them for several files")
    parser.add_argument(
        "--jsonl", action="store_true", help="read requests from standard input, one JSON object a line"
    )


def run(arguments: argparse.Namespace) -> int:
    """Mark, and print in the order asked."""
    from rehearse.cli.app import studio_for_command

    if arguments.jsonl and arguments.files:
        raise InputError("--jsonl reads standard input and takes no files", next_step="Leave out one of them.")
    if not arguments.jsonl and not arguments.files:
        raise InputError("There is nothing to score", next_step="Name a sound or text file, or - for standard input.")
    studio = studio_for_command(model=arguments.app_model if arguments.model is None else arguments.model)
    scorer = Scorer(studio)
    if arguments.jsonl:
        return _requests(scorer, arguments)
    several = len(arguments.files) > 1
    answers, status = _files(scorer, arguments)
    if not answers:
        return status
    if arguments.json:
        results = [_result(name, answer) for name, answer in answers]
        print_json(results if several else results[0])
        return status
    from rehearse.cli.panel import panel_text

    for number, (name, answer) in enumerate(answers):
        heading = f"{shown_line(name)}\n" if several else ""
        print(("\n" if number else "") + heading + panel_text(studio.equipment.library.load(answer.guide_id), answer))
    return status


def _result(name: str, answer: Answer) -> dict[str, Any]:
    return result_json(replace(answer, id=name))


def _files(scorer: Scorer, arguments: argparse.Namespace) -> tuple[list[tuple[str, Answer]], int]:
    """The answers with their names, and the exit status; one of several that can't be marked doesn't stop the rest."""
    guide = scorer.studio.equipment.library.load(arguments.guide)
    scenario = scenario_of(guide, arguments.scenario)
    answers, status = [], 0
    stems = Counter(Path(name).stem for name in arguments.files)
    for name in arguments.files:
        stem = Path(name).stem
        try:
            answers.append((stem if stems[stem] == 1 else name, _marked(scorer, guide, scenario, name)))
        except InputError as error:
            if len(arguments.files) == 1:
                raise
            print_error(error, name)
            status = error.exit_status
    if answers and (taught := scorer.studio.equipment.engine(guide).remembered):
        said = f"{counted(taught, 'remembered correction')} of yours {'counts' if taught == 1 else 'count'} here too"
        print(f"rehearse: {said}; the settings can switch that off.", file=sys.stderr, flush=True)
    return answers, status


def _marked(scorer: Scorer, guide: Guide, scenario: Scenario, name: str) -> Answer:
    if name == "-":
        text = whole_input()
        with _saying("marking"):
            return scorer.text(guide, scenario, text)
    if is_text(name):
        with _saying(f"marking {name}"):
            return scorer.text(guide, scenario, read_answer(Path(name)))
    with _saying(f"listening to {name}") as say:
        return scorer.sound(guide, scenario, Path(name), progress=say, remark=print_remark)


@contextmanager
def _saying(what: str) -> Iterator[Callable[[float, float], object]]:
    """Say what takes a while. On a terminal with seconds done and in all where they are known, wiped afterwards; else
    one line, once it is known that there is sound to listen to: an error stays one sentence by itself.
    """
    if not sys.stderr.isatty():
        told: list[float] = []

        def tell(done: float, total: float) -> None:
            if not told and done < total:
                told.append(total)
                said = shown_line(f"{what[0].upper()}{what[1:]}, {total:.0f} s of sound ...")
                print(said, file=sys.stderr, flush=True)

        yield tell
        return

    def say(done: float, total: float) -> None:
        redraw(f"{what}, {done:.0f} of {total:.0f} s ")

    redraw(f"{what} ... ")
    try:
        yield say
    finally:
        redraw()


def _requests(scorer: Scorer, arguments: argparse.Namespace) -> int:
    """One result a line, in order. A request that can't be marked says why in its place, and the others go on."""
    status = 0
    for number, (line, whole) in enumerate(input_lines(), 1):
        if not line.strip():
            continue
        try:
            want_whole(whole=whole, where="The request")
            result = _requested(scorer, line, arguments)
        except InputError as error:
            print_error(error, f"Line {number}")
            result, status = {"id": _id_of(line), "error": str(error)}, error.exit_status
        print_json(result, indent=None)
    return status


def _id_of(line: str) -> str | None:
    """The id of a request that failed, if it can be made out."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return str(request["id"]) if isinstance(request, dict) and request.get("id") is not None else None


def _requested(scorer: Scorer, line: str, arguments: argparse.Namespace) -> dict[str, Any]:
    where = "The request"
    as_utf8(line, where)
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} isn't JSON", why=str(error), next_step="Write one object a line.") from None
    if not isinstance(request, dict) or request.get("id") is None or ("text" in request) == ("audio" in request):
        raise InputError(
            f"{where} must be an object with id, scenario, and either text or audio",
            next_step='Write {"id": "a", "text": "..."} or {"id": "a", "audio": "PATH"}.',
        )
    for name in ("text", "audio", "guide", "scenario"):
        if name in request and not isinstance(request[name], str) and (request[name] or name in ("text", "audio")):
            raise InputError(f"{where}: {name} is {str(request[name])[:40]!r}", next_step="Write a text in quotes.")
    guide = scorer.studio.equipment.library.load(str(request.get("guide") or arguments.guide or DEFAULT_GUIDE))
    scenario = scenario_of(guide, request.get("scenario") or arguments.scenario)
    if "text" in request:
        answer = scorer.text(guide, scenario, as_utf8(request["text"], where))
    else:
        answer = scorer.sound(guide, scenario, Path(as_utf8(request["audio"], where)))
    return _result(str(request["id"]), answer)
