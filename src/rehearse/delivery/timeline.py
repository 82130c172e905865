"""Which part of an answer went to which section.

The rule. A sentence (cut at its punctuation, or where an utterance ends) belongs to one section as a whole, unless
it holds evidence of several:
1. Words inside a piece of evidence belong to its section; where pieces overlap, to the shortest, which says most
   exactly what it is about. Where several sections point at the same words, they are shared out evenly between those
   that have no evidence of their own elsewhere, or else go to the first: what is ticked was said at some time.
2. The other words of a sentence with evidence go to the nearest evidence in it, counted in words.
3. A sentence without evidence goes to the nearest evidence around it, the earlier of two equally near: people stay
   with a subject before they change it. Further than `REACH` words away it goes to no section.
Evidence counts where its section is covered or thin. Labels from the coverage engine, where there are any, come before
all of this.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from rehearse.delivery.pauses import merged, runs, silence_within
from rehearse.delivery.tokens import sentences, tokens, word_starts
from rehearse.domain.coverage import Coverage, SectionState
from rehearse.domain.delivery import Filler, Hesitation, Stretch
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript

REACH = 40
"""Words: about a quarter of a minute. What is further from all evidence isn't called anything."""

HESITATION_SECONDS = 5.0
"""How far back from a section's first words to look for silence and fillers."""

BREATH_SECONDS = 0.3
"""A shorter silence can lie inside a word."""

Labels = Sequence[tuple[int, int, str | None]]
"""Word ranges (end exclusive) and the section each served."""


class _Anchor(NamedTuple):
    start: int
    end: int
    section_id: str

    def distance(self, start: int, end: int) -> int:
        """Words between this evidence and the words `start` to `end`; 0 where they touch or overlap."""
        return max(0, self.start - end, start - self.end)


def word_labels(transcript: Transcript, coverage: Coverage | None, labels: Labels | None = None) -> list[str | None]:
    """The section each word went to, None for none."""
    if labels is not None:
        given: list[str | None] = [None] * len(transcript.words)
        for start, end, section_id in labels:
            given[start:end] = [section_id] * len(given[start:end])
        return given
    anchors = _shared_out(_anchors(coverage, len(transcript.words)))
    found: list[str | None] = []
    for start, end in sentences(tokens(transcript)):
        found.extend(_sentence_labels(start, end, anchors))
    return found


def _anchors(coverage: Coverage | None, words: int) -> list[_Anchor]:
    """Every piece of evidence of what came up, the covered sections first."""
    states = (SectionState.COVERED, SectionState.THIN)
    return [
        _Anchor(quote.first_word, quote.end_word, mark.section_id)
        for state in states
        for mark in (coverage.sections if coverage else ())
        if mark.state is state
        for quote in mark.evidence
        if 0 <= quote.first_word < quote.end_word <= words
    ]


def _shared_out(anchors: Sequence[_Anchor]) -> list[_Anchor]:
    """The anchors, no two of them on the same words."""
    pointing: dict[tuple[int, int], list[str]] = {}
    for anchor in anchors:
        pointing.setdefault((anchor.start, anchor.end), []).append(anchor.section_id)
    served = {sections[0] for sections in pointing.values() if len(sections) == 1}
    found = []
    for (start, end), sections in pointing.items():
        owners = [section for section in sections if section not in served] or sections[:1]
        cuts = [start + (end - start) * number // len(owners) for number in range(len(owners) + 1)]
        parts = zip(pairwise(cuts), owners, strict=True)
        found += [_Anchor(first, last, owner) for (first, last), owner in parts if first < last]
    return found


def _sentence_labels(start: int, end: int, anchors: Sequence[_Anchor]) -> list[str | None]:
    inside = [anchor for anchor in anchors if anchor.start < end and anchor.end > start]
    if inside:
        return [_nearest(word, word + 1, inside).section_id for word in range(start, end)]
    if not anchors:
        return [None] * (end - start)
    nearest = _nearest(start, end, anchors)
    section = nearest.section_id if nearest.distance(start, end) <= REACH else None
    return [section] * (end - start)


def _nearest(start: int, end: int, anchors: Sequence[_Anchor]) -> _Anchor:
    """The anchor nearest to the words; of those that hold them, the shortest; of equals, the earlier."""

    def rank(anchor: _Anchor) -> tuple[int, int, int]:
        # Touching is distance 0 as well, so holding the words has to come first.
        holds = anchor.start < end and anchor.end > start
        distance = -1 if holds else anchor.distance(start, end)
        return distance, anchor.end - anchor.start if holds else 0, anchor.start

    return min(anchors, key=rank)


def make_timeline(
    transcript: Transcript, speech: Iterable[SpeechSpan], labels: Sequence[str | None]
) -> tuple[Stretch, ...]:
    """The speech cut by section, in order; only pauses are left out, shorter silences belong to their stretch.

    Args:
        transcript: what was said.
        speech: voice activity.
        labels: the section of every word, see `word_labels`.
    """
    starts = word_starts(transcript)
    cuts: list[tuple[float, str | None]] = []
    for section, group in groupby(range(len(labels)), key=lambda index: labels[index]):
        cuts.append((starts[next(group)], section))
    if not cuts:
        cuts = [(0.0, None)]
    cuts[0] = (0.0, cuts[0][1])  # a breath before the first word belongs to what it begins
    ends = [start for start, _ in cuts[1:]] + [float("inf")]
    return tuple(
        Stretch(section, max(start, run.start), min(end, run.end))
        for run in runs(speech)
        for (start, section), end in zip(cuts, ends, strict=True)
        if min(end, run.end) > max(start, run.start)
    )


def find_hesitations(
    transcript: Transcript, speech: Sequence[SpeechSpan], coverage: Coverage | None, fillers: Sequence[Filler]
) -> tuple[Hesitation, ...]:
    """For every section that came up, in the order in which they did: what preceded its first evidence.

    A section begins with the first word of its evidence that is no filler: who says "um" and falls silent hasn't begun.
    Silence before the very first speech isn't counted: that is the time to the first word.
    """
    starts = word_starts(transcript)
    hummed = {index for filler in fillers for index in range(filler.first_word, filler.end_word)}
    first_words: dict[str, int] = {}
    for anchor in _anchors(coverage, len(starts)):
        said = next((index for index in range(anchor.start, anchor.end) if index not in hummed), anchor.start)
        first_words[anchor.section_id] = min(said, first_words.get(anchor.section_id, said))
    found = []
    for section, word in sorted(first_words.items(), key=lambda item: item[1]):
        at = _voiced_start(starts[word], transcript.words[word].end, speech)
        since = max(0.0, at - HESITATION_SECONDS)
        nearby = sum(1 for filler in fillers if filler.first_word < word and starts[filler.first_word] >= since)
        found.append(Hesitation(section, at, silence_within(speech, since, at), nearby))
    return tuple(found)


def _voiced_start(start: float, end: float, speech: Sequence[SpeechSpan]) -> float:
    """When a word is heard: one dated across a silence is spoken behind it, see `pauses`."""
    behind = (span.start for span in merged(speech, BREATH_SECONDS) if start < span.start < end)
    return max(behind, default=start)
