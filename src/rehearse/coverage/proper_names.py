"""Names of things that no guide lists, told by their capitals; and which of them the speaker put to use."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rehearse.coverage.clauses import STARTERS
from rehearse.domain.transcript import Transcript

_OPENED = re.compile(r"^[\"'“‘(\[]")
"""A quotation or an aside begins with a capital of its own."""
_BEFORE_SENTENCE = re.compile(r"[:…—–][\"'”’)]*$|\.\.\.$|-$")
"""Besides a full stop: what editors set before a sentence that begins anew."""
_EXCLAIMED = frozenset("okay ok well wow hey yeah yes no oh wait sure right god hello thanks please".split())  # noqa: SIM905 - words in a row read best
_PUT_TO_USE = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|utili[sz]\w+|leverag\w+|took|tak(?:e|es|ing)|tr(?:y|ied)|cho(?:o?se|sen)|pick(?:ed)?|"
    r"install\w*|fine-?tun\w+|with|via|through|call(?:ed)?|such as|like|based on|tools?|library|libraries|framework|"
    r"model|stack|"
    r"(?:built|runs?|running|hosted|deployed?|trained|tuned|wrote|written|served?|stored?|put|moved?|migrated|switched|"
    r"pushed?|work(?:s|ed|ing)?|implement\w*|develop\w*) (?:\w+ ){0,3}(?:on|in|with|to|into))\b"
    r"|\b(?:an?|our|my|over)$",
    re.IGNORECASE,
)
"""What stands before a thing that somebody works with. Before employers, towns and people it seldom does: “at METRO”,
“in Nevada”. Chosen on labelled answers, written and real."""
REACH = 8
"""Words before a name that tell what became of it."""
_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday christmas easter
    january february march april may june july august september october november december
"""
_PEOPLES = """
    english german french spanish portuguese italian dutch russian chinese indian american european british
    brazil germany france spain india china america europe usa uk eu us
"""
_ABBREVIATIONS = """
    ai ml nlp ocr llm dl cv iot mlops devops mle qa ui ux it bi etl crud api rest sdk http url json csv xml pdf sms
    gpu cpu ram cto ceo cfo coo hr pm phd msc okr kpi roi sla slo ltv ctr poc mvp saas b2b b2c rnd r&d a/b ci/cd
"""
"""What anybody in the trade says; none is a tool or a result."""
_NO_NAME = STARTERS | _EXCLAIMED | {*_CALENDAR.split(), *_PEOPLES.split(), *_ABBREVIATIONS.split()}


def proper_names(transcript: Transcript) -> list[str]:
    """Capitalised words inside sentences but of the calendar, of peoples, or of everyday abbreviations, once each."""
    return list(dict.fromkeys(name for name, _ in _named(transcript)))


def names_put_to_use(transcript: Transcript) -> list[str]:
    """Those of them that the speaker says to have worked with, or that stand in a row with one, once each.

    Capitalised words with nothing between them are one name, as “Red Cross”.
    """
    words = transcript.words
    found: list[str] = []
    last = -1
    """Where the name taken last ends."""
    for name, at in _named(transcript):
        follows = at - 1 == last
        if follows and words[last].text[-1].isalnum():
            found[-1] = f"{found[-1]} {name}"
            last = at
            continue
        first = at
        while first > max(0, at - REACH) and not words[first - 1].ends_sentence:
            first -= 1
        before = " ".join(word.text for word in words[first:at])
        if follows or _PUT_TO_USE.search(before):
            found.append(name)
            last = at
    return list(dict.fromkeys(found))


def _named(transcript: Transcript) -> Iterator[tuple[str, int]]:
    """Each name, with the number of its word."""
    for at, (before, word) in enumerate(pairwise(transcript.words), 1):
        name = _bare(word.text)
        if before.ends_sentence or _BEFORE_SENTENCE.search(before.text) or _OPENED.match(word.text):
            continue
        if len(name) < 3 or not name[0].isupper():
            continue
        plain = re.split(r"['’]", name.lower())[0]
        if plain != "i" and plain not in _NO_NAME and plain.removesuffix("s") not in _NO_NAME:
            yield name, at


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word.strip(".,;:!?…\"'“”‘’()[]"))
