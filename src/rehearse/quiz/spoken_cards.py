"""Cards answered aloud: the interviewer's follow-up question to each section, and fifteen seconds."""

from collections.abc import Iterator

from rehearse.domain.cards import SPOKEN_SECONDS, CardKind, SpokenCard
from rehearse.domain.guide import Guide
from rehearse.quiz.card_parts import card_id, section_line


def spoken_cards(guide: Guide) -> Iterator[SpokenCard]:
    """One card a section. They are a deck of their own: without a microphone nobody could answer them."""
    for section in guide.sections:
        yield SpokenCard(
            id=card_id(guide, CardKind.SPOKEN, section.id),
            guide_id=guide.id,
            kind=CardKind.SPOKEN,
            question=section.follow_up,
            statement=f"Answer aloud, from a project of your own. You have {SPOKEN_SECONDS} seconds.",
            why=section_line(section),
            explanation=section.advice,
            section_id=section.id,
            title=section.title,
        )
