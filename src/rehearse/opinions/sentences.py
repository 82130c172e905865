"""A transcript as a person reads it: paragraphs of sentences, each a run of words."""

from collections.abc import Iterator

from rehearse.domain.transcript import Transcript

LONGEST_SENTENCE = 40
"""Words; recognisers sometimes leave out every full stop."""
LONGEST_PARAGRAPH = 60
"""Words after which a paragraph ends with its sentence."""
PAUSE = 2.0
"""Seconds of silence that begin a paragraph."""

Span = tuple[int, int]
"""First word, and the one behind the last."""


def paragraphs(transcript: Transcript) -> Iterator[list[Span]]:
    """The sentences of each paragraph; together they hold every word once, in order."""
    breaks = _breaks(transcript)
    words, paragraph, first = transcript.words, list[Span](), 0
    for index, word in enumerate(words):
        end = index + 1
        if not (end in breaks or word.ends_sentence or end - first >= LONGEST_SENTENCE):
            continue
        paragraph.append((first, end))
        first = end
        if end in breaks or end - paragraph[0][0] >= LONGEST_PARAGRAPH:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _breaks(transcript: Transcript) -> set[int]:
    """Indices of words that begin a paragraph whatever stands before: after a pause, or where it was typed so."""
    breaks, index = {len(transcript.words)}, 0
    for utterance in transcript.utterances:
        index += len(utterance.words)
        words = transcript.words[index - 1 : index + 1] if index else ()
        if not transcript.timed or (len(words) == 2 and words[1].start - words[0].end >= PAUSE):
            breaks.add(index)
    return breaks
