"""`rehearse interview`: held in the app; listed and reported on in the shell."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.cli.answer_ids import refuse_blank
from rehearse.cli.columns import in_columns, tails, terminal_width
from rehearse.cli.output import print_json
from rehearse.domain.interview import MINUTES, MOST_FOLLOW_UPS
from rehearse.domain.moments import local_text
from rehearse.domain.shown import shown_line
from rehearse.errors import InputError

if TYPE_CHECKING:
    from rehearse.reports.fates import Standing
    from rehearse.services.kept_interview import KeptInterview
    from rehearse.services.studio import Studio
    from rehearse.ui.destinations import Destination

LAST = "last"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--guides", nargs="+", metavar="ID", default=[], help="whose questions (default: of what you practise)"
    )
    parser.add_argument("--minutes", type=int, choices=MINUTES, help="how long it takes (default: as set)")
    parser.add_argument(
        "--follow-ups",
        type=int,
        choices=range(MOST_FOLLOW_UPS + 1),
        help="how many questions follow an answer at most (default: as set)",
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--list", action="store_true", help="the interviews that are kept, the newest first")
    shown.add_argument(
        "--report",
        nargs="?",
        const=LAST,
        metavar="ID",
        help="what one came to: its id or the end of it (default: the last one with an answer)",
    )
    parser.add_argument("--html", action="store_true", help="with --report: one page with the moments to be heard")
    parser.add_argument("--output", type=Path, metavar="FILE", help="with --report: the file to write")
    parser.add_argument("--json", action="store_true", help="with --list")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    if (arguments.html or arguments.output) and arguments.report is None:
        raise InputError(
            "--html and --output belong to --report", next_step="Write rehearse interview --report --html."
        )
    if arguments.list:
        return _list(as_json=arguments.json)
    if arguments.json:
        raise InputError("--json belongs to --list", next_step="Write rehearse interview --list --json.")
    if arguments.report is not None:
        return _report(arguments.report, html=arguments.html, output=arguments.output)
    from rehearse.cli.app import run_app

    _see_that_they_are_there(arguments.guides)

    def first(_: object) -> "Destination":
        from rehearse.ui.destinations import PlanInterview

        return PlanInterview(tuple(arguments.guides), arguments.minutes, arguments.follow_ups)

    return run_app(device=arguments.device, model=arguments.app_model, first=first, instead="rehearse interview --list")


def _see_that_they_are_there(guide_ids: list[str]) -> None:
    """Raise InputError or GuideError for a guide that isn't there, or can't be read."""
    if not guide_ids:
        return
    from rehearse.guides.library import GuideLibrary
    from rehearse.settings import find_places

    library = GuideLibrary(find_places().guides)
    for guide_id in guide_ids:
        library.load(guide_id)


def _list(*, as_json: bool) -> int:
    from rehearse.cli.app import studio_for_command

    studio = studio_for_command()
    kept = studio.interviews.all()
    listed = list(zip(kept, studio.interviews.standings(kept), strict=True))
    if as_json:
        print_json([_plain(one, standing) for one, standing in listed])
    elif not kept:
        print("No interview is kept. `rehearse interview` holds one.")
    for line in _lines(listed) if not as_json else ():
        print(line)
    studio.close()
    return 0


def _lines(listed: "list[tuple[KeptInterview, Standing]]") -> list[str]:
    """A line for each; in a terminal it fits into one, where the end of an id stands for the whole."""
    width = terminal_width()
    ids = [one.id for one, _ in listed]
    rows = []
    for row_id, (one, standing) in zip(ids if width is None else tails(ids), listed, strict=True):
        guides = ", ".join(dict.fromkeys(question.guide_id for question in one.interview.questions))
        answered = f"{standing.answered} of {len(standing.fates)} answered"
        said = standing.told(answered, broken_off=one.ended_at is None)
        rows.append((row_id, local_text(one.begun_at), said, guides))
    return in_columns(rows, width)


def _plain(one: "KeptInterview", standing: "Standing") -> dict[str, object]:
    return {
        "id": one.id,
        "begun_at": one.begun_at.isoformat(),
        "ended_at": one.ended_at and one.ended_at.isoformat(),
        "minutes": one.interview.minutes,
        "answered": standing.answered,
        "questions": [
            {
                "guide": question.guide_id,
                "scenario": question.scenario_id,
                "answer": question.answer_id,
                "fate": fate.name.lower(),
                "skipped": question.skipped,
                "follow_ups": [further.answer_id for further in question.further if further.answer_id],
            }
            for question, fate in zip(one.interview.questions, standing.fates, strict=True)
        ],
    }


def _report(wanted: str, *, html: bool, output: Path | None) -> int:
    from rehearse.cli.app import studio_for_command
    from rehearse.services.interview_report import report_text

    studio = studio_for_command()
    interview_id = _whole_id(studio, wanted)
    text = report_text(studio, interview_id, "html" if html else "markdown")
    if output is None and not html:
        print(text, end="" if text.endswith("\n") else "\n")
    else:
        _write(text, output, interview_id)
    studio.close()
    return 0


def _write(text: str, output: Path | None, interview_id: str) -> None:
    """A page goes to a file in any case: nobody reads one in a terminal. An existing file is left as it is."""
    from rehearse.files import free_path
    from rehearse.private import write_private

    if output is not None and output.exists():
        raise InputError(f"{output} exists already", next_step="Choose another name, or delete it first.")
    path = output or free_path(Path(f"interview-{interview_id}.html"))
    write_private(path, text)
    print(shown_line(f"{path} holds the report; nothing in it asks the network for anything."))


def _whole_id(studio: "Studio", wanted: str) -> str:
    """The one id that ends like that, or the newest with an answer, if there is one; raises InputError."""
    refuse_blank(wanted, "interview")
    kept = studio.interviews.all()
    ids = [one.id for one in kept]
    if wanted == LAST and ids:
        return next((one.id for one in kept if one.interview.answered), ids[0])
    found = [one for one in ids if one.endswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not ids:
        raise InputError("No interview is kept", next_step="`rehearse interview` holds one.")
    if not found:
        raise InputError(f"There is no interview “{wanted}”", next_step="`rehearse interview --list` shows them.")
    raise InputError(f"“{wanted}” fits {len(found)} interviews", next_step="Give more of the id.")
