"""What was said or typed to a card: judged, or refused with the true reason."""

import pytest

from rehearse.errors import InputError
from rehearse.quiz.spoken_cards import spoken_cards
from rehearse.services.spoken_cards import judge_words
from tests.fakes import KeywordAssessor, small_guide

GUIDE = small_guide()
CARD = next(spoken_cards(GUIDE))
GERMAN = (
    "Wir haben das Modell jeden Abend auf einem kleinen Rechner laufen lassen und die Listen morgens an die Filialen "
    "geschickt, weil sie sonst zu viel Brot bestellt hatten."
)


@pytest.mark.parametrize(
    ("text", "said"), [(GERMAN, "it doesn't read like English"), ("Well, yes.", "only “Well, yes.” was made out")]
)
def test_what_is_not_judged_is_told_why(text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        judge_words(CARD, GUIDE, text, lambda: KeywordAssessor(GUIDE))
    assert raised.value.why == said


def test_what_is_in_english_is_judged() -> None:
    text = f"The {CARD.section_id} of it was that they had to know early how much bread to bake for the next day."
    assert judge_words(CARD, GUIDE, text, lambda: KeywordAssessor(GUIDE)).text == text
