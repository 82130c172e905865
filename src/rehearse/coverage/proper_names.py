"""Names of things that no guide lists, told by their capitals."""

import re

from rehearse.coverage.clauses import STARTERS
from rehearse.domain.transcript import Transcript

_OPENED = re.compile(r"^[\"'“‘(\[]")
"""A quotation or an aside begins with a capital of its own."""
_BEFORE_SENTENCE = re.compile(r"[:…—–][\"'”’)]*$|\.\.\.$|-$")
"""Besides a full stop: what editors set before a sentence that begins anew."""
_EXCLAIMED = frozenset("okay ok well wow hey yeah yes no oh wait sure right god hello thanks please".split())  # noqa: SIM905 - words in a row read best
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
    found: list[str] = []
    for before, word in zip(transcript.words, transcript.words[1:], strict=False):
        text = word.text.strip(".,;:!?…\"'“”‘’()[]")
        text = re.sub(r"['’]s$", "", text)
        if before.ends_sentence or _BEFORE_SENTENCE.search(before.text) or _OPENED.match(word.text):
            continue
        if len(text) < 3 or not text[0].isupper():
            continue
        plain = re.split(r"['’]", text.lower())[0]
        if plain == "i" or plain in _NO_NAME or plain.removesuffix("s") in _NO_NAME or text in found:
            continue
        found.append(text)
    return found
