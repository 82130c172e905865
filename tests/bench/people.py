"""People, many with an accent, some in noise or on the phone: ours beside plain faster-whisper on the same clips.

The clips aren't part of this repository; each way's words are kept in a folder of your choice (`--texts`), so that what
hasn't changed isn't decoded again.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearse.audio.files import load_audio
from rehearse.domain.guide import Guide
from rehearse.domain.sound import Samples, seconds
from rehearse.domain.transcript import Transcript, Word
from rehearse.guides.library import GuideLibrary
from rehearse.live.afterwards import heard_again
from rehearse.live.endpointing import Endpointer
from rehearse.live.transcript_builder import TranscriptBuilder
from rehearse.live.whole_answer import transcribe_samples
from rehearse.services.model_choice import SHORT
from rehearse.speech.phonetics import letters
from rehearse.speech.transcriber import Transcriber, hear_passage, nobody_waits, somebody_waits
from rehearse.speech.vad import StreamingVad
from tests.bench.models import Plain, model_folder, our_transcriber
from tests.bench.speech import GUIDE, NoMarks
from tests.bench.tables import note, progress, show_table, verdict
from tests.bench.words import UNCOUNTED, tokens
from tests.fakes import SHARED

ALLOWED_LOSS = 0.003
"""Word error rate above that of plain decoding that would still do."""

PLAIN = "plain"
"""The whole recording, plain faster-whisper with the same weights."""

_QUICK = 20
"""Clips of people with an accent, the shortest first, that a quick run takes."""


@dataclass(frozen=True)
class Clip:
    """A recording of somebody, and what they said."""

    path: Path
    kind: str
    reference: str

    @property
    def group(self) -> str:
        """The kind without its details."""
        return re.split(r"[,(:]", self.kind)[0].strip()


@dataclass(frozen=True)
class Counts:
    """What one way of decoding made of some clips."""

    words: int = 0
    wrong: int = 0
    inserted: int = 0
    dropped: int = 0
    first_wrong: int = 0
    last_wrong: int = 0
    odd_capitals: int = 0
    false_terms: int = 0
    false_fillers: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def word_error_rate(self) -> float:
        """Of the words said."""
        return self.wrong / max(1, self.words)


def clips() -> list[Clip]:
    """All there are; none where they aren't at hand."""
    folder = SHARED / "audio" / "people"
    manifest = folder / "manifest.jsonl"
    if not manifest.exists():
        return []
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines() if line]
    return [Clip(folder / row["file"], row["kind"], row["reference"]) for row in rows]


def run(
    cache: Path, models: Sequence[str], *, quick: bool = False, full: bool = False, texts: Path | None = None
) -> None:
    """Print the tables; `texts` is a folder to keep the words of plain decoding in."""
    chosen = clips()
    if not chosen:
        note("The clips of people aren't at hand; left out.")
        return
    if quick:
        foreign = [clip for clip in chosen if re.search(r"8 kHz|phone|L2", clip.kind)]
        chosen = sorted(foreign, key=lambda clip: clip.path.stat().st_size)[:_QUICK]
    guide = GuideLibrary().load(GUIDE)
    for name in models if full else models[:1]:
        folder = model_folder(name, cache)
        if folder is None:
            note(f"Whisper `{name}` isn't installed; left out.")
            continue
        _compare(name, folder, chosen, guide, cache, texts, our_transcriber(name, cache) if full else None)


def _compare(
    name: str,
    folder: Path,
    chosen: Sequence[Clip],
    guide: Guide,
    cache: Path,
    texts: Path | None,
    unbiased: Transcriber | None,
) -> None:
    plain, biased = Plain(folder), our_transcriber(name, cache, guide, guide.scenarios[0].id)
    groups: dict[str, dict[str, Counts]] = {}
    length = 0.0
    for number, clip in enumerate(chosen):
        progress(f"{name}: {number + 1} of {len(chosen)} clips")
        sound = load_audio(clip.path)
        length += seconds(len(sound))
        kept = texts / f"{name}-{clip.path.stem}.plain.txt" if texts else None
        known = kept.read_text(encoding="utf-8") if kept and kept.exists() else None
        at_stop, in_the_end = live_order(sound, biased)
        found = {
            PLAIN: Transcript.typed(plain.transcribe(sound).text if known is None else known),
            "files": _whole(sound, biased, guide),
            "spoken, at the stop": at_stop,
            "spoken, in the end": in_the_end,
        }
        if unbiased:
            found["files, no terms"] = _whole(sound, unbiased, guide)
        for way, transcript in found.items():
            if texts:
                texts.mkdir(parents=True, exist_ok=True)
                file = texts / f"{name}-{clip.path.stem}.{letters(way)}.txt"
                file.write_text(transcript.text, encoding="utf-8")
            for group in (clip.group, "all"):
                counts = groups.setdefault(group, {})
                counts[way] = counts.get(way, Counts()) + count(clip.reference, transcript.words, guide)
    progress()
    _print(name, len(chosen), length, groups)


def _whole(sound: Samples, transcriber: Transcriber, guide: Guide) -> Transcript:
    return transcribe_samples(sound, transcriber, NoMarks(), guide.scenarios[0]).transcript


def live_order(sound: Samples, transcriber: Transcriber) -> tuple[Transcript, Transcript]:
    """Segment by segment, and each passage heard again, as the live pipeline does it on a machine that keeps up.

    Returns:
        What is seen at the stop, when nobody has time to hear the last segment again, and what stays.
    """
    endpointer, builder = Endpointer(StreamingVad()), TranscriptBuilder(transcriber.name, memory=SHORT)
    segments = [*endpointer.hear(sound), *endpointer.finish()]
    for number, segment in enumerate(segments):
        if builder.ends_before(segment):
            builder.close()
            builder.settle()
        builder.add(segment, transcriber.transcribe(segment, builder.before, hurry=somebody_waits))
        if number + 1 < len(segments):
            assert builder.open is not None
            builder.open.hear_as_one(hear_passage(transcriber, builder.open.segments))
    builder.close()
    at_stop = builder.whole
    *_, in_the_end = heard_again(
        builder,
        transcriber,
        given_up=nobody_waits,
        clock=lambda: 0.0,  # on a busy machine it would be given up, and only words are measured here
    )
    return at_stop, in_the_end


def count(reference: str, words: Sequence[Word], guide: Guide) -> Counts:
    """Errors of a clip. Fillers count apart, as in `words.word_errors`."""
    import jiwer

    heard = " ".join(word.text for word in words)
    every, got = tokens(reference), tokens(heard)
    said, counted = ([word for word in text if word not in UNCOUNTED] for text in (every, got))
    found = jiwer.process_words(" ".join(said), " ".join(counted) or "…")
    inserted, dropped = found.insertions, found.deletions
    forms = {letters(form): term.name for term in guide.terms for form in (term.name, *term.aliases)}
    known = {form: name for form, name in forms.items() if len(form) > 2}  # "it" isn't "IT"
    spoken = " ".join(said)
    false = {word.term for word in words if word.term and " ".join(tokens(word.term)) not in spoken}
    return Counts(
        words=len(said),
        wrong=found.substitutions + inserted + dropped,
        inserted=inserted,
        dropped=dropped,
        first_wrong=int(counted[:1] != said[:1]),
        last_wrong=int(counted[-1:] != said[-1:]),
        odd_capitals=len(_odd_capitals(heard) - _odd_capitals(reference)),
        false_terms=len(false | {known[word] for word in counted if word in known and word not in said}),
        false_fillers=max(0, len(got) - len(counted) - (len(every) - len(said))),
    )


def _odd_capitals(text: str) -> set[str]:
    """Words with a capital inside that are no abbreviations: "EverTried"."""
    return {word for word in re.findall(r"[\w-]+", text) if re.search(r"[a-z][A-Z]|^[A-Z]{5,}$", word)}


def _print(name: str, number: int, length: float, groups: dict[str, dict[str, Counts]]) -> None:
    everything = groups.pop("all")
    ways = list(everything)
    groups["all"] = everything
    show_table(
        f"`{name}`: word error rate of people, {number} clips, {length / 60:.0f} min",
        ["kind", "words", *ways],
        [
            [group, counts[ways[0]].words, *(f"{100 * counts[way].word_error_rate:.1f} %" for way in ways)]
            for group, counts in groups.items()
        ],
    )
    what = [field for field in Counts.__dataclass_fields__ if field not in ("words", "wrong")]
    show_table(
        f"`{name}`: what went wrong",
        ["", *ways],
        [[field.replace("_", " "), *(getattr(everything[way], field) for way in ways)] for field in what],
    )
    for way in ways[1:]:
        loss = everything[way].word_error_rate - everything[PLAIN].word_error_rate
        more = everything[way].dropped - everything[PLAIN].dropped
        note(
            f"{way}: word error rate {100 * loss:+.1f} points against plain (at most +0.3: "
            f"{verdict(loss, ALLOWED_LOSS)}), {more:+d} words dropped (none more: {verdict(more, 0)})."
        )
