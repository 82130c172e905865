"""What the list of the first screen holds: the drill proposed next, and guides by field, unfolded or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehearse.domain.guide import Guide, Scenario
    from rehearse.services.next_drill import NextDrill
    from rehearse.services.overview import Overview

FEW = 12
"""Rows of guides and scenarios up to which everything is unfolded: so many are seen at once in a window of 24 lines."""
FIELDS_FROM = 5
"""Guides from which they stand under their fields."""
NEXT = "next"
"""Id of the row that goes on with what is proposed."""


@dataclass(frozen=True)
class Choice:
    """A scenario on the list."""

    guide: Guide
    scenario: Scenario


@dataclass(frozen=True)
class FieldRow:
    """Where the guides below are asked."""

    field: str


@dataclass(frozen=True)
class GuideRow:
    """A guide; its scenarios follow if it is unfolded."""

    guide: Guide
    unfolded: bool
    tried: int
    """How many of its scenarios were answered."""
    own: bool

    @property
    def id(self) -> str:
        """Of the row."""
        return f"guide:{self.guide.id}"


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario of the guide above."""

    choice: Choice

    @property
    def id(self) -> str:
        """Of the row, as in `Overview.latest`."""
        return key_of(self.choice)

    def holds(self, typed: str) -> bool:
        """Its own title or question holds one of the words that were typed; not for ""."""
        text = f"{self.choice.scenario.title} {self.choice.scenario.question}".casefold()
        return any(word in text for word in typed.casefold().split())


@dataclass(frozen=True)
class NextRow:
    """What helps most now, and why."""

    drill: NextDrill
    id: str = NEXT

    @property
    def choice(self) -> Choice:
        """The scenario."""
        return Choice(self.drill.guide, self.drill.scenario)


Row = FieldRow | GuideRow | ScenarioRow | NextRow


def key_of(choice: Choice) -> str:
    """`guide/scenario`."""
    return f"{choice.guide.id}/{choice.scenario.id}"


def first_choice(guide: Guide, latest: Mapping[str, object]) -> Choice:
    """A guide's first scenario that wasn't tried yet, or its first; `latest` holds those that were, by key."""
    choices = [Choice(guide, scenario) for scenario in guide.scenarios]
    return next((one for one in choices if key_of(one) not in latest), choices[0])


def key_at_first(overview: Overview) -> str | None:
    """Of the scenario under the cursor when nothing was chosen yet: of what is tried, or answered last."""
    tried = next((guide for guide in overview.guides if guide.id == overview.tried), None)
    return key_of(first_choice(tried, overview.latest)) if tried else overview.latest_key


def is_unprepared(choice: Choice, prepared: Guide | None) -> bool:
    """Nothing was made ready yet, or the guide that was has been edited since."""
    return prepared is None or (prepared.id == choice.guide.id and prepared != choice.guide)


def all_choices(overview: Overview) -> dict[str, Choice]:
    """Every scenario by its key."""
    choices = [Choice(guide, scenario) for guide in overview.guides for scenario in guide.scenarios]
    return {key_of(choice): choice for choice in choices}


def unfolded_at_first(overview: Overview) -> set[str]:
    """Ids of guides: the one that is tried; else all where they are few, the one practised last, or the first."""
    if overview.tried:
        return {overview.tried}
    if sum(1 + len(guide.scenarios) for guide in overview.guides) <= FEW:
        return {guide.id for guide in overview.guides}
    if overview.latest_key is not None:
        return {overview.latest_key.partition("/")[0]}
    return {guide.id for guide in overview.guides[:1]}


def rows(overview: Overview, unfolded: Collection[str], typed: str = "") -> list[Row]:
    """All rows in order.

    Args:
        overview: guides and answers.
        unfolded: ids of the guides whose scenarios are listed.
        typed: words that a guide must hold, in its name, its question, its field or its scenarios; those that do are
            unfolded and nothing is proposed.
    """
    guides = [guide for guide in overview.guides if _holds(guide, typed)]
    found: list[Row] = []
    # Who tries a guide wants this one, whatever would help most.
    if not typed.strip() and overview.next_drill is not None and not overview.tried:
        found.append(NextRow(overview.next_drill))
    for field, members in _by_field(guides).items():
        if len(overview.guides) >= FIELDS_FROM:
            found.append(FieldRow(field))
        for guide in members:
            is_open = guide.id in unfolded or bool(typed.strip())
            found.append(GuideRow(guide, is_open, _tried(guide, overview.latest), guide.id in overview.own))
            if is_open:
                found += [ScenarioRow(Choice(guide, scenario)) for scenario in guide.scenarios]
    return found


def _by_field(guides: Collection[Guide]) -> dict[str, list[Guide]]:
    """Fields in the order in which they first come; the guides of one stand together."""
    found: dict[str, list[Guide]] = {}
    for guide in guides:
        found.setdefault(guide.field, []).append(guide)
    return found


def _tried(guide: Guide, latest: Mapping[str, object]) -> int:
    return sum(f"{guide.id}/{scenario.id}" in latest for scenario in guide.scenarios)


def _holds(guide: Guide, typed: str) -> bool:
    text = " ".join(_words(guide)).casefold()
    return all(word in text for word in typed.casefold().split())


def _words(guide: Guide) -> Iterator[str]:
    yield from (guide.id, guide.title, guide.question, guide.field)
    for scenario in guide.scenarios:
        yield from (scenario.title, scenario.question)
