"""A session of the quiz: asks, judges, plans and keeps, a card at a time. No keys, no widgets, no clock of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from rehearse.domain.cards import Card, CardState, Phase, Rating, Review, Round
from rehearse.quiz import queue
from rehearse.quiz.modes import QuizMode, Reviews
from rehearse.quiz.questions import Outcome, Question, Response, Verdict, ask, judge
from rehearse.quiz.retrievability import SectionName, SectionOutlook, day_looked_at, look_ahead
from rehearse.quiz.reworded_cards import adoptions
from rehearse.quiz.scheduler import Scheduler
from rehearse.quiz.summary import Asked, Summary, summarise

ROUNDS = (QuizMode.SECTION, QuizMode.SPOKEN)
"""Modes that ask a round of cards planned beforehand, and what was missed once more."""


@dataclass(frozen=True)
class _Step:
    """What is needed to take an answer back."""

    asked: Asked
    key: int
    before: CardState | None


class QuizSession:
    """One session with the cards of one guide or several. Every answer is kept before the next card is asked."""

    def __init__(
        self,
        cards: Sequence[Card],
        sections: Sequence[SectionName],
        reviews: Reviews,
        scheduler: Scheduler,
        *,
        now: datetime,
        random: Random,
        mode: QuizMode = QuizMode.DUE,
        section_id: str | None = None,
    ) -> None:
        """Nothing is asked yet.

        Args:
            cards: the decks, in the order in which new cards are introduced.
            sections: the sections that the cards are about.
            reviews: where everything is kept.
            scheduler: plans the cards.
            now: UTC.
            random: lays out the options.
            mode: what to ask.
            section_id: asks the cards of that section alone.
        """
        self.mode = mode
        self.section_id = section_id
        self.started_at = now
        self.current: Question | None = None
        self.verdict: Verdict | None = None
        """Of the current question; None while it is open."""
        self._deck = tuple(cards)
        self._sections = tuple(sections)
        self._reviews = reviews
        self._scheduler = scheduler
        self._random = random
        self._guides = {card.guide_id for card in cards}
        self._states = reviews.states(self._guides, now)
        if moved := adoptions(self._deck, self._states):
            reviews.rename(moved)
            self._states = reviews.states(self._guides, now)
        wanted = [card for card in cards if section_id is None or card.section_id == section_id]
        self._cards = wanted if mode is not QuizMode.SECTION else []
        self._planned: list[Card] = []
        if mode in ROUNDS:
            self._planned = list(queue.section_round(wanted, self._states, scheduler, now))
        elif mode.seconds:
            self._planned = queue.blitz_cards(self._cards, random)
        unseen = sum(card.id not in self._states for card in self._deck)
        today = str(scheduler.today(now))
        self._new_before = reviews.new_on(today, self._guides)
        due = {
            card.id for card in self._deck if card.id in self._states and scheduler.is_due(self._states[card.id], now)
        }
        repeated = len(due | reviews.repeated_on(today, self._guides))
        self._new_a_day = queue.new_a_day(unseen + self._new_before, scheduler.days_left(now), repeated)
        self._asked_at = now
        self._shown: set[str] = set()
        self._steps: list[_Step] = []
        self._finished = False

    def _known(self) -> dict[str, CardState]:
        """States of the deck's cards alone: the store may know cards that the guide no longer has."""
        return {card.id: self._states[card.id] for card in self._deck if card.id in self._states}

    # -- asking ----------------------------------------------------------------------------------------------------

    def start(self, now: datetime) -> None:
        """The clock starts now: laying out the cards and drawing them took its time."""
        self.started_at = now

    def next(self, now: datetime) -> Question | None:
        """The next question; None when there is nothing left or the time is up."""
        last = self.current.card if self.current else None
        card = self._choose(last, now)
        self.current, self.verdict = None, None
        if card is not None:
            self.current = ask(card, self._random, new=card.id not in self._states)
            self._shown.add(card.statement)
            self._asked_at = now
        return self.current

    def _choose(self, last: Card | None, now: datetime) -> Card | None:
        if self.is_over(now):
            return None
        if self.mode is QuizMode.DUE:
            return queue.next_due(self._waiting(now), last, self._shown)
        if self._planned:
            return self._planned.pop(0)
        if self.mode in ROUNDS:
            missed = self._missed()
            return next((card for card in missed if card is not last), missed[0] if missed else None)
        self._planned = queue.blitz_cards(self._cards, self._random)
        return self._planned.pop(0) if self._planned else None

    def _missed(self) -> list[Card]:
        """Cards of this session that aren't known yet, each once, in the order in which they were asked last."""
        asked = dict.fromkeys(step.asked.card.id for step in reversed(self._steps))
        cards = {step.asked.card.id: step.asked.card for step in self._steps}
        worn = self._worn_out()
        return [
            cards[key] for key in reversed(asked) if self._states[key].phase is not Phase.REVIEW and key not in worn
        ]

    def _worn_out(self) -> set[str]:
        """Ids of cards that came back often enough: one who can't know them now is let go, they stay due."""
        times = Counter(step.asked.card.id for step in self._steps)
        return {key for key, count in times.items() if count > queue.MOST_RETURNS}

    def _waiting(self, now: datetime) -> queue.Waiting:
        allowed = self._new_a_day - self._new_before - sum(s.asked.first for s in self._steps)
        worn = self._worn_out()
        cards = [card for card in self._cards if card.id not in worn] if worn else self._cards
        return queue.waiting(cards, self._states, self._scheduler, now, new_allowed=allowed)

    def left(self, now: datetime) -> int | None:
        """Questions still to come after the current one, as far as can be said; None in a blitz."""
        if self.mode.seconds:
            return None
        open_card = self.current.card if self.current and self.verdict is None else None
        if self.mode in ROUNDS:
            return len(self._planned) + sum(card is not open_card for card in self._missed())
        return sum(card is not open_card for card in self._waiting(now).cards)

    def seconds_left(self, now: datetime) -> float | None:
        """Of a blitz; None in the other modes."""
        if self.mode.seconds is None:
            return None
        return max(0.0, self.mode.seconds - (now - self.started_at).total_seconds())

    def is_over(self, now: datetime) -> bool:
        """A blitz whose time is up."""
        return self.seconds_left(now) == 0.0

    # -- answering -------------------------------------------------------------------------------------------------

    def answer(self, response: Response, now: datetime) -> Verdict | None:
        """Judge and keep an answer to the current question; None after the end of a blitz (it doesn't count).

        Raises:
            ValueError: there is no open question, or the response is of another kind.
        """
        if self.current is None or self.verdict is not None:
            raise ValueError("no question is open")
        if self.is_over(now):
            return None
        verdict = judge(self.current, response)
        self._keep(self.current, verdict, now, (now - self._asked_at).total_seconds())
        self.verdict = verdict
        return verdict

    def reveal(self, now: datetime) -> Verdict | None:
        """Give up: the right answer is shown, and the card comes again."""
        return self.answer(None, now)

    def grade(self, rating: Rating, now: datetime) -> bool:
        """Say oneself how well the card answered last was known; replaces the rating that its answer got.

        Returns:
            False where that can't be said: nothing was answered, it wasn't right, or it was a blitz.
        """
        step = self._steps[-1] if self._steps else None
        if step is None or self.mode.seconds or step.asked.verdict.outcome is not Outcome.RIGHT:
            return False
        self._forget(step)
        verdict = replace(step.asked.verdict, rating=rating)
        self._keep(step.asked.question, verdict, now, step.asked.seconds)
        if self.verdict is not None:
            self.verdict = verdict
        return True

    def undo(self, now: datetime) -> Question | None:
        """Take the last answer back and ask its card again; None where there is nothing to take back."""
        if not self._steps:
            return None
        step = self._steps[-1]
        if self.current is not None and self.current is not step.asked.question:
            self._shown.discard(self.current.card.statement)
            if self.mode is not QuizMode.DUE and self.current.card.id not in {s.asked.card.id for s in self._steps}:
                self._planned.insert(0, self.current.card)
        self._forget(step)
        self.current, self.verdict = step.asked.question, None
        self._asked_at = now
        return self.current

    def _keep(self, question: Question, verdict: Verdict, now: datetime, seconds: float) -> None:
        card, before = question.card, self._states.get(question.card.id)
        after = self._after(card, before, verdict.rating, now)
        review = Review(
            card_id=card.id,
            guide_id=card.guide_id,
            rating=verdict.rating,
            reviewed_at=now,
            day=str(self._scheduler.today(now)),
            seconds=max(0.0, seconds),
            mode=self.mode.value,
            first=before is None and after is not None,
        )
        key = self._reviews.record(review, after)
        self._steps.append(_Step(Asked(question, verdict, review.seconds, review.first), key, before))
        if after is not None:
            self._states[card.id] = after

    def _after(self, card: Card, before: CardState | None, rating: Rating, now: datetime) -> CardState | None:
        if self.mode.seconds is None:
            return self._scheduler.review(card, before, rating, now)
        # In a hurry one guesses: what went right says little, what went wrong is looked at again.
        return replace(before, due=now) if before is not None and rating is Rating.AGAIN else None

    def _forget(self, step: _Step) -> None:
        self._reviews.take_back(step.key)
        self._steps.remove(step)
        card_id = step.asked.card.id
        if step.before is None:
            self._states.pop(card_id, None)
        else:
            self._states[card_id] = step.before

    # -- afterwards ------------------------------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Everything answered, in order."""
        return tuple(step.asked for step in self._steps)

    @property
    def score(self) -> int:
        """Right answers."""
        return sum(step.asked.verdict.outcome is Outcome.RIGHT for step in self._steps)

    @property
    def guides(self) -> frozenset[str]:
        """Ids of the guides whose cards are asked."""
        return frozenset(self._guides)

    @property
    def section_title(self) -> str:
        """Of the one section that is asked; "" where it isn't one."""
        return next((one.title for one in self._sections if one.section_id == self.section_id), "")

    @property
    def scope(self) -> str:
        """Whose personal best counts: the guide's id, or "" for several guides."""
        return next(iter(self._guides)) if len(self._guides) == 1 else ""

    @property
    def best(self) -> Round | None:
        """The best blitz of this length so far."""
        return self._reviews.best(self.scope, self.mode.seconds) if self.mode.seconds else None

    def outlook(self, now: datetime) -> tuple[SectionOutlook, ...]:
        """How the sections stand, weakest first."""
        at, _ = day_looked_at(self._scheduler, now)
        return look_ahead(self._sections, self._deck, self._states, self._scheduler, at)

    def summary(self, now: datetime) -> Summary:
        """How it went and how things stand; a blitz that went to its end is kept the first time."""
        best = self.best
        if self.mode.seconds and self.is_over(now) and not self._finished and self._steps:
            self._finished = True
            self._reviews.add_round(Round(self.scope, self.mode.seconds, self.score, len(self._steps), now))
        return summarise(
            asked=self.asked,
            best=best,
            over=self.is_over(now),
            days=self._reviews.days(),
            cards=self._deck,
            states=self._states,
            sections=self._sections,
            scheduler=self._scheduler,
            now=now,
        )
