"""From what is said clause by clause and sentence by sentence to one score a section."""

from collections.abc import Mapping, Sequence

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
DENSE, DENSITY_SHARE = -2.0, 0.2
"""Mean log-odds of the sentences' likeliest sections from which an answer counts as dense, and what is taken off for
each one above: who says much in few words says it clearly, so what is only touched mustn't count as covered."""
USUAL = 2
"""Sentences of usual density that are thought beside those of the answer: one or two tell little about it."""
PLAINEST, PLAINLY = 1.0, 0.5
"""Log-odds of the plainest thing that is said, of whatever section, up to which it counts, and what each section gains
for one of it: who tells of a system says something about it plainly; where nothing is plain, hints are hearsay."""
CLAUSES_SHARE = 0.5
"""Of the clauses' score beside tags."""
AGAINST = 2.0
"""How much more what speaks against the whole answer weighs where there are tags, which know no world but work. With it
recordings of people who answer nothing get the fewest ticks, at hardly a loss elsewhere."""
EARLY = 0.46
"""Taken off while one speaks: what follows may put it in another light. On what people really said 2.2 % of the rows
that are lit are taken back at the end, and 67 % of those ticked there are lit before; with 0.35 4.7 % and 75 %."""
SCALE, MIDDLE = 0.4, -1.4
"""Of clauses and tags together, to the clauses' own scale: the sum that a listener ticks from as often as not, and what
one more of it is worth. Chosen on labelled answers, written and real."""


def section_scores(
    clauses: Sequence[Judged], against: float, covered_at: float, *, sections: int, growing: bool
) -> list[float]:
    """How well each section was served; a listener would tick it from `covered_at` on.

    Args:
        clauses: of the whole answer.
        against: what speaks against the answer as a whole.
        covered_at: of the clauses' scores where there are no tags.
        sections: how many the guide has.
        growing: more is still to be said.
    """
    served = [[judged for judged in clauses if judged.blocked[index] is None] for index in range(sections)]
    scores = [pooled([float(judged.scores[index]) for judged in free]) for index, free in enumerate(served)]
    tags = {judged.clause.sentence: judged.tags for judged in clauses if judged.tags is not None}
    if not tags:
        return [score - against for score in scores]
    likeliest = [float(row.max()) for row in tags.values()]
    density = (sum(likeliest) + USUAL * DENSE) / (len(likeliest) + USUAL)
    off = AGAINST * against + DENSITY_SHARE * max(density, DENSE) - PLAINLY * min(max(likeliest), PLAINEST) + MIDDLE
    return [
        covered_at + SCALE * (CLAUSES_SHARE * score + _clear(index, free, tags) - off) - EARLY * growing
        for index, (score, free) in enumerate(zip(scores, served, strict=True))
    ]


def _clear(index: int, free: Sequence[Judged], tags: Mapping[int, Logits]) -> float:
    """Mean log-odds of the two likeliest sentences with a clause that counts for a section."""
    counting = {judged.clause.sentence for judged in free}
    likely = sorted((float(tags[number][index]) for number in counting), reverse=True) or [LEAST]
    return (likely[0] + max([likely[0] - ALONE, *likely[1:2]])) / 2


def pooled(scores: Sequence[float]) -> float:
    """One score of many: a soft maximum of the best few, so that two middling clauses count together; -1 of none."""
    if not scores:
        return -1.0
    best = np.sort(scores)[-POOLED:]
    return float(np.log(np.exp(SHARPNESS * best).sum()) / SHARPNESS)
