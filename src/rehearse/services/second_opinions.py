"""A friend's second opinion on the marks: the page to send, and what comes back of it."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rehearse.domain.answer import Answer, AnswerStatus
from rehearse.domain.opinions import Agreement, Opinion
from rehearse.domain.wording import counted
from rehearse.errors import AudioFileError, InputError
from rehearse.history.answers import AnswerStore
from rehearse.history.export import file_stem
from rehearse.opinions.page import build_page
from rehearse.services.equipment import Equipment
from rehearse.services.new_files import write_new


def page_name(answer: Answer) -> str:
    """A name for the page."""
    return f"second-opinion-{file_stem(answer)}.html"


def write_page(equipment: Equipment, answer: Answer, path: Path) -> None:
    """Write the page that asks about an answer's marks: whole, or not at all.

    Raises:
        InputError: nothing to ask about, a file of that name is there, or it can't be written.
    """
    guide = None
    with suppress(InputError):  # gone or broken: the marks stand by their ids
        guide = equipment.library.load(answer.guide_id)
    page = build_page(answer, guide, _sound(answer))
    if path.suffix.lower() == ".json":
        raise InputError("A page ends in .html", next_step="What a friend has sent back is read, not written.")
    write_new(path, page)


def _sound(answer: Answer) -> str:
    """The recording as a data URI; "" where there is none that can be read: the words are enough to judge by."""
    if answer.recording is None or not answer.transcript.timed:
        return ""
    from rehearse.audio.compressed import data_uri
    from rehearse.audio.recorded import read_recording

    with suppress(AudioFileError):
        return data_uri(read_recording(answer.recording))
    return ""


@dataclass(frozen=True)
class Taken:
    """A friend's opinion that was kept."""

    answer: Answer
    """As it is now."""
    opinion: Opinion
    replaced: bool
    """There was one by the same friend before."""

    def __str__(self) -> str:
        """What it says, in a sentence."""
        given = [label.agrees for label in self.opinion.labels]
        found = [f"{given.count(one)} {one.value}" for one in Agreement if one in given]
        instead = " It takes the place of an earlier one by that name." if self.replaced else ""
        return f"{self.opinion.friend} on {counted(len(given), 'mark')}: {', '.join(found)}.{instead}"


def take_opinion(store: AnswerStore, path: Path, name: str = "") -> Taken:
    """Keep what a friend's file says with the answer it is about.

    Args:
        store: where the answer is.
        path: the file.
        name: whose it is, where the file should say something else.

    Raises:
        InputError: it isn't what the page saves, or its answer isn't there.
        StoreError: it can't be kept.
    """
    from rehearse.opinions.reading import read_opinion

    returned = read_opinion(path)
    opinion = replace(returned.opinion, friend=name) if name else returned.opinion
    try:
        answer = store.get(returned.answer_id)
    except InputError:
        answer = None
    if answer is None or answer.status is not AnswerStatus.FINISHED or answer.coverage is None:
        raise InputError(
            f"{path.name} is about an answer that isn't in the history",
            why="it was deleted, or given elsewhere",
            next_step="`rehearse history list` shows what there is, with --trash what can be brought back.",
        )
    marks = answer.coverage
    known = {one.section_id for one in marks.sections} | {one.mistake_id for one in marks.mistakes}
    for label in opinion.labels:
        if label.mark_id not in known:
            raise InputError(
                f"{path.name} can't be taken as a second opinion",
                why=f"the answer has no mark “{label.mark_id}”",
                next_step="Ask your friend to save the answers on the page again and to send the file as it is.",
            )
    before = {one.friend.casefold() for one in answer.opinions}
    return Taken(store.keep_opinion(answer.id, opinion), opinion, opinion.friend.casefold() in before)
