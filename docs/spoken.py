"""Lets a synthesised candidate speak the answers that the pictures show; keeps what was heard and marked.

`python docs/spoken.py` takes a minute: the voice, Whisper and the engine are the real ones, so that no picture shows a
mark that the program wouldn't give. `pictures.py` only draws what is kept here, and draws the same on every machine.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from rehearse.coverage.engine import load_engine
from rehearse.delivery import measure
from rehearse.domain.coverage import Coverage
from rehearse.domain.delivery import Delivery
from rehearse.domain.transcript import Transcript
from rehearse.guides.library import GuideLibrary
from rehearse.history.plain_json import from_plain, to_plain
from rehearse.live.whole_answer import transcribe_samples
from rehearse.speech.models import load_transcriber
from rehearse.speech.voice import InterviewerVoice

KEPT = Path(__file__).parent / "pictures" / "answers.json"
GUIDE, SCENARIO = "model-deployment", "intermediate"

FIRST = (
    "I trained a model with Python and pandas and scikit-learn to predict how long a taxi takes. Then I used Docker "
    "and Kubernetes and AWS. It worked well and the team was happy with it."
)
SECOND = (
    "At a taxi company, people cancelled because our arrival times were off by six or seven minutes, and every "
    "cancelled ride cost us the fare. I trained gradient boosting with LightGBM on two years of rides, and I kept it "
    "because it was easy to explain. For deployment, um, I wrapped it in FastAPI, built a Docker image, and it runs on "
    "Kubernetes behind the booking service, since the answer has to be there in fifty milliseconds. And we monitored "
    "everything. What bit us was daylight saving time. For one night every arrival was an hour off, and I learned to "
    "keep all times in UTC."
)
LIVE_SECONDS = 32.0
"""Of the second answer: what the picture of an answer that is still being given shows."""


def kept() -> dict[str, tuple[Transcript, Coverage, Delivery | None]]:
    """Words, marks and figures of each answer: `first`, `second`, and `live`, the beginning of the second."""
    plain = json.loads(KEPT.read_text(encoding="utf-8"))
    return {
        name: (
            from_plain(Transcript, one["transcript"]),
            from_plain(Coverage, one["coverage"]),
            from_plain(Delivery, one["delivery"]) if one["delivery"] else None,
        )
        for name, one in plain.items()
    }


def speak_and_mark() -> dict[str, Any]:
    """The same as plain values, made anew."""
    guide = GuideLibrary().load(GUIDE)
    scenario = guide.scenario(SCENARIO)
    made: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        engine = load_engine(guide, cache=cache)
        transcriber = load_transcriber("base", models=cache, cache=cache, guide=guide, scenario=scenario)
        voice = InterviewerVoice(cache)
        for name, text in (("first", FIRST), ("second", SECOND)):
            heard = transcribe_samples(voice.synthesise(text), transcriber, engine, scenario)
            figures = measure(heard.transcript, heard.speech, heard.coverage)
            made[name] = {"transcript": heard.transcript, "coverage": heard.coverage, "delivery": figures}
        begun = tuple(one for one in made["second"]["transcript"].utterances if one.end < LIVE_SECONDS)
        words = Transcript(begun, duration=LIVE_SECONDS, model=transcriber.name)
        marks = engine.assess(words, scenario, final=False)
        made["live"] = {"transcript": words, "coverage": marks, "delivery": None}
    return {name: to_plain_rounded(parts) for name, parts in made.items()}


def to_plain_rounded(value: Any) -> Any:
    """Plain values, with figures to the hundredth: more would only make the file long."""

    def rounded(plain: Any) -> Any:
        match plain:
            case float():
                return round(plain, 2)
            case dict():
                return {key: rounded(one) for key, one in plain.items()}
            case list():
                return [rounded(one) for one in plain]
            case _:
                return plain

    return rounded(to_plain(value))


if __name__ == "__main__":
    os.environ.setdefault("REHEARSE_HOME", tempfile.mkdtemp())
    rows = [f'"{name}": {json.dumps(one, ensure_ascii=False)}' for name, one in speak_and_mark().items()]
    KEPT.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
