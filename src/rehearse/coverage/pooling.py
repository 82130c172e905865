"""From what is said clause by clause and sentence by sentence to one score a section."""

from collections.abc import Sequence

import numpy as np

from rehearse.coverage.judging import Judged
from rehearse.coverage.sentence_tagger import LEAST, Logits

POOLED = 3
"""Clauses whose scores add up. With all of them a long answer would cover everything by its length alone."""
SHARPNESS = 4.0
"""How much the best clause outweighs the others when they are pooled."""
ALONE = 3.0
"""Log-odds by which the second likeliest sentence is below the likeliest at most. Their mean decides, because one alone
may be a slip; but a short answer has no other."""
DENSE, DENSITY_SHARE = -2.0, 0.7
"""Mean log-odds of the sentences' likeliest sections from which an answer counts as dense, and what is taken off for
each one above: who says much in few words says it clearly, so what is only touched mustn't count as covered."""
USUAL = 2
"""Sentences of usual density that are thought beside those of the answer: one or two tell little about it."""
AGAINST = 2.0
"""How much more what speaks against the whole answer weighs where there are tags, which know no world but work. With it
recordings of people who answer nothing get the fewest ticks, at hardly a loss elsewhere."""
EARLY = 0.15
"""Taken off while one speaks: what follows may put it in another light."""
SCALE, MIDDLE = 0.4, -1.1
"""Of clauses and tags together, to the clauses' own scale: the sum that a listener ticks from as often as not, and what
one more of it is worth. Chosen on labelled answers, written and real."""


def section_score(index: int, clauses: Sequence[Judged], against: float, covered_at: float, *, growing: bool) -> float:
    """How well a section was served; a listener would tick it from `covered_at` on.

    Args:
        index: of the section.
        clauses: of the whole answer.
        against: what speaks against the answer as a whole.
        covered_at: of the clauses' scores where there are no tags.
        growing: more is still to be said.
    """
    free = [judged for judged in clauses if judged.blocked[index] is None]
    score = pooled([float(judged.scores[index]) for judged in free])
    if not clauses or clauses[0].tags is None:
        return score - against
    tags = by_sentence(clauses)
    counting = {judged.clause.sentence for judged in free}
    likely = sorted((float(row[index]) for number, row in tags.items() if number in counting), reverse=True) or [LEAST]
    clear = (likely[0] + max([likely[0] - ALONE, *likely[1:2]])) / 2
    density = (sum(float(row.max()) for row in tags.values()) + USUAL * DENSE) / (len(tags) + USUAL)
    said = score - AGAINST * against + clear - DENSITY_SHARE * max(density, DENSE)
    return covered_at + SCALE * (said - MIDDLE) - EARLY * growing


def by_sentence(clauses: Sequence[Judged]) -> dict[int, Logits]:
    """The tags of each sentence, by its number."""
    return {judged.clause.sentence: judged.tags for judged in clauses if judged.tags is not None}


def pooled(scores: Sequence[float]) -> float:
    """One score of many: a soft maximum of the best few, so that two middling clauses count together; -1 of none."""
    if not scores:
        return -1.0
    best = np.sort(scores)[-POOLED:]
    return float(np.log(np.exp(SHARPNESS * best).sum()) / SHARPNESS)
