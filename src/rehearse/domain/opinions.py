"""What friends think of an answer's marks: their word stands beside the engine's, never over it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

UNNAMED = "a friend"
"""Who gave no name."""


class Agreement(StrEnum):
    """Whether a friend agrees with a mark."""

    YES = "yes"
    NO = "no"
    UNSURE = "can't tell"


@dataclass(frozen=True)
class Label:
    """A friend's word on one mark."""

    mark_id: str
    """Id of the section or mistake."""
    state: str
    """What the engine had said when the friend was asked: value of a `SectionState` or `MistakeState`."""
    agrees: Agreement
    quote: str = ""
    """Words of the transcript that the friend points at; "" if none."""
    comment: str = ""

    def short(self, friend: str, state: str) -> str:
        """`Ann: no`; with what she was asked about where the mark says something else by now (`state`)."""
        return f"{friend}: {self.agrees.value}" + ("" if state == self.state else f" to “{self.state}”")

    def whole(self, friend: str, state: str) -> str:
        """The same with the words pointed at and the comment: `Ann: no, “we had alerts” (in the middle)`."""
        quoted = f", “{self.quote}”" if self.quote else ""
        return f"{self.short(friend, state)}{quoted}{f' ({self.comment})' if self.comment else ''}"


@dataclass(frozen=True)
class Opinion:
    """What one friend thinks of one answer."""

    friend: str
    """Never empty; one opinion a name (upper and lower case are one)."""
    labels: tuple[Label, ...] = ()
    """At most one a mark; marks that the friend passed over have none."""
    comment: str = ""
    """On the whole answer."""


def labels_on(opinions: Sequence[Opinion], mark_id: str) -> Iterator[tuple[str, Label]]:
    """What was said of one mark, with who said it, in the order in which the opinions came."""
    for opinion in opinions:
        for label in opinion.labels:
            if label.mark_id == mark_id:
                yield opinion.friend, label


def with_opinion(opinions: Sequence[Opinion], new: Opinion) -> tuple[Opinion, ...]:
    """These and a new one, which takes the place of an earlier one by the same friend."""
    return (*without_opinion(opinions, new.friend), new)


def without_opinion(opinions: Sequence[Opinion], friend: str) -> tuple[Opinion, ...]:
    """These without the one by that friend."""
    return tuple(one for one in opinions if one.friend.casefold() != friend.casefold())
