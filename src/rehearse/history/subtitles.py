"""Subtitles from word times: SubRip (SRT) and WebVTT."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rehearse.domain.transcript import Transcript, Word

LINE = 42
"""Characters. With two lines and one to seven seconds a cue, the usual limits of subtitling; see the BBC's and
Netflix's timed-text guidelines."""
LINES = 2
SHORTEST, LONGEST = 1.0, 7.0
"""Seconds of a cue."""
GAP = 1.0
"""Seconds of silence that end a cue."""


@dataclass(frozen=True)
class Cue:
    """What stands on the screen at a time."""

    start: float
    """Seconds of the answer."""
    end: float
    lines: tuple[str, ...]


def cues(transcript: Transcript) -> tuple[Cue, ...]:
    """The words as cues: at most two lines of 42 characters, one to seven seconds, never two at a time.

    A cue ends with a sentence, before a silence, or when it is full.
    """
    found: list[Cue] = []
    for words in _groups(list(_words(transcript))):
        start = max(words[0].start, found[-1].end if found else 0.0)
        end = min(max(words[-1].end, start + SHORTEST), start + LONGEST)
        found.append(Cue(start, end, tuple(_lines(words))))
    return tuple(found)


def _words(transcript: Transcript) -> Iterator[Word]:
    """The words, none longer than a line; first words begin with their utterance, as they are often dated earlier."""
    for utterance in transcript.utterances:
        for index, word in enumerate(utterance.words):
            start = max(word.start, utterance.start) if index == 0 else word.start
            pieces = [word.text[at : at + LINE] for at in range(0, len(word.text), LINE)]
            yield from (replace(word, text=piece, start=start) for piece in pieces)


def _groups(words: list[Word]) -> Iterator[list[Word]]:
    group: list[Word] = []
    for word in words:
        if group and not _belongs(word, group):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _belongs(word: Word, group: list[Word]) -> bool:
    start, last = group[0].start, group[-1]
    if last.text.endswith((".", "?", "!")) and last.end - start >= SHORTEST:
        return False
    fits = len(_lines([*group, word])) <= LINES and word.end - start <= LONGEST
    return fits and word.start - last.end < GAP


def _lines(words: list[Word]) -> list[str]:
    return textwrap.wrap(" ".join(word.text for word in words), LINE, break_on_hyphens=False)


def srt(transcript: Transcript) -> str:
    """SubRip."""
    return "\n".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_text(cue)}\n"
        for number, cue in enumerate(cues(transcript), 1)
    )


def vtt(transcript: Transcript) -> str:
    """WebVTT."""
    blocks = (
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_escaped(_text(cue))}\n" for cue in cues(transcript)
    )
    return "\n".join(["WEBVTT\n", *blocks])


def _text(cue: Cue) -> str:
    return "\n".join(cue.lines).replace("-->", "->")  # the arrow would end the cue's text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"
