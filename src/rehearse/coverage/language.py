"""What English does to a claim: denies it, hands it to others, speaks in general, wishes. No guide is known here."""

import re

VERSION = 5
"""Raised with every change of a pattern: fitted weights of before don't fit any more."""

_NOT = (
    r"(?:(?:can't|cannot|couldn't|could not) (?:\w+ )?tell you|never|didn't|did not|don't|do not|doesn't|haven't|hasn't|hadn't|have not|had not|wasn't|weren't|isn't|aren't|"
    r"won't|couldn't|can't|no one|nobody|none of|no|not any|without|there's no|there is no|there was no|there were no|"
    r"didnt|dont|havent|skipped|lacked|missing)"
)
_NEGATION = re.compile(rf"\b{_NOT}\b", re.IGNORECASE)
_REACH = 4
"""Words after a negation that it may deny."""
_TOKEN = re.compile(r"[a-z0-9']+")
_ABSENT = re.compile(
    r"\b(?:never (?:got|came) (?:round|around) to|never (?:really |actually )?(?:set|did|had|built|got|checked|looked|added)|"
    r"(?:didn't|did not|haven't|don't|do not|hadn't) (?:really |actually |yet |even |have time to |get to )*"
    r"(?:have|do|set up|build|get|check|look|watch|monitor|track|measure|deploy|write|run|plan|test|ask|say|tell|talk|"
    r"bother|manage|think|know)\b|"
    r"(?:did|do|have|had) (?:we|i|they) (?:ever |really )?\w+[^.!]*[,?] (?:no|nope|not really|never)\b|"
    r"nobody (?:checked|looked|knows|ever|watched)|no idea|not yet|no time for|left (?:it )?out|nothing like that|"
    r"can't tell you|couldn't tell you|wasn't (?:really )?(?:my part|involved|in on)|"
    r"there (?:is|was|were|are)(?:n't| not| no)\b)",
    re.IGNORECASE,
)
_WHOSE = r"(?:another|a different|a separate|the other) (?:\w+ )?|(?:the|our|their) (?!whole|entire|rest|two|three)\w+ "
_THEY = (
    rf"(?:{_WHOSE})(?:team|group|department|people|colleagues?|guys?|engineers?)|(?:somebody|someone) (?:else|from \w+)|"
    r"an? (?:colleague|contractor|consultant|vendor|agency)"
)
_SIDE = (
    r"(?:the other (?:\w+ )?|(?:the|our|their) (?!other|one|same|safe|bright|plus|minus|positive|negative|good|bad|flip|"
    r"down|left|right|wrong|far|near|light|dark|front|back|whole|entire)\w+ )side"
)
"""A side that people stand on, as in "the business side"; nobody stands on the safe or the bright side."""
_ADVERB = r"(?:also|always|just|only|simply|still|then|once|even|never|\w+ly)"
_DID = (
    r"(?:did|does|handled|handles|took|takes|owned|owns|built|set|deployed|deploys|ran|runs|decided|decides|wrote|"
    r"looks after|looked after)\b"
)
_OURS = rf"(?! (?:\w+ ){{0,2}}(?:i|we|it) (?:{_ADVERB} )*{_DID})"
"""No subject of our own stands before the verb: "with the data team we set up" tells what we did."""
_OTHERS = re.compile(
    rf"\b(?:(?:{_THEY}){_OURS}(?: \w+){{0,3}} {_DID}|(?:{_SIDE})(?: {_ADVERB})* {_DID}|"
    r"(?:was|were|is|are) (?:all )?(?:done|handled|built|set up|taken care of|deployed|decided|run) "
    rf"by (?:{_THEY}|{_SIDE}|others)|"
    rf"(?:belongs|goes|is up|was up|falls) to (?:{_THEY}|{_SIDE}|an? \w+ (?:team|group|department))|"
    r"(?:you'd|you would) (?:need|have|want) (?:to ask )?the \w+ (?:people|team|guys?)|"
    r"(?:can't|cannot|couldn't|won't) take (?:the |any )?credit|(?:out of|beyond) my (?:hands|sight|reach|control)|"
    r"not the right person|(?:that's|that is|that was|it's|it was) (?:theirs|their (?:job|part|side|business|thing)|"
    r"(?:somebody|someone) else's)|not (?:so |very |really |that )?(?:near|close) to (?:that|this|it)|"
    r"not (?:really )?(?:my|our) (?:job|part|business|thing)|i wasn't (?:really )?(?:involved|in on)|i don't know how they)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:you (?:take|put|collect|train|deploy|call|push|monitor|have to|need to|should|can|always|would)|"
    r"one (?:should|has to|needs)|it is important to|it's important to|people (?:should|always)|"
    r"means (?:that )?(?:you|putting|making)|in general|generally speaking|best practices?)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|so that|so we|so i|so it|so they|as (?:it|we|they|most|that|this|our)|which meant|which means|"
    r"the reason|in order to|to (?:avoid|keep|make|save|get|let|reduce|cut|ensure|allow|be able)|that way|instead of|"
    r"rather than|due to|therefore|why|given that|picked|chose|chosen|went with|purely|mostly for|allows?|lets?|"
    r"helped|means we|for (?:the )?(?:speed|latency|cost|scaling|rollback)|needed?|wanted)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:next|plan(?:s|ned|ning)?|will|we'll|i'll|would|future|going to|version|roadmap|eventually|coming)\b",
    re.IGNORECASE,
)
_RECURS = re.compile(r"\b(?:if|when|whenever|every|each|once an?|daily|weekly|monthly|nightly|hourly)\b", re.IGNORECASE)
_FROM_TWO = "two|three|four|five|six|seven|eight|nine"
_FROM_TEN = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    "seventy|eighty|ninety|hundred|thousand|million"
)
_FIGURE = re.compile(
    r"\b\d[\d.,]*\s?(?:%|percent|per cent|ms|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|k|million|thousand|euros?|"
    r"dollars?|pounds?|points?|x|times|users?|rows?|requests?)?|"
    rf"\b(?:{_FROM_TWO}|{_FROM_TEN}|point)\b",
    re.IGNORECASE,
)

_SMALL = f"one|{_FROM_TWO}"
_LARGE = f"{_FROM_TEN}|billion"
_NUMBER = re.compile(
    rf"\b(?:(?:{_SMALL}|{_LARGE}|a|and)[ -])*(?:{_LARGE})(?:[ -](?:and[ -])?(?:{_SMALL}|{_LARGE}))*\b|\d[\d.,]*\d|\d",
    re.IGNORECASE,
)


def with_figures_as_0(text: str) -> str:
    """Numbers from ten up in words, and all in digits, as 0: recognisers write "seventy" as 70, people as they like."""
    return _NUMBER.sub("0", text)


def says_absent(text: str) -> bool:
    """The clause says that something wasn't there or wasn't done."""
    return bool(_ABSENT.search(text))


def denies(text: str, words: frozenset[str]) -> bool:
    """A negation ends within four words before one of `words` (lower case)."""
    ends = {negation.end() for negation in _NEGATION.finditer(text)}
    tokens = list(_TOKEN.finditer(text.lower())) if ends else []
    negated = [token.end() in ends for token in tokens]
    return any(
        token.group() in words and any(negated[max(0, index - _REACH) : index]) for index, token in enumerate(tokens)
    )


def hands_to_others(text: str) -> bool:
    """Somebody else did it."""
    return bool(_OTHERS.search(text))


def speaks_in_general(text: str) -> bool:
    """How it is done, not how it was done."""
    return bool(_GENERAL.search(text)) and not re.search(r"\b(?:we|i|our|my)\b", text, re.IGNORECASE)


def gives_reason(text: str) -> bool:
    """Says why, or what for."""
    return bool(_REASON.search(text))


def plans(text: str) -> bool:
    """Speaks of what is to come."""
    return bool(_PLAN.search(text))


def recurs(text: str) -> bool:
    """Speaks of what happens again and again, or under a condition."""
    return bool(_RECURS.search(text))


def figures(text: str) -> int:
    """How many figures are named, in digits or words; "one" is left out."""
    return len(_FIGURE.findall(text))
