"""`rehearse history list` and `search`: a row for each answer, the newest first."""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rehearse.cli.columns import cut, in_columns, tails, terminal_width
from rehearse.cli.output import print_json
from rehearse.domain.answer import Answer, AnswerStatus, Source
from rehearse.domain.moments import is_ahead, local, local_text
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.series import SERIES_WORDS, SeriesKind
from rehearse.domain.wording import counted
from rehearse.errors import InputError
from rehearse.history.answers import SEARCH_LIMIT, AnswerFilter, AnswerStore, AnswerSummary, Hit
from rehearse.services.studio import Studio

FUTURE = "A date that is still to come is from a clock that was wrong; `rehearse history redate {id}` puts it right."

LEAST_GUIDE = 5
"""Cells of a guide's name from which it can be guessed."""


def add_list_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `list`."""
    parser.add_argument("--guide", metavar="ID")
    parser.add_argument("--scenario", metavar="ID")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--trash", action="store_true", help="what was deleted and can be brought back")
    which.add_argument("--cut-off", action="store_true", help="what a crash left to be transcribed")
    parser.add_argument("--limit", type=_count, default=50, help="how many (default: 50; 0: all)")
    parser.add_argument("--json", action="store_true")


def add_search_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `search`."""
    parser.add_argument("words", nargs="+")
    parser.add_argument(
        "--limit", type=_count, default=SEARCH_LIMIT, help=f"how many (default: {SEARCH_LIMIT}; 0: all)"
    )
    parser.add_argument("--json", action="store_true")


def _count(text: str) -> int:
    """A whole number from 0 up; argparse says what is wrong with another."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


_count.__name__ = "number of answers"


def row_lines(
    rows: Sequence[AnswerSummary], kinds: Mapping[str, SeriesKind] | None = None, sizes: Sequence[str] = ()
) -> list[str]:
    """A line for each answer; in a terminal it fits into one, where the end of an id stands for the whole.

    Args:
        rows: the answers.
        kinds: the kind of each series, by its id.
        sizes: what else is said of each answer.
    """
    width = terminal_width()
    ids = [row.id for row in rows]
    shown_ids = ids if width is None else tails(ids)
    cells = [
        (row_id, *_cells(row), size, _remarks(row, (kinds or {}).get(row.series_id or "")))
        for row_id, row, size in zip(shown_ids, rows, sizes or [""] * len(rows), strict=True)
    ]
    return in_columns(cells, width, right=(5, 6), flexible=2, shorten=_short_place)


def _cells(row: AnswerSummary) -> tuple[str, ...]:
    pace = f"{row.words_per_minute:.0f} wpm" if row.words_per_minute is not None else row.source.value
    length = clock_text(row.duration) if row.duration else "–"
    asked = f"{'↳ ' if row.follow_up_of else ''}{row.guide_id}/{row.scenario_id}"
    met = f"{row.sections_covered}/{row.sections_total}" if row.judged else "–"
    made = counted(row.mistakes_made, "mistake") if row.judged else "not judged"
    return local_text(row.created_at), asked, met, made, length, pace


def _remarks(row: AnswerSummary, kind: SeriesKind | None) -> str:
    told = row.source is Source.MICROPHONE or row.words_per_minute is None
    said = (
        "★" if row.starred else "",
        "" if told else f"({row.source.value})",
        f"({SERIES_WORDS[kind]})" if kind else "",
        "(follow-up)" if row.follow_up_of else "",
        "(future date)" if in_future(row) else "",
    )
    return "  ".join(filter(None, said))


def _short_place(place: str, width: int) -> str:
    """The guide's name gives way to that of its scenario, which tells more."""
    guide, slash, scenario = place.rpartition("/")
    room = width - len(slash) - len(scenario)
    return cut(place, width) if room < LEAST_GUIDE else cut(guide, room) + slash + scenario


def _plain(row: AnswerSummary) -> dict[str, Any]:
    moment = local(row.created_at).isoformat()
    return {**asdict(row), "judged": row.judged, "created_at": moment, "in_future": in_future(row)}


def in_future(answer: Answer | AnswerSummary) -> bool:
    """It was given while the clock was wrong, or the clock is wrong now."""
    return is_ahead(answer.created_at, datetime.now(UTC))


def list_answers(studio: Studio, arguments: argparse.Namespace) -> None:
    """Print them; raises InputError for a guide or a scenario that nothing knows."""
    store = studio.equipment.store
    status = AnswerStatus.DISCARDED if arguments.trash else AnswerStatus.FINISHED
    status = AnswerStatus.RECORDING if arguments.cut_off else status
    wanted = AnswerFilter(status=status, guide_id=arguments.guide, scenario_id=arguments.scenario)
    _check_narrowing(studio, wanted)
    rows, total = _wanted_rows(store, wanted, arguments.limit or None)
    if arguments.json:
        print_json([_plain(row) for row in rows])
    kinds = studio.equipment.series.kinds()
    for line in row_lines(rows, kinds) if not arguments.json else ():
        print(line)
    strays = len(store.unattached())
    if strays:
        found = f"{counted(strays, 'recording')} {'has' if strays == 1 else 'have'} no answer"
        print(f"{found}; `rehearse doctor --repair` brings them back.", file=sys.stderr)
    if not arguments.trash and (wrong := next(filter(in_future, rows), None)):
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


def _query(words: Sequence[str]) -> str:
    """What stands on the command line, as a person types it: the shell has taken the quotes of a phrase away."""
    bare = re.compile(r'[^"“”„]*\s[^"“”„]*')
    return " ".join(f'"{one}"' if bare.fullmatch(one) else one for one in words)


def search(store: AnswerStore, arguments: argparse.Namespace) -> None:
    """Print the answers that hold the words."""
    words = _query(arguments.words)
    hits = store.search(words, limit=arguments.limit or None)
    if arguments.json:
        print_json([_plain_hit(hit) for hit in hits])
        return
    if not hits:
        print("No answer has these words.")
    for line, hit in zip(row_lines([hit.answer for hit in hits]), hits, strict=True):
        print(f"{line}\n    {'Note: ' if hit.in_notes else ''}{hit.excerpt}")
    total = store.count_hits(words)
    if len(hits) < total:
        print(_more(len(hits), total), file=sys.stderr)


def _plain_hit(hit: Hit) -> dict[str, Any]:
    found = {"excerpt": hit.excerpt, "in_notes": hit.in_notes, "spans": hit.spans, "score": hit.score}
    return {**_plain(hit.answer), **found}
