"""Languages that people answer in by mistake, or mix in."""

import re
from collections.abc import Mapping

from rehearse.domain.transcript import Transcript

NAMES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""By their codes (ISO 639-1)."""
ENGLISH = frozenset([
    "the", "and", "to", "that", "it", "for", "with", "you", "they", "this", "but", "be", "by", "at", "not",
    "from", "have", "are", "which", "what", "there", "my", "our", "then", "when", "because", "just", "like",
    "if", "were", "been", "has", "do", "did", "would", "can", "could", "about", "up", "out", "them", "us",
    "its", "how", "who", "it's",
])  # fmt: skip
"""Among the commonest words of English, and no words of its neighbours."""
ENGLISH_SHARE, ENOUGH_WORDS = 0.03, 20
"""Share of such words under which so many words aren't English: a bare list of tools still has more."""


def other_language_line(transcript: Transcript) -> str:
    """What to say of an answer that isn't in English, or not all of it; "" where it is."""
    if transcript.timed:
        return language_line(transcript.foreign)
    return "" if reads_as_english(transcript) else "This doesn't read like English: only English is marked."


def reads_as_english(transcript: Transcript) -> bool:
    """False for what was typed in another language; what was spoken in another has no words."""
    if transcript.timed:  # marked again with every sentence: nothing is read for it
        return True
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", transcript.text.lower())
    english = sum(word in ENGLISH for word in words)
    return len(words) < ENOUGH_WORDS or english >= ENGLISH_SHARE * len(words)


def why_unjudged(transcript: Transcript) -> str:
    """Why an answer has no verdict, to stand behind a colon: too little was said, or too little that can be marked."""
    if not reads_as_english(transcript):
        return "it doesn't read like English"
    return "too little of it was in English" if transcript.foreign else "too little was said to judge"


def language_line(foreign: Mapping[str, float]) -> str:
    """What to say of speech that wasn't English; "" where all of it was.

    Args:
        foreign: seconds by the language's code, the longest first, as `Transcript.foreign`.
    """
    if not foreign:
        return ""
    name = NAMES.get(next(iter(foreign)))
    like = f"like {name}" if name else "like another language"
    return f"{max(1, round(sum(foreign.values())))} s sounded {like}: only English is written down and marked."
