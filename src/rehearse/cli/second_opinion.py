"""`rehearse history second-opinion`: a page that asks a friend about an answer's marks, and what comes back of it."""

import argparse
from pathlib import Path

from rehearse.cli.answer_ids import whole_id
from rehearse.cli.output import print_error, print_json
from rehearse.domain.shown import shown_line
from rehearse.errors import InputError
from rehearse.files import free_path
from rehearse.services.equipment import Equipment
from rehearse.services.second_opinions import page_name, take_opinion, write_page

_COMMAND = "`rehearse history second-opinion"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("id", nargs="?", help="the answer: its id, the last characters of it, or “last”")
    parser.add_argument("page", nargs="?", type=Path, metavar="FILE.html", help="the page to write, for your friend")
    parser.add_argument(
        "--read", nargs="+", type=Path, metavar="FILE.json", help="keep what friends have sent back with their answers"
    )
    parser.add_argument("--name", help="with --read: whose it is, instead of the name in the file")
    parser.add_argument("--forget", metavar="NAME", help="delete what that friend thought of the answer")
    parser.add_argument("--json", action="store_true")


def run(equipment: Equipment, arguments: argparse.Namespace) -> int:
    """Write, read or forget; the exit status."""
    if arguments.read:
        if arguments.id or arguments.forget:
            raise InputError("--read stands alone", next_step=f"Write {_COMMAND} --read FILE.json`.")
        return _read(equipment, arguments)
    if not arguments.id:
        raise InputError(
            f"{_COMMAND}` wants an answer", next_step=f"Write {_COMMAND} ID FILE.html`, or --read and a friend's file."
        )
    if arguments.forget:
        _forget(equipment, arguments)
    else:
        _write(equipment, arguments)
    return 0


def _write(equipment: Equipment, arguments: argparse.Namespace) -> None:
    answer = equipment.store.get(whole_id(equipment.store, arguments.id))
    page = arguments.page or free_path(Path(page_name(answer)))
    write_page(equipment, answer, page)
    if arguments.json:
        print_json(str(page))
        return
    sound = ", the recording" if answer.recording is not None else ""
    print(f"{shown_line(str(page))} holds the question, your words{sound} and the marks; send it to a friend.")
    print(f"What comes back is kept by {_COMMAND} --read FILE.json`.")


def _read(equipment: Equipment, arguments: argparse.Namespace) -> int:
    """Keep what can be read, say what can't; the exit status."""
    kept, status = [], 0
    for path in arguments.read:
        try:
            taken = take_opinion(equipment.store, path, " ".join((arguments.name or "").split()))
        except InputError as error:
            if len(arguments.read) == 1:
                raise
            print_error(error, str(path))
            status = error.exit_status
            continue
        kept.append({"id": taken.answer.id, "friend": taken.opinion.friend, "marks": len(taken.opinion.labels)})
        if not arguments.json:
            print(f"{taken}\n`rehearse history show {taken.answer.id}` shows it beside the marks.")
    if arguments.json:
        print_json(kept)
    return status


def _forget(equipment: Equipment, arguments: argparse.Namespace) -> None:
    answer = equipment.store.get(whole_id(equipment.store, arguments.id))
    friends = [one.friend for one in answer.opinions]
    if arguments.forget.casefold() not in map(str.casefold, friends):
        raise InputError(
            f"Answer {answer.id} has no opinion by “{arguments.forget}”",
            next_step=f"There is one by: {', '.join(friends)}." if friends else "It has none by anybody.",
        )
    equipment.store.forget_opinion(answer.id, arguments.forget)
    if arguments.json:
        print_json(answer.id)
    else:
        print(f"What {arguments.forget} thought of {answer.id} is forgotten.")
