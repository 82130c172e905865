"""The words that name a section: a denial of one of them says that the section's matter wasn't there."""

import re

from rehearse.coverage.clauses import content_words
from rehearse.domain.guide import Guide

LEAST_LETTERS = 4

_FUNCTION_WORDS = """
    about above across after again against ahead all almost alone along already also although always am amid among an
    and another any anybody anyone anything anyway anywhere are around as at away be because been before behind being
    below beneath beside besides best better between beyond both but by can cannot could did do does doing done down
    during each either else enough even ever every everybody everyone everything everywhere few fewer first for from
    further gets getting given gives give got had half has have having he hence her here hers herself him himself his
    how however i if in inside instead into is it its itself just keep keeps kept last later least less like little
    lots made make makes making many may maybe me might mine more most mostly much must my myself near nearly neither
    never next nobody none nor not nothing now nowhere of off often on once one ones only onto or other others
    otherwise ought our ours ourselves out outside over own perhaps quite rather really same several shall she should
    since so some somebody somehow someone something sometimes somewhere soon still such than that the their theirs
    them themselves then there therefore these they this those though through throughout till to today together too
    toward towards under unless until up upon us usually very via was we well went were what whatever when whenever
    where wherever whether which whichever while who whoever whole whom whose why will with within without would yet you
    your yours yourself
"""
"""Closed classes, the commonest verbs and adverbs: they stand in every phrase and name nothing."""

_DENIALS = "idea ideas know known knows mind open point question said sure thing things think time times way yes"
"""Words by which English says that it doesn't know or hasn't got: "no idea", "didn't know", "no time", "no way"."""

_COMMON = """
    back big came clear come comes different difficult easy eight five four full go goes going good great happy hard
    high important long look looked looking looks low new nine right seven short six small take taken takes taking
    ten three took twenty two usual various whole work worked working works
"""
"""Adjectives, verbs and numbers that guides use in any phrase: "it worked out", "a good fit", "five whys"."""

_EMPTY = frozenset(" ".join((_FUNCTION_WORDS, _DENIALS, _COMMON)).split())


def names_nothing(word: str) -> bool:
    """A word that stands in phrases of every subject, such as "what", "many" or "didn't"."""
    return re.sub(r"(?:n't|'\w*)$", "", word) in _EMPTY or word in ("can't", "won't")


def topic_words(guide: Guide, index: int) -> frozenset[str]:
    """The words by which a section is denied: of its title, synonyms, hollow phrases and terms, in lower case."""
    section = guide.sections[index]
    named = [name for term in guide.terms if section.id in term.sections for name in (term.name, *term.aliases)]
    texts = (section.title, *section.synonyms, *section.hollow, *named)
    words = {word for text in texts for word in content_words(text)}
    return frozenset(word for word in words if len(word) >= LEAST_LETTERS and not names_nothing(word))
