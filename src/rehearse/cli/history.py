"""`rehearse history`: past answers from the shell."""

import argparse
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from rehearse.cli import corrections, redate, second_opinion, trash
from rehearse.cli.answer_ids import whole_id
from rehearse.cli.choosing import add_guide_options
from rehearse.cli.output import print_error, print_json, print_remark
from rehearse.domain.answer import Answer, AnswerStatus, Source
from rehearse.domain.moments import is_ahead, local, local_text
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.series import SERIES_WORDS, SeriesKind
from rehearse.domain.shown import shown_line
from rehearse.domain.wording import counted
from rehearse.errors import InputError, RehearseError
from rehearse.history.answers import SEARCH_LIMIT, AnswerFilter, AnswerStore, AnswerSummary, Hit
from rehearse.history.export import FORMATS, export_json, export_kept
from rehearse.history.retention import AudioPolicy
from rehearse.services.studio import Studio

FUTURE = "A date that is still to come is from a clock that was wrong; `rehearse history redate {id}` puts it right."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="newest first")
    listing.add_argument("--guide", metavar="ID")
    listing.add_argument("--scenario", metavar="ID")
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--trash", action="store_true", help="what was deleted and can be brought back")
    which.add_argument("--cut-off", action="store_true", help="what a crash left to be transcribed")
    listing.add_argument("--limit", type=_count, default=50, help="how many (default: 50; 0: all)")
    listing.add_argument("--json", action="store_true")
    show = actions.add_parser("show", help="one answer, whole")
    show.add_argument("id", help="its id, the last characters of it, or “last”")
    show.add_argument("--json", action="store_true")
    search = actions.add_parser("search", help="words in any transcript or note; quoted words as a phrase")
    search.add_argument("words", nargs="+")
    search.add_argument(
        "--limit", type=_count, default=SEARCH_LIMIT, help=f"how many (default: {SEARCH_LIMIT}; 0: all)"
    )
    search.add_argument("--json", action="store_true")
    export = actions.add_parser("export", help="write answers to files")
    export.add_argument("ids", nargs="*", help="ids; none: all answers")
    export.add_argument("--format", action="append", choices=list(FORMATS), help="may be given several times")
    export.add_argument("--to", type=Path, default=Path(), metavar="FOLDER")
    export.add_argument("--json", action="store_true", help="the paths as JSON")
    importing = actions.add_parser("import", help="mark sound files and keep them as answers")
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


def _count(text: str) -> int:
    """A whole number from 0 up; argparse says what is wrong with another."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


_count.__name__ = "number of answers"


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
            _list(studio, arguments)
        case "show":
            _show(studio, store.get(whole_id(store, arguments.id)), as_json=arguments.json)
        case "search":
            _search(store, _query(arguments.words), arguments.limit or None, as_json=arguments.json)
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


def _row(row: AnswerSummary, kind: SeriesKind | None = None) -> str:
    pace = f"{row.words_per_minute:.0f} wpm" if row.words_per_minute is not None else row.source.value
    length = clock_text(row.duration) if row.duration else "–"
    told = row.source is Source.MICROPHONE or row.words_per_minute is None
    origin = "" if told else f"  ({row.source.value})"
    marks = f"{row.sections_covered}/{row.sections_total}  {counted(row.mistakes_made, 'mistake')}"
    return (
        f"{row.id}  {local_text(row.created_at)}  {row.guide_id}/{row.scenario_id:<14}"
        f"{marks if row.judged else 'not judged':<16}  {length:>5}  {pace}{origin}"
        f"{'  ★' if row.starred else ''}{f'  ({SERIES_WORDS[kind]})' if kind else ''}"
        f"{'  (future date)' if _in_future(row) else ''}"
    )


def _plain(row: AnswerSummary) -> dict[str, Any]:
    moment = local(row.created_at).isoformat()
    return {**asdict(row), "judged": row.judged, "created_at": moment, "in_future": _in_future(row)}


def _in_future(answer: Answer | AnswerSummary) -> bool:
    """It was given while the clock was wrong, or the clock is wrong now."""
    return is_ahead(answer.created_at, datetime.now(UTC))


def _list(studio: Studio, arguments: argparse.Namespace) -> None:
    store = studio.equipment.store
    status = AnswerStatus.DISCARDED if arguments.trash else AnswerStatus.FINISHED
    status = AnswerStatus.RECORDING if arguments.cut_off else status
    wanted = AnswerFilter(status=status, guide_id=arguments.guide, scenario_id=arguments.scenario)
    _check_narrowing(studio, wanted)
    rows, total = _wanted_rows(store, wanted, arguments.limit or None)
    if arguments.json:
        print_json([_plain(row) for row in rows])
    kinds = studio.equipment.series.kinds()
    for row in rows if not arguments.json else ():
        print(_row(row, kinds.get(row.series_id or "")))
    strays = len(store.unattached())
    if strays:
        found = f"{counted(strays, 'recording')} {'has' if strays == 1 else 'have'} no answer"
        print(f"{found}; `rehearse doctor --repair` brings them back.", file=sys.stderr)
    if not arguments.trash and (wrong := next(filter(_in_future, rows), None)):
        print(f"rehearse: {FUTURE.format(id=wrong.id)}", file=sys.stderr)
    if len(rows) < total and not arguments.json:
        print(_more(len(rows), total), file=sys.stderr)
    if not rows and not arguments.json and not strays:
        print(_nothing(arguments))


def _wanted_rows(store: AnswerStore, wanted: AnswerFilter, limit: int | None) -> tuple[list[AnswerSummary], int]:
    """The newest, and how many there are; of the unfinished those alone that nobody works on."""
    if wanted.status is not AnswerStatus.RECORDING:
        return store.summaries(wanted, limit=limit), store.count(wanted)
    left = {answer.id for answer in store.cut_off()}
    rows = [row for row in store.summaries(wanted) if row.id in left]
    return rows[:limit], len(rows)


def _more(shown: int, total: int) -> str:
    return f"{shown} of {counted(total, 'answer')}; --limit 0 shows all."


def _nothing(arguments: argparse.Namespace) -> str:
    if arguments.guide is not None or arguments.scenario is not None:
        where = " in the trash" if arguments.trash else " that was cut off" if arguments.cut_off else ""
        return f"No answer{where} is to that question. `rehearse history list` shows the others."
    if arguments.cut_off:
        return "No answer was cut off."
    return "The trash is empty." if arguments.trash else "No answers yet. Run `rehearse` for your first."


def _check_narrowing(studio: Studio, wanted: AnswerFilter) -> None:
    """Raise InputError for a guide or a scenario that neither the guides nor the answers know."""
    known = set(studio.equipment.store.scenarios(AnswerStatus.FINISHED)) | set(
        studio.equipment.store.scenarios(AnswerStatus.DISCARDED)
    )
    for guide_id in studio.equipment.library.ids():
        with suppress(InputError):  # a broken guide is for `guide check` to tell
            known |= {(guide_id, scenario.id) for scenario in studio.equipment.library.load(guide_id).scenarios}
    guides = {guide_id for guide_id, _ in known}
    if wanted.guide_id is not None and wanted.guide_id not in guides:
        raise InputError(f"There is no guide “{wanted.guide_id}”", next_step=f"Known are: {', '.join(sorted(guides))}.")
    scenarios = {scenario_id for guide_id, scenario_id in known if wanted.guide_id in (None, guide_id)}
    if wanted.scenario_id is not None and wanted.scenario_id not in scenarios:
        raise InputError(
            f"There is no scenario “{wanted.scenario_id}”", next_step=f"Known are: {', '.join(sorted(scenarios))}."
        )


def _show(studio: Studio, answer: Answer, *, as_json: bool) -> None:
    from rehearse.cli.panel import kept_panel

    if as_json:
        print_json(export_json(answer))
        return
    print(kept_panel(studio.equipment.library, answer))
    print(f"\n{answer.transcript.text}")
    if answer.notes:
        print(f"\nNote: {answer.notes}")
    if _in_future(answer):
        print(f"\nIt is dated {local_text(answer.created_at)}. {FUTURE.format(id=answer.id)}")


def _query(words: Sequence[str]) -> str:
    """What stands on the command line, as a person types it: the shell has taken the quotes of a phrase away."""
    bare = re.compile(r'[^"“”„]*\s[^"“”„]*')
    return " ".join(f'"{one}"' if bare.fullmatch(one) else one for one in words)


def _search(store: AnswerStore, words: str, limit: int | None, *, as_json: bool) -> None:
    hits = store.search(words, limit=limit)
    if as_json:
        print_json([_plain_hit(hit) for hit in hits])
        return
    if not hits:
        print("No answer has these words.")
    for hit in hits:
        print(f"{_row(hit.answer)}\n    {'Note: ' if hit.in_notes else ''}{hit.excerpt}")
    total = store.count_hits(words)
    if len(hits) < total:
        print(_more(len(hits), total), file=sys.stderr)


def _plain_hit(hit: Hit) -> dict[str, Any]:
    found = {"excerpt": hit.excerpt, "in_notes": hit.in_notes, "spans": hit.spans, "score": hit.score}
    return {**_plain(hit.answer), **found}


def _export(studio: Studio, arguments: argparse.Namespace) -> int:
    """Write what can be read, say what can't; the exit status."""
    store = studio.equipment.store
    ids = [whole_id(store, wanted) for wanted in arguments.ids] or [row.id for row in store.summaries()]
    guides = studio.equipment.library.readable()
    written: list[Path] = []
    status = 0
    try:
        for made in export_kept(store.get, ids, arguments.format or ["md"], arguments.to, guides):
            if isinstance(made, RehearseError):
                print_error(made)
                status = made.exit_status
            else:
                written.append(made)
    except RehearseError:  # the disk may have become full: what was written before is there
        _tell_written(written, as_json=arguments.json)
        raise
    _tell_written(written, as_json=arguments.json)
    if not written and not status:
        if arguments.json:
            print_json([])
        else:
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
            print(f"{shown_line(str(path))}: kept as {answer.id}\n{panel_text(guide, answer)}")
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
    for one in stale:
        print(f"{_row(one.answer)}  {one.size / 2**20:.1f} MiB")
    size = sum(one.size for one in stale) / 2**20
    done = "deleted" if arguments.delete else "would be deleted; --delete does it"
    print(f"Recordings are kept: {policy}. {counted(len(stale), 'recording')}, {size:.1f} MiB, {done}.")
