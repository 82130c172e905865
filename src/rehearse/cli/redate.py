"""`rehearse history redate`: puts the date right of answers that were given while the clock was wrong."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime

from rehearse.cli.output import print_json
from rehearse.domain.moments import is_ahead, local, local_text
from rehearse.errors import InputError
from rehearse.history.answers import AnswerStore

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
"""The first day of the machine's clock is over everywhere: every later date has a local time in every zone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("ids", nargs="+")
    parser.add_argument("--to", metavar="WHEN", help="like 2026-12-03 or “2026-12-03 14:20”, local time (default: now)")
    parser.add_argument("--json", action="store_true")


def run(store: AnswerStore, ids: Sequence[str], arguments: argparse.Namespace) -> None:
    """Give these answers the date; raises InputError for one that isn't a date or is still to come."""
    moment = moment_of(arguments.to, datetime.now(UTC))
    done = []
    for answer_id in ids:
        before = store.get(answer_id).created_at
        store.redate(answer_id, moment)
        done.append({"id": answer_id, "before": local(before).isoformat(), "date": local(moment).isoformat()})
        if not arguments.json:
            print(f"{answer_id} is of {local_text(moment)} now; it was of {local_text(before)}.")
    if arguments.json:
        print_json(done)


def moment_of(typed: str | None, now: datetime) -> datetime:
    """What was typed as a moment in UTC, local time unless it has an offset; None is `now`.

    Raises:
        InputError: it is no date, or still to come.
    """
    if typed is None:
        return now
    try:
        moment = datetime.fromisoformat(typed.strip()).astimezone(UTC)
        text = local_text(moment)  # fails for the first and last days there are, where other zones have none
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"“{typed}” is no date", next_step="Write one like 2026-12-03 or “2026-12-03 14:20”."
        ) from None
    if is_ahead(moment, now):
        raise InputError(
            f"{text} is still to come",
            why=f"this machine's clock says {local_text(now)}",
            next_step="Give a date that is past, or set the clock right first.",
        )
    if moment < EARLIEST:
        raise InputError(
            f"{text} is before there were computers to answer to", next_step="Give the day on which it was said."
        )
    return moment
