"""`rehearse history corrections`: what later marks learn from the user's word, and forgetting some of it."""

import argparse
from collections.abc import Collection
from datetime import UTC, datetime

from rehearse.cli.output import print_json
from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.moments import local_text
from rehearse.domain.wording import counted
from rehearse.errors import InputError
from rehearse.services.corrections import forget
from rehearse.services.remembered_corrections import Lesson, lessons
from rehearse.services.studio import Studio


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--guide", metavar="ID", help="of one guide (default: all)")
    parser.add_argument(
        "--forget", type=int, nargs="+", default=[], metavar="NUMBER", help="take these back, by their numbers here"
    )
    parser.add_argument("--json", action="store_true")


def run(studio: Studio, arguments: argparse.Namespace) -> None:
    """List them, or forget those that are named."""
    if arguments.guide is not None:
        studio.equipment.library.load(arguments.guide)  # one that isn't there, or can't be read, says so
    # All are numbered, whatever is listed: a number means the same correction with and without --guide.
    found = dict(
        enumerate(
            (
                (guide, lesson)
                for guide in studio.equipment.library.readable().values()
                for lesson in lessons(guide, studio.equipment.store.corrected(guide.id))
            ),
            start=1,
        )
    )
    wanted = [number for number, (guide, _) in found.items() if arguments.guide in (None, guide.id)]
    if arguments.forget:
        wanted = _known(arguments.forget, wanted)
        for number in wanted:
            guide, lesson = found[number]
            # As it stands now: another of its corrections may have been forgotten a moment ago.
            forget(
                studio.equipment.store, guide, studio.equipment.store.get(lesson.answer.id), lesson.correction.mark_id
            )
    chosen = [(number, *found[number]) for number in wanted]
    if arguments.json:
        print_json([_plain(*one) for one in chosen])
        return
    for one in chosen:
        print(_line(*one))
    if arguments.forget:
        print(f"Forgotten: {counted(len(chosen), 'correction')}. c in their reviews gives it again.")
    elif not chosen:
        print("No corrections yet. In a review, c puts your word over a mark.")
    elif not studio.equipment.settings.remember_corrections:
        print("Later marks don't learn from them: the settings say so.")


def _known(numbers: list[int], known: Collection[int]) -> list[int]:
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise InputError(
            f"There is no correction {unknown[0]}", next_step="`rehearse history corrections` shows their numbers."
        )
    return sorted(set(numbers))


def _verdict(lesson: Lesson) -> str:
    return "came up" if lesson.correction.state == SectionState.COVERED.value else "didn't come up"


def _line(number: int, guide: Guide, lesson: Lesson) -> str:
    answer = lesson.answer
    title = guide.section(lesson.correction.mark_id).title
    said = "\n".join(f"      “{quote.text}”" for quote in lesson.words)
    when = local_text(datetime.fromtimestamp(lesson.given, UTC))
    return f"{number:>4}  {when}  {answer.guide_id}/{answer.scenario_id}  {title} {_verdict(lesson)}\n{said}"


def _plain(number: int, guide: Guide, lesson: Lesson) -> dict[str, object]:
    return {
        "number": number,
        "answer": lesson.answer.id,
        "guide": guide.id,
        "section": lesson.correction.mark_id,
        "state": lesson.correction.state,
        "words": [quote.text for quote in lesson.words],
    }
