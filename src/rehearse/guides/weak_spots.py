"""What a valid guide may be weak in: cues and examples that tell little apart, terms that nobody can say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rehearse.domain.guide import Guide, Section, Term
from rehearse.domain.wording import counted
from rehearse.guides.checks import Finding
from rehearse.guides.positions import Path
from rehearse.guides.template import TO_REPLACE

ENOUGH_EXAMPLES = 12
"""Of a section: with fewer the classifier guesses."""
LEAST_WORDS = 3
"""Of an example: who says less says nothing that a listener could repeat."""
MUCH_SHARED = 0.25
"""Share of a section's examples from which those that stand in another one too keep the two from being told apart."""
MOST_TERM_WORDS = 5
_LONGEST_UNSPOKEN = 4
"""Letters without a vowel that are still spelled out one by one."""

_COMMON = frozenset(
    re.findall(
        "[a-z]+",
        """
    a about after all also and another any are as at back be because been before best better but by can could day did
    different do done down each end even every far few first for from get give go good got great had has have he help
    her here high him his how i if important in into is it its job just keep kind know last like little long look lot
    made make many me more most much must my need never new next no not now of often on one only or other our out over
    own part people place problem put really result right said same saw say see set she should since small so some
    something still such take team than that the their them then there these they thing things think this those time
    to too try two up us use used very want was way we well went were what when where which while who why will with
    work worked would year yes you your
    """,
    )
)
"""Words that stand in any answer."""


def weak_spots(guide: Guide) -> list[Finding]:
    """All of them, each with the path of the value; none of them keeps the guide from being used."""
    return [*_cues(guide), *_examples(guide), *_shared_examples(guide), *_terms(guide), *_samples(guide)]


def _words(text: str) -> str:
    """Words alone, in lower case, with a space on both sides: one text is part of another at whole words only."""
    found = re.findall(r"[^\W_]+", re.sub("['’]", "", text.casefold()))
    return f" {' '.join(found)} "


def _cues(guide: Guide) -> Iterator[Finding]:
    owners: dict[str, list[str]] = {}
    for section in guide.sections:
        for cue in {_words(cue) for cue in section.cues}:
            owners.setdefault(cue, []).append(section.title)
    for at, section in enumerate(guide.sections):
        said = {
            other.id: [_words(text) for text in other.examples] for other in guide.sections if other.id != section.id
        }
        elsewhere = [text for texts in said.values() for text in texts] + [_words(text) for text in guide.small_talk]
        for index, cue in enumerate(section.cues):
            path: Path = ("sections", at, "cues", index)
            words = _words(cue)
            others = [title for title in owners[words] if title != section.title]
            if others:
                yield path, f"the cue “{cue}” stands in “{others[0]}” too, keep it where it belongs"
            elif words.strip() in _COMMON:
                yield path, f"the cue “{cue}” is one common word, write the words around it too"
            elif words.count(" ") == 2 and _hits(words, elsewhere) > 1:
                yield path, f"the cue “{cue}” is one word that other sections say too, write the words around it"
            misses, hits = _hits(words, map(_words, section.near_misses)), _hits(words, map(_words, section.examples))
            if misses and misses >= hits:
                yield (
                    path,
                    f"the cue “{cue}” is in {counted(misses, 'near miss', 'near misses')} of its own section and in "
                    f"{counted(hits, 'example')}, make it longer or leave it out",
                )


def _hits(words: str, texts: Iterable[str]) -> int:
    return sum(words in text for text in texts)


def _examples(guide: Guide) -> Iterator[Finding]:
    for at, section in enumerate(guide.sections):
        yield from _examples_of(section, at)


def _examples_of(section: Section, at: int) -> Iterator[Finding]:
    if len(section.examples) < ENOUGH_EXAMPLES:
        yield (
            ("sections", at, "examples"),
            f"“{section.title}” has {counted(len(section.examples), 'example')}, write a dozen or more",
        )
    begun = [index for index, text in enumerate(section.examples) if text.startswith(TO_REPLACE)]
    if begun:
        told = "1 example is" if len(begun) == 1 else f"{len(begun)} examples are"
        yield ("sections", at, "examples", begun[0]), f"{told} still the template's, write what people say"
    misses = {_words(text) for text in section.near_misses}
    before: set[str] = set()
    for index, example in enumerate(section.examples):
        path: Path = ("sections", at, "examples", index)
        words = _words(example)
        if words in before:
            yield path, "this example stands in the section twice, write another"
        elif words in misses:
            yield path, "this example is a near miss of the same section too, decide which it is"
        elif len(words.split()) < LEAST_WORDS:
            yield path, f"the example “{example}” is very short, write what somebody would say"
        before.add(words)


def _shared_examples(guide: Guide) -> Iterator[Finding]:
    sets = [{_words(text) for text in section.examples} for section in guide.sections]
    for first, second in combinations(range(len(sets)), 2):
        shared = sets[first] & sets[second]
        if len(shared) < MUCH_SHARED * min(len(sets[first]), len(sets[second])):
            continue
        examples = guide.sections[second].examples
        index = next((n for n, text in enumerate(examples) if _words(text) in shared), 0)
        if shared:
            yield (
                ("sections", second, "examples", index),
                f"{counted(len(shared), 'example')} of “{guide.sections[second].title}” "
                f"{'stands' if len(shared) == 1 else 'stand'} in “{guide.sections[first].title}” too, "
                "keep those that really tick both",
            )


def _terms(guide: Guide) -> Iterator[Finding]:
    names = Counter(_words(term.name) for term in guide.terms)
    for index, term in enumerate(guide.terms):
        path: Path = ("terms", index, "name")
        if why := unsayable(term):
            yield path, f"nobody says “{term.name}” as it is written ({why}), add an alias as it is spoken"
        elif names[_words(term.name)] > 1:
            yield path, f"the term “{term.name}” stands here twice, remove one"


def unsayable(term: Term) -> str:
    """Why no form of a term can be said and written down again, or ""."""
    whys = [_unsayable(form) for form in (term.name, *term.aliases)]
    return whys[0] if all(whys) else ""


def _unsayable(text: str) -> str:
    if not re.search("[a-z0-9]", text, re.IGNORECASE):
        return "it has no letters that the recogniser writes"
    if signs := re.findall(r"[^\w\s.'’&+#/*–-]|_", text):
        return f"“{signs[0]}” isn't spoken"
    if len(text.split()) > MOST_TERM_WORDS:
        return f"it has more than {MOST_TERM_WORDS} words"
    for word in re.findall(r"[^\W_]+", text):
        if re.fullmatch(r"[a-z]\d+[a-z]+", word):
            return f"the figure in “{word}” counts letters"
        if word.isalpha() and len(word) > _LONGEST_UNSPOKEN and not re.search("[aeiouy]", word, re.IGNORECASE):
            return f"“{word}” has no vowel"
    return ""


def _samples(guide: Guide) -> Iterator[Finding]:
    for at, scenario in enumerate(guide.scenarios):
        served = {sentence.section for sentence in scenario.sample}
        left_out = [section.title for section in guide.sections if section.id not in served]
        if left_out:
            yield (
                ("scenarios", at, "sample"),
                f"the sample answer of “{scenario.title}” leaves out {_listed(left_out)}, add a sentence for it",
            )
        begun = [index for index, sentence in enumerate(scenario.sample) if sentence.text.startswith(TO_REPLACE)]
        if begun:
            yield (
                ("scenarios", at, "sample", begun[0], "text"),
                f"the sample answer of “{scenario.title}” is still the template's, write one of your own",
            )


def _listed(titles: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(f"“{one}”" for one in titles[:-1]), f"“{titles[-1]}”")))
