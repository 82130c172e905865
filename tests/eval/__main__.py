"""`make eval`: how well the marks agree with people, as tables."""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rehearse.coverage.encoder import SentenceEncoder
from rehearse.coverage.engine import CoverageEngine, load_engine
from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from rehearse.guides.loader import load_guide
from tests.eval import baselines, data
from tests.eval.measures import Ticks, agreements, cross_validated, macro_f1, mean_area, overlaps
from tests.eval.speaking import heard

CONTENT = Path(__file__).parents[2] / "content"
FIRST = "model-deployment"
"""The guide that people's own words were labelled for."""


def main() -> int:
    """Print every table that was asked for."""
    parser = argparse.ArgumentParser(prog="make eval")
    parser.add_argument("--text", action="store_true", help="leave out speech, which takes longest")
    parser.add_argument("--unopened", action="store_true", help="open the part kept apart for the final figure")
    parser.add_argument("--model", default="tiny.en", help="speech model")
    parser.add_argument("--wrong", action="store_true", help="list every tick that differs")
    parser.add_argument("--guide", help="id of one guide: measure it alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        encoder = SentenceEncoder(cache)
        if arguments.guide in (None, FIRST):
            _real(arguments, encoder, cache)
            _first_guide(arguments, encoder, cache)
        for name in data.other_guides() if arguments.guide is None else {arguments.guide} - {FIRST}:
            guide = load_guide(CONTENT / f"{name}.yaml")
            engine = load_engine(guide, cache=cache, encoder=encoder)
            _text(guide, engine, data.of_guide(name), encoder, arguments)
    return 0


def _first_guide(arguments: argparse.Namespace, encoder: SentenceEncoder, cache: Path) -> None:
    guide = load_guide(CONTENT / f"{FIRST}.yaml")
    engine = load_engine(guide, cache=cache, encoder=encoder)
    fifty_two = data.fifty_two()
    if not fifty_two:
        print("The labelled answers of the first guide (../shared/eval) aren't here; only the others are measured.")
        return
    tuning, second = data.tuning(), data.second()
    chosen_by = [*fifty_two, *tuning, *second]
    _text(guide, engine, chosen_by, encoder, arguments, f"the {len(chosen_by)} that constants were chosen by")
    parts = {"the fifty-two": fifty_two, "thirty for tuning": tuning, "forty-five by a second writer": second}
    if arguments.unopened:
        parts |= {"thirty unopened": data.unopened(), "forty-five unopened, by a third writer": data.third()}
    for name, labels in parts.items():
        written = _text(guide, engine, labels, encoder, arguments, name)
        if not arguments.text:
            marks = dict(heard(guide, engine, labels, cache, model=arguments.model))
            _table(f"{guide.title}: {name}, spoken and heard by {arguments.model}", guide, labels, marks)
            lost = 100 * (_macro(guide, labels, written) - _macro(guide, labels, marks))
            print(f"Lost by speech and recognition: {lost:.1f} points of the sections' macro-F1.\n")


def _real(arguments: argparse.Namespace, encoder: SentenceEncoder, cache: Path) -> None:
    """What people really said: the figures that count, before those on written answers."""
    passages = data.real()
    if not passages:
        return
    guide = load_guide(CONTENT / f"{FIRST}.yaml")
    engine = load_engine(guide, cache=cache, encoder=encoder)
    about = [passage for passage in passages if passage.about]
    _text(guide, engine, about, encoder, arguments, f"{len(about)} passages that people really said about a system")
    others = [passage for passage in passages if not passage.about]
    ticks = [len(_marks_of(guide, engine, passage.text, passage.scenario).covered) for passage in others]
    print(f"False ticks on {len(others)} passages that tell of no system: {sum(ticks) / len(others):.2f} a passage.\n")
    texts = data.nothing_answered()
    if texts:
        marks = [_marks_of(guide, engine, text, guide.scenarios[0].id) for text in texts]
        rows = ", ".join(
            f"{section.id} {sum(section.id in coverage.covered for coverage in marks)}" for section in guide.sections
        )
        print(f"Ticked on {len(texts)} recordings that answer nothing, by their references: {rows}.\n")


def _marks_of(guide: Guide, engine: CoverageEngine, text: str, scenario: str) -> Coverage:
    return engine.assess(Transcript.typed(text), guide.scenario(scenario), final=True)


def _text(
    guide: Guide,
    engine: CoverageEngine,
    labels: Sequence[data.Labelled],
    encoder: SentenceEncoder,
    arguments: argparse.Namespace,
    name: str = "",
) -> dict[str, Coverage]:
    transcripts = {answer.id: Transcript.typed(answer.text) for answer in labels}
    marks = {answer.id: _marks_of(guide, engine, answer.text, answer.scenario) for answer in labels}
    _table(f"{guide.title}: {name or len(labels)}{'' if name else ' answers'}, as text", guide, labels, marks)
    sections = [section.id for section in guide.sections]
    confidence = {key: [mark.confidence for mark in coverage.sections] for key, coverage in marks.items()}
    rows: list[tuple[str, Ticks]] = [
        ("this engine, threshold as shipped", _covered(marks)),
        ("this engine, threshold cross-validated", cross_validated(labels, confidence, sections, common=True)),
        ("everything ticked", baselines.everything(guide, labels)),
        ("keywords only", baselines.keywords(guide, labels)),
        ("embeddings only", baselines.embeddings(guide, labels, encoder)),
    ]
    print("| sections, macro-F1 | |\n|---|---|")
    for title, ticks in rows:
        print(f"| {title} | {macro_f1(agreements(labels, ticks, sections, 'sections')):.3f} |")
    found = [
        overlap
        for answer in labels
        for mark in marks[answer.id].sections
        if mark.section_id in marks[answer.id].covered and mark.section_id in answer.evidence
        for overlap in [overlaps(transcripts[answer.id], mark.evidence, answer.evidence[mark.section_id])]
        if overlap is not None
    ]
    print(f"\nArea under the curve, mean of the sections: {mean_area(labels, confidence, sections):.3f}.")
    best = [
        overlap
        for answer in labels
        for mark in marks[answer.id].sections
        if mark.section_id in marks[answer.id].covered and mark.section_id in answer.evidence
        for overlap in [overlaps(transcripts[answer.id], mark.evidence[:1], answer.evidence[mark.section_id])]
        if overlap is not None
    ]
    print(f"The best quote shares words with what people quoted: {sum(best)} of {len(best)}, {_share(best):.0%}.")
    print(f"Evidence shares words with what people quoted: {sum(found)} of {len(found)}, {_share(found):.0%}.\n")
    if arguments.wrong:
        _wrong(labels, marks)
    return marks


def _table(title: str, guide: Guide, labels: Sequence[data.Labelled], marks: Mapping[str, Coverage]) -> None:
    print(f"## {title}\n\n| | F1 | precision | recall | kappa | labelled |\n|---|---|---|---|---|---|")
    made: Ticks = {key: frozenset(coverage.made) for key, coverage in marks.items()}
    for field, ticks, names in (
        ("sections", _covered(marks), [section.id for section in guide.sections]),
        ("mistakes", made, [mistake.id for mistake in guide.mistakes]),
    ):
        rows = agreements(labels, ticks, names, field)
        for row in rows:
            figures = f"{row.f1:.3f} | {row.precision:.2f} | {row.recall:.2f} | {row.kappa:+.2f} | {row.labelled}"
            print(f"| {row.name} | {figures} |")
        kappa = sum(row.kappa for row in rows) / len(rows)
        print(f"| **{field}, mean of the above** | **{macro_f1(rows):.3f}** | | | {kappa:+.2f} | |")
    print()


def _wrong(labels: Sequence[data.Labelled], marks: Mapping[str, Coverage]) -> None:
    for answer in labels:
        got = {*marks[answer.id].covered, *marks[answer.id].made}
        wanted = answer.sections | answer.mistakes
        if got != wanted:
            print(f"- {answer.id}: too many {sorted(got - wanted)}, missed {sorted(wanted - got)}")
    print()


def _covered(marks: Mapping[str, Coverage]) -> Ticks:
    return {key: frozenset(coverage.covered) for key, coverage in marks.items()}


def _macro(guide: Guide, labels: Sequence[data.Labelled], marks: Mapping[str, Coverage]) -> float:
    return macro_f1(agreements(labels, _covered(marks), [section.id for section in guide.sections], "sections"))


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
