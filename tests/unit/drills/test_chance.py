"""Different people's answers share no wording, so that what is lit in a second take was repeated, not met by chance."""

from itertools import combinations
from pathlib import Path

import yaml

from rehearse.domain.transcript import Transcript
from rehearse.drills.wording import content, repeated
from rehearse.guides.library import GuideLibrary

ANSWERS = Path(__file__).resolve().parents[2] / "eval"
GUIDES = {"second": "model-deployment", "ab-test": "ab-test", "disagreement": "disagreement"}
"""Files of written answers by different hands, and the guides that they answer."""


def test_no_two_peoples_answers_share_three_content_words_in_a_row(tmp_path: Path) -> None:
    library, pairs = GuideLibrary(tmp_path), 0
    for file, guide_id in GUIDES.items():
        guide = library.load(guide_id)
        answers = yaml.safe_load((ANSWERS / f"answers-{file}.yaml").read_text(encoding="utf-8"))
        said = [
            content(Transcript.typed(one["text"]), guide, guide.scenario(one["scenario"]).question) for one in answers
        ]
        for one, other in combinations(said, 2):
            pairs += 1
            assert repeated(one, other).share == 0
    assert pairs > 1000
