"""`rehearse guide check --spoken`: which terms and which sections of the sample answers get lost on the way by air."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rehearse.cli.guide_marks import retell, telling
from rehearse.domain.shown import shown_line
from rehearse.domain.wording import counted

if TYPE_CHECKING:
    from rehearse.domain.coverage import Coverage
    from rehearse.domain.guide import Scenario
    from rehearse.domain.sound import Samples
    from rehearse.domain.transcript import Transcript
    from rehearse.guides.loader import CheckedGuide
    from rehearse.services.spoken_guide import SpokenSampleMarks, WrongTerm


def print_spoken(checked: "CheckedGuide", name: str) -> None:
    """Read a guide's terms and sample answers aloud, hear them, and print what was lost; raises ModelError."""
    from rehearse.cli.app import studio_for_command
    from rehearse.coverage.engine import load_engine
    from rehearse.live.whole_answer import transcribe_samples
    from rehearse.services.spoken_guide import hear_samples, hear_terms

    guide = checked.guide
    equipment = studio_for_command().equipment
    voice = equipment.voice()
    voice.check()
    what = f"{counted(len(guide.terms), 'term')} and {counted(len(guide.scenarios), 'sample answer')}"
    with telling(f"Reading {what} aloud (some minutes)"):
        engine = load_engine(guide, cache=equipment.places.create().cache)

        def hear(sound: "Samples", scenario: "Scenario") -> "tuple[Transcript, Coverage]":
            transcriber = equipment.transcriber(guide, scenario, live=False)
            heard = transcribe_samples(sound, transcriber, engine, scenario)
            return heard.transcript, heard.coverage

        wrong = hear_terms(guide, voice, hear, _tell)
        samples = hear_samples(guide, engine, voice, hear, _tell)
    right = len(guide.terms) - len(wrong)
    print(f"Read aloud and heard again: {right} of {counted(len(guide.terms), 'term')} came out.")
    for line in [*_terms(checked, wrong, name), *_samples(checked, samples, name)]:
        print(f"  {shown_line(line)}")


def _tell(what: str, done: int, of: int) -> None:
    retell(f"{what} {done + 1} of {of}")
    if not sys.stderr.isatty() and done == 0:
        print(f"{what} 1 of {of} ...", file=sys.stderr, flush=True)


def _terms(checked: "CheckedGuide", wrong: "list[WrongTerm]", name: str) -> Iterator[str]:
    for one in wrong:
        term = checked.guide.terms[one.index].name
        what = f"the term “{term}” was heard as “{one.heard}”, add an alias as people say it"
        yield checked.document.problem(("terms", one.index, "name"), what).said(name)


def _samples(checked: "CheckedGuide", samples: "list[SpokenSampleMarks]", name: str) -> Iterator[str]:
    guide = checked.guide
    for at, one in enumerate(samples):
        place = ("scenarios", at, "sample")
        title = one.scenario.title
        told = [(section_id, "was lost when it was spoken") for section_id in one.lost]
        told += [(section_id, "isn't marked in its text either") for section_id in one.unmarked]
        for section_id, what in told:
            said = f"“{guide.section(section_id).title}” of the sample answer of “{title}” {what}"
            yield checked.document.problem(place, said).said(name)
        if not one.lost and not one.unmarked:
            yield f"The sample answer of “{title}” keeps all its sections."
