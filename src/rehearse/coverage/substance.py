"""How much a clause says by itself: "it helps you a lot" names nothing, whatever it may sound like."""

import re
from functools import lru_cache

_BARE = """
    a an the and or but so then we i you he she it they us me him them our your his her its their my this that these
    those there here of to in on at for by from with without into about as is are was were be been being am do did does
    done have has had having will would can could should may might must not no isnt arent wasnt werent dont didnt doesnt
    cant couldnt wont wouldnt havent hasnt hadnt im ive id ill youre youve youd youll were weve wed well theyre theyve
    thats theres its very really just quite also too more most much many some any all lot lots kind sort thing things
    stuff way get got getting go going make makes made want wants wanted need needs needed like know think say said see
    look one because if when what which who how why where than up out down over back now yeah okay
"""
_WORDS = frozenset(_BARE.split())
"""Words that name nothing."""

ENOUGH = 2
"""Different words that name something, from which nothing is taken off. Chosen on labelled answers to eleven guides, of
which no set loses; 3 would agree better with what people really said, and worse with what they write."""
SLOPE = 0.4
"""Score taken off for each word fewer; from 0.3 to 0.5 does nearly as well."""
REMEMBERED = 8192
"""Clauses of a growing transcript that aren't looked at again."""


@lru_cache(maxsize=REMEMBERED)
def scantness(text: str) -> float:
    """What is taken off a clause's scores; 0 for one that says enough by itself."""
    return SLOPE * max(0, ENOUGH - len(naming_words(text)))


def naming_words(text: str) -> frozenset[str]:
    """Lower-case words that name a thing, a deed or a figure."""
    plain = re.sub(r"['’]", "", text.lower())
    found = re.findall(r"[a-z0-9]+", plain)
    return frozenset(word for word in found if word not in _WORDS and (len(word) > 2 or word[0].isdigit()))
