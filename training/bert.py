"""BERT (Devlin et al. 2019) of MiniLM's size in PyTorch."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
WORD_PIECES, POSITIONS = 30522, 512
DROPPED = 0.1

_EMBEDDINGS = {"words": "word_embeddings", "positions": "position_embeddings", "types": "token_type_embeddings"}
_LAYER = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "joined": "attention.output.dense",
    "norm_attention": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm_output": "output.LayerNorm",
}


class Encoder(nn.Module):
    """Word pieces' ids and their mask, shape (texts, pieces), to the last layer, shape (texts, pieces, 384)."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(WORD_PIECES, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPPED)
        self.layers = nn.ModuleList(_layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The last layer."""
        return self.read(self.words(ids), mask)

    def read(self, words: Tensor, mask: Tensor) -> Tensor:
        """The last layer, from the word pieces' vectors, shape (texts, pieces, 384)."""
        hidden = words + self.positions.weight[: words.shape[1]] + self.types.weight[0]
        hidden = self.drop(self.norm(hidden))
        texts, tokens, _ = hidden.shape
        hide = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            read = layer["before_attention"](hidden)
            query, key, value = (
                layer[name](read).view(texts, tokens, HEADS, WIDTH // HEADS).transpose(1, 2)
                for name in ("query", "key", "value")
            )
            likeness = query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + hide
            mixed = self.drop(torch.softmax(likeness, -1)) @ value
            mixed = layer["joined"](mixed.transpose(1, 2).reshape(texts, tokens, WIDTH))
            hidden = layer["norm_attention"](hidden + self.drop(mixed))
            inner = functional.gelu(layer["inner"](layer["before_inner"](hidden)))
            outer = layer["outer"](layer["before_outer"](inner))
            hidden = layer["norm_output"](hidden + self.drop(outer))
        return hidden


def _layer() -> nn.ModuleDict:
    between = {name: nn.Linear(WIDTH, WIDTH) for name in ("query", "key", "value", "joined")}
    norms = {name: nn.LayerNorm(WIDTH, eps=1e-12) for name in ("norm_attention", "norm_output")}
    # Nothing happens there, except where weights are written in eight bits (`smoothing.py`).
    hooks = {name: nn.Identity() for name in ("before_attention", "before_inner", "before_outer")}
    feed_forward = {"inner": nn.Linear(WIDTH, INNER), "outer": nn.Linear(INNER, WIDTH)}
    return nn.ModuleDict({**between, **norms, **hooks, **feed_forward})


def pretrained(folder: Path) -> Encoder:
    """The weights of `all-MiniLM-L6-v2` from a folder with its `model.safetensors`."""
    weights = load_file(folder / "model.safetensors")
    names = {f"{ours}.weight": f"embeddings.{theirs}.weight" for ours, theirs in _EMBEDDINGS.items()}
    for part in ("weight", "bias"):
        names[f"norm.{part}"] = f"embeddings.LayerNorm.{part}"
        for layer in range(LAYERS):
            for ours, theirs in _LAYER.items():
                names[f"layers.{layer}.{ours}.{part}"] = f"encoder.layer.{layer}.{theirs}.{part}"
    encoder = Encoder()
    encoder.load_state_dict({ours: weights[theirs].float() for ours, theirs in names.items()})
    return encoder
