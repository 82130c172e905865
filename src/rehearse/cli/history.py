"""`rehearse history`: past answers from the shell."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from rehearse.cli import corrections, listing, redate, second_opinion, trash
from rehearse.cli.answer_ids import whole_id
from rehearse.cli.choosing import add_guide_options
from rehearse.cli.output import print_error, print_json, print_remark
from rehearse.domain.answer import Answer, Source
from rehearse.domain.moments import local_text
from rehearse.domain.shown import shown_line
from rehearse.domain.wording import counted
from rehearse.errors import InputError, RehearseError
from rehearse.history.export import FORMATS, LeftOut, export_json, export_kept, left_out
from rehearse.history.retention import AudioPolicy
from rehearse.services.studio import Studio


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing.add_list_arguments(actions.add_parser("list", help="newest first"))
    show = actions.add_parser("show", help="one answer, whole")
    show.add_argument("id", help="its id, the last characters of it, or “last”")
    show.add_argument("--json", action="store_true")
    listing.add_search_arguments(
        actions.add_parser("search", help="words in any transcript or note; quoted words as a phrase")
    )
    export = actions.add_parser("export", help="write answers to files")
    export.add_argument("ids", nargs="*", help="ids; none: all answers")
    export.add_argument("--format", action="append", choices=list(FORMATS), help="may be given several times")
    export.add_argument("--to", type=Path, default=Path(), metavar="FOLDER")
    export.add_argument("--json", action="store_true", help="the paths as JSON")
    importing = actions.add_parser("import", help="mark sound files or texts (.txt, .md) and keep them as answers")
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importing.add_argument("--json", action="store_true")
    add_guide_options(importing)
    trash.add_delete_arguments(actions.add_parser("delete", help="move answers to the trash"))
    trash.add_restore_arguments(actions.add_parser("restore", help="bring answers back from the trash"))
    corrections.add_arguments(
        actions.add_parser("corrections", help="your corrections that later marks learn from, and forgetting them")
    )
    redate.add_arguments(actions.add_parser("redate", help="put right the date of answers given by a wrong clock"))
    second_opinion.add_arguments(actions.add_parser("second-opinion", help="ask a friend about the marks of an answer"))
    audio = actions.add_parser("audio", help="recordings that the settings don't keep: a preview")
    audio.add_argument("--policy", choices=get_args(AudioPolicy), help="instead of that of the settings")
    audio.add_argument("--delete", action="store_true", help="delete what is listed; words and marks stay")
    audio.add_argument("--json", action="store_true")


TYPED = "a typed answer: it has no times, pace, pauses or sound"
"""What is said of a text that was kept."""

READING = ("list", "show", "search", "export", "second-opinion")
"""Actions that need nothing to be written into the data folder."""


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from rehearse.cli.app import studio_for_command

    studio = studio_for_command(model=arguments.app_model)  # only for an import
    store = studio.equipment.store
    if store.read_only and arguments.action in READING:  # whatever would change something says so itself
        print(f"rehearse: {store.read_only}: answers can be read, but nothing can be changed.", file=sys.stderr)
    match arguments.action:
        case "list":
            listing.list_answers(studio, arguments)
        case "show":
            _show(studio, store.get(whole_id(store, arguments.id)), as_json=arguments.json)
        case "search":
            listing.search(store, arguments)
        case "export":
            return _export(studio, arguments)
        case "import":
            return _import(studio, arguments)
        case "delete":
            trash.delete(store, arguments)
        case "corrections":
            corrections.run(studio, arguments)
        case "redate":
            redate.run(store, [whole_id(store, wanted) for wanted in arguments.ids], arguments)
        case "second-opinion":
            return second_opinion.run(studio.equipment, arguments)
        case "audio":
            _audio(studio, arguments)
        case _:
            trash.restore(store, arguments)
    return 0


def _show(studio: Studio, answer: Answer, *, as_json: bool) -> None:
    from rehearse.cli.panel import kept_panel

    if as_json:
        print_json(export_json(answer))
        return
    print(kept_panel(studio.equipment.library, answer, studio.told_when_asked(answer.id)))
    print(f"\n{answer.transcript.text}")
    if answer.notes:
        print(f"\nNote: {answer.notes}")
    if listing.in_future(answer):
        print(f"\nIt is dated {local_text(answer.created_at)}. {listing.FUTURE.format(id=answer.id)}")


def _export(studio: Studio, arguments: argparse.Namespace) -> int:
    """Write what can be read, say what can't; the exit status."""
    store = studio.equipment.store
    ids = [whole_id(store, wanted) for wanted in arguments.ids] or [row.id for row in store.summaries()]
    guides = studio.equipment.library.readable()
    written: list[Path] = []
    lacking: list[LeftOut] = []
    status = 0
    try:
        for made in export_kept(store.get, ids, arguments.format or ["md"], arguments.to, guides):
            if isinstance(made, RehearseError):
                print_error(made)
                status = made.exit_status
            elif isinstance(made, LeftOut):
                lacking.append(made)
            else:
                written.append(made)
    except RehearseError:  # the disk may have become full: what was written before is there
        _tell_written(written, as_json=arguments.json)
        raise
    _tell_written(written, as_json=arguments.json)
    for line in left_out(lacking):
        print_remark(line)
    if not written and not status:
        if arguments.json:
            print_json([])
        elif not lacking:
            print("There was nothing to write.", file=sys.stderr)
    return status


def _tell_written(paths: Sequence[Path], *, as_json: bool) -> None:
    if as_json and paths:
        print_json([str(path) for path in paths])
        return
    for path in paths:
        print(shown_line(str(path)))


def _import(studio: Studio, arguments: argparse.Namespace) -> int:
    """Keep what can be read, say what can't; the exit status."""
    from rehearse.cli.choosing import chosen
    from rehearse.cli.panel import panel_text
    from rehearse.services.unattended import keep_file

    guide, scenario = chosen(studio, arguments)
    kept, status = [], 0
    for path in arguments.files:
        try:
            answer = keep_file(studio, guide, scenario, path, print_remark)
        except InputError as error:
            if len(arguments.files) == 1:
                raise
            print_error(error, str(path))
            status = error.exit_status
            continue
        kept.append(export_json(answer))
        if not arguments.json:
            lacks = f", {TYPED}" if answer.source is Source.TYPED else ""
            print(f"{shown_line(str(path))}: kept as {answer.id}{lacks}\n{panel_text(guide, answer)}")
    if arguments.json and kept:
        print_json(kept)
    studio.close()
    return status


def _audio(studio: Studio, arguments: argparse.Namespace) -> None:
    policy: AudioPolicy = arguments.policy or studio.equipment.settings.keep_audio
    now = datetime.now(UTC)
    stale = studio.equipment.store.audio_to_remove(policy, now)
    if arguments.delete:
        studio.equipment.store.remove_audio(policy, now)
    if arguments.json:
        rows = [{"id": one.answer.id, "path": str(one.path), "bytes": one.size} for one in stale]
        print_json({"policy": policy, "deleted": arguments.delete, "recordings": rows})
        return
    sizes = [f"{one.size / 2**20:.1f} MiB" for one in stale]
    for line in listing.row_lines([one.answer for one in stale], sizes=sizes):
        print(line)
    size = sum(one.size for one in stale) / 2**20
    done = "deleted" if arguments.delete else "would be deleted; --delete does it"
    print(f"Recordings are kept: {policy}. {counted(len(stale), 'recording')}, {size:.1f} MiB, {done}.")
