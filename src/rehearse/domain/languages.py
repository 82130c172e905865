"""Names of languages that people answer in by mistake, or mix in."""

from collections.abc import Mapping

NAMES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""By their codes (ISO 639-1)."""


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
