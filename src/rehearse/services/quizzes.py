"""The quiz put together: decks of the guides, what is kept, the date of the interview."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from random import Random
from threading import Lock

from rehearse.domain.cards import Card
from rehearse.domain.coverage import Coverage, SectionState
from rehearse.domain.guide import Guide
from rehearse.history.reviews import ReviewStore
from rehearse.quiz.deck import build_deck
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.retrievability import SectionName, SectionOutlook, day_looked_at
from rehearse.quiz.scheduler import Scheduler
from rehearse.quiz.session import QuizSession
from rehearse.quiz.spoken_cards import spoken_cards


class Quizzes:
    """Opens sessions and counts what is due. Decks are built once a guide. Safe to use from any thread."""

    def __init__(self, reviews: Callable[[], ReviewStore], interview: Callable[[], date | None]) -> None:
        """`reviews` and `interview` are asked whenever they are needed: both can change."""
        self._reviews = reviews
        self._interview = interview
        self._decks: dict[str, tuple[Guide, tuple[Card, ...]]] = {}
        self._lock = Lock()

    def deck(self, guide: Guide) -> tuple[Card, ...]:
        """The guide's cards."""
        with self._lock:
            kept = self._decks.get(guide.id)
            if kept is None or kept[0] is not guide:
                kept = self._decks[guide.id] = (guide, build_deck(guide))
            return kept[1]

    def session(
        self,
        guides: Iterable[Guide],
        *,
        mode: QuizMode,
        section_id: str | None,
        now: datetime,
        random: Random,
    ) -> QuizSession:
        """A session with the cards of some guides; `now` is UTC."""
        chosen = tuple(guides)
        spoken = mode is QuizMode.SPOKEN
        return QuizSession(
            [card for guide in chosen for card in spoken_cards(guide)] if spoken else self._cards(chosen),
            [SectionName(guide.id, section.id, section.title) for guide in chosen for section in guide.sections],
            self._reviews(),
            Scheduler(self._interview()),
            now=now,
            random=random,
            mode=mode,
            section_id=section_id,
        )

    def due(self, guides: Sequence[Guide], now: datetime) -> int:
        """How many cards a session would ask today, new ones included."""
        opened = self.session(guides, mode=QuizMode.DUE, section_id=None, now=now, random=Random(0))
        return opened.left(now) or 0

    def outlook(self, guide: Guide, now: datetime) -> tuple[tuple[SectionOutlook, ...], date]:
        """How the sections of a guide would be remembered on the day of the interview, or in a week; and that day."""
        opened = self.session([guide], mode=QuizMode.DUE, section_id=None, now=now, random=Random(0))
        return opened.outlook(now), day_looked_at(Scheduler(self._interview()), now)[1]

    def _cards(self, guides: Iterable[Guide]) -> list[Card]:
        return [card for guide in guides for card in self.deck(guide)]


def missed_sections(coverage: Coverage) -> tuple[str, ...]:
    """Ids of the sections that a spoken answer left out; none where it was too short to judge."""
    if not coverage.judged:
        return ()
    return tuple(mark.section_id for mark in coverage.sections if mark.state is SectionState.MISSING)
