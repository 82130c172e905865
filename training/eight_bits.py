"""Encoders as the app reads them: layers as int8 ONNX, and the word pieces' vectors, which all of them share."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from torch import Tensor, nn
from training.bert import WIDTH, Encoder
from training.smoothing import smoothed

from rehearse.coverage.word_vectors import ROW


class _Layers(nn.Module):
    """What comes after the word pieces' vectors."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        return self.encoder.read(words, mask)


def write_layers(encoder: Encoder, target: Path, tokens: BertWordPieceTokenizer, texts: Sequence[str]) -> None:
    """Write an encoder's layers with weights in eight bits, a scale a channel; `texts` are like those it'll read.

    Seven of the eight are used: with all of them processors without VNNI saturate, and would mark otherwise than others
    (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    shapes = {0: "texts", 1: "pieces"}
    example = torch.zeros(1, 3, WIDTH), torch.ones(1, 3, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        whole, prepared = Path(folder) / "whole.onnx", Path(folder) / "prepared.onnx"
        torch.onnx.export(
            _Layers(smoothed(encoder, tokens, texts)).eval(),
            example,
            str(whole),
            input_names=["words", "attention_mask"],
            output_names=["last_hidden_state"],
            dynamic_axes={"words": shapes, "attention_mask": shapes, "last_hidden_state": shapes},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(whole, prepared, skip_symbolic_shape=True)
        quantize_dynamic(prepared, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def write_words(encoder: Encoder, target: Path) -> None:
    """Write the vectors of an encoder's word pieces in eight bits, a scale a word piece."""
    vectors = encoder.words.weight.detach().numpy()
    rows = np.zeros(len(vectors), ROW)
    rows["scale"] = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    rows["steps"] = np.rint(vectors / rows["scale"][:, None])
    np.save(target, rows)
