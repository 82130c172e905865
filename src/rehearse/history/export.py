"""Answers as files: Markdown, JSON, subtitles, sound."""

import errno
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import Coverage, MistakeState
from rehearse.domain.delivery import Delivery
from rehearse.domain.guide import Guide
from rehearse.domain.markup import markdown_text
from rehearse.domain.missing import microphone_away, missing_line
from rehearse.domain.moments import local, local_text
from rehearse.domain.opinions import Opinion, labels_on
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.result import result_json
from rehearse.domain.transcript import Quote
from rehearse.domain.wording import as_sentence, counted
from rehearse.errors import InputError, RehearseError
from rehearse.files import free_path, replace_text, replacing
from rehearse.history import subtitles
from rehearse.private import make_private_folder


class ExportFormat(StrEnum):
    """What an answer can be written as; the value is the file's ending."""

    MARKDOWN = "md"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"
    AUDIO = "wav"


FORMATS: Mapping[str, str] = {
    ExportFormat.MARKDOWN.value: "transcript, marks and figures, to read",
    ExportFormat.JSON.value: "the result as `rehearse score` prints it, the question and your notes",
    ExportFormat.SRT.value: "subtitles for most players",
    ExportFormat.VTT.value: "subtitles for the web",
    ExportFormat.AUDIO.value: "the recording",
}
"""What can be chosen, and what it is."""


@dataclass(frozen=True)
class LeftOut:
    """What wasn't written, because the answer hasn't what the format needs, see `can_export`."""

    answer_id: str
    format: ExportFormat


def left_out(all_of_them: Iterable[LeftOut]) -> list[str]:
    """A sentence for each format: of how many answers it wasn't written, and why."""
    counts = Counter(one.format for one in all_of_them)
    return [_left_out(format, number) for format, number in counts.items()]  # noqa: A001 - as --format


def _left_out(format: ExportFormat, number: int) -> str:  # noqa: A002 - as --format
    what, lacking = ("answer", "recording") if format is ExportFormat.AUDIO else ("typed answer", "times")
    have, them = ("has", "it") if number == 1 else ("have", "them")
    return f"{counted(number, what)} {have} no {lacking}: no {format.value} was written of {them}."


def file_stem(answer: Answer) -> str:
    """A name for the answer's files that every system takes: `2026-11-23-1420-model-deployment-beginner-9827ca`.

    The date is that of the reader's clock, like all dates in exports.
    """
    parts = (f"{local(answer.created_at):%Y-%m-%d-%H%M}", answer.guide_id[:40], answer.scenario_id[:40], answer.id[-6:])
    return "-".join(safe for part in parts if (safe := re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-")))


def export_json(answer: Answer) -> dict[str, Any]:
    """The result as `rehearse score` prints it, what was asked, when and how it was said, and what the user put to it.

    `judged` is null without marks, `microphone_away` seconds that weren't heard because there was no microphone,
    `follow_up_of` the id of an answer, `series` that of an interview or a drill.
    """
    return {
        "date": local(answer.created_at).isoformat(),
        "question": answer.question,
        **result_json(answer),
        "judged": answer.marks.judged if answer.marks else None,
        "microphone_away": microphone_away(answer),
        "source": answer.source.value,
        "mode": answer.mode.value,
        "follow_up_of": answer.follow_up_of,
        "follow_up_section": answer.follow_up_section,
        "series": answer.series_id,
        "starred": answer.starred,
        "notes": answer.notes,
        "opinions": [_opinion(one) for one in answer.opinions],
    }


def _opinion(opinion: Opinion) -> dict[str, Any]:
    """A friend's word on each mark; `state` is what the engine had said when the friend was asked."""
    labels = [
        {"id": one.mark_id, "state": one.state, "agrees": one.agrees.value, "quote": one.quote, "comment": one.comment}
        for one in opinion.labels
    ]
    return {"friend": opinion.friend, "comment": opinion.comment, "labels": labels}


def can_export(answer: Answer, format: ExportFormat) -> bool:  # noqa: A002 - as --format
    """Whether the answer has what the format needs: times for subtitles, a recording for sound."""
    if format in (ExportFormat.SRT, ExportFormat.VTT):
        return answer.transcript.timed
    return format is not ExportFormat.AUDIO or (answer.recording is not None and answer.recording.is_file())


def render(answer: Answer, format: ExportFormat, guide: Guide | None = None) -> str:  # noqa: A002 - as --format
    """The text of an export.

    Args:
        answer: what to write.
        format: any but `AUDIO`.
        guide: for the titles of sections and mistakes in Markdown; their ids stand there without it.

    Raises:
        InputError: subtitles of a typed answer.
        ValueError: sound has no text.
    """
    if not can_export(answer, format) and format is not ExportFormat.AUDIO:
        raise InputError(
            f"There are no subtitles of answer {answer.id}", why="it was typed", next_step="Choose md or json."
        )
    match format:
        case ExportFormat.MARKDOWN:
            return _markdown(answer, guide)
        case ExportFormat.JSON:
            return json.dumps(export_json(answer), indent=2, ensure_ascii=False) + "\n"
        case ExportFormat.SRT:
            return subtitles.srt(answer.transcript)
        case ExportFormat.VTT:
            return subtitles.vtt(answer.transcript)
        case ExportFormat.AUDIO:
            raise ValueError("sound has no text")


def export(answer: Answer, folder: Path, format: ExportFormat, guide: Guide | None = None) -> Path:  # noqa: A002 - as --format
    """Write one answer into a folder, which is made if need be; existing files are never overwritten.

    What was said in private stays so: file and new folder are for their owner alone.

    Raises:
        InputError: the answer hasn't what the format needs, or the folder can't be written to.
    """
    ending = f".{format.value}"
    if format is ExportFormat.AUDIO and answer.recording is not None:
        ending = answer.recording.suffix
    target = free_path(folder / (file_stem(answer) + ending))
    try:
        make_private_folder(folder)
        if format is not ExportFormat.AUDIO:
            replace_text(target, render(answer, format, guide), durable=False)
        else:
            with _sound(answer) as sound, replacing(target, durable=False) as copy:
                shutil.copyfileobj(sound, copy)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise InputError(
            f"Can't write {target}",
            why="the disk is full" if full else error.strerror or str(error),
            next_step="Free some space, or choose another folder." if full else "Choose another folder.",
        ) from error
    return target


def export_answers(
    answers: Iterable[Answer], formats: Sequence[str], folder: Path, guides: Mapping[str, Guide]
) -> Iterator[Path | LeftOut]:
    """Write answers in every format they have what it takes for; gives every file once it is there, and what was left
    out.

    Args:
        answers: taken one at a time, so that thousands need no room.
        formats: keys of `FORMATS`.
        folder: made if need be.
        guides: by id, for the titles in Markdown; ids stand there where a guide is missing.

    Raises:
        InputError: an unknown format, or the folder can't be written to.
    """
    for name in formats:
        if name not in FORMATS:
            raise InputError(f"There is no format “{name}”", next_step=f"Known are: {', '.join(FORMATS)}.")
    chosen = [ExportFormat(name) for name in formats]
    for answer in answers:
        for format in chosen:  # noqa: A001 - as --format
            if can_export(answer, format):
                yield export(answer, folder, format, guides.get(answer.guide_id))
            else:
                yield LeftOut(answer.id, format)


def export_kept(
    read: Callable[[str], Answer],
    answer_ids: Sequence[str],
    formats: Sequence[str],
    folder: Path,
    guides: Mapping[str, Guide],
) -> Iterator[Path | LeftOut | RehearseError]:
    """Write kept answers one after the other; gives every file once it is there, and why there is none.

    Args:
        read: gives an answer by its id.
        answer_ids: of the answers; where there is but one, it being unreadable is raised.
        formats: as for `export_answers`.
        folder: likewise.
        guides: likewise.

    Raises:
        InputError: an unknown format, or the folder can't be written to.
    """
    for answer_id in answer_ids:
        try:
            answer = read(answer_id)
        except RehearseError as error:
            if len(answer_ids) == 1:
                raise
            yield error
        else:
            yield from export_answers([answer], formats, folder, guides)


def _sound(answer: Answer) -> BinaryIO:
    if answer.recording is None or not answer.recording.is_file():
        raise InputError(f"Answer {answer.id} has no recording", next_step="Choose md, json, srt or vtt.")
    return answer.recording.open("rb")


def _markdown(answer: Answer, guide: Guide | None) -> str:
    titles: dict[str, str] = {}
    if guide:
        titles |= {section.id: section.title for section in guide.sections}
        titles |= {mistake.id: mistake.title for mistake in guide.mistakes}
        titles |= {scenario.id: scenario.title for scenario in guide.scenarios}

    def title(name: str) -> str:
        return markdown_text(titles.get(name, name))

    marks = answer.marks
    parts = [
        f"# {title(answer.scenario_id)}",
        f"{local_text(answer.created_at)}, guide {markdown_text(answer.guide_id)}",
        f"> {markdown_text(answer.question)}",
        *(filter(None, [missing_line(answer)])),
        *(_coverage(marks, title, answer.opinions) if marks else ()),
        *(_overall(answer.opinions)),
        *(_delivery(answer.delivery) if answer.delivery else ()),
        "## Transcript",
        *(
            (f"**{clock_text(one.start)}** " if answer.transcript.timed else "") + markdown_text(one.text)
            for one in answer.transcript.utterances
            if one.words
        ),
    ]
    if answer.notes:
        parts += ["## Notes", answer.notes.strip()]
    return "\n\n".join(parts) + "\n"


def _coverage(marks: Coverage, title: Callable[[str], str], opinions: Sequence[Opinion]) -> list[str]:
    def row(name: str, verdict: str, corrected: bool, evidence: Sequence[Quote]) -> str:
        said = f" {_quoted(evidence[0])}" if evidence else ""
        return f"- **{title(name)}**: {verdict}{' (corrected by you)' if corrected else ''}.{said}"

    def friends(name: str, state: str) -> str:
        said = (markdown_text(label.whole(friend, state)) for friend, label in labels_on(opinions, name))
        return "".join(f"\n  - {one}" for one in said)

    sections = [
        row(one.section_id, one.state.value, one.corrected, one.evidence)
        + "".join(f" {as_sentence(reason)}" for reason in one.unheard)
        + friends(one.section_id, one.state)
        for one in marks.sections
    ]
    mistakes = [
        row(one.mistake_id, one.state.value, one.corrected, one.evidence)
        + (f" {markdown_text(one.reason)}" if one.reason else "")
        + friends(one.mistake_id, one.state)
        for one in marks.mistakes
        if one.state is not MistakeState.OPEN
    ]
    blocks = ["## Sections", "\n".join(sections)]
    return [*blocks, "## Mistakes", "\n".join(mistakes)] if mistakes else blocks


def _overall(opinions: Sequence[Opinion]) -> list[str]:
    said = [f"- **{markdown_text(one.friend)}**: {markdown_text(one.comment)}" for one in opinions if one.comment]
    return ["## What friends said of it", "\n".join(said)] if said else []


def _quoted(quote: Quote) -> str:
    at = f" ({clock_text(quote.start)})" if quote.start is not None else ""
    return f"“{markdown_text(quote.text)}”{at}"


def _delivery(delivery: Delivery) -> list[str]:
    lines = [
        f"- {delivery.words_per_minute:.0f} words a minute",
        f"- {counted(len(delivery.fillers), 'filler')} ({delivery.fillers_per_minute:.1f} a minute)",
        f"- {counted(len(delivery.pauses), 'pause')} over 2 s",
        f"- first word after {delivery.time_to_first_word:.1f} s",
    ]
    return ["## Delivery", "\n".join(lines)]
