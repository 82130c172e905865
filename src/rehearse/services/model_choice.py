"""Whether a speech model can follow a speaker on this machine: measured once a model, on a few spoken seconds."""

from rehearse.settings import Places
from rehearse.speech.model_speeds import keeps_up, measure_speed, measured_speeds
from rehearse.speech.models import AUTO, QUICK_ENOUGH, chosen_model, load_transcriber
from rehearse.speech.shipped import BASE, TINY
from rehearse.speech.voice import InterviewerVoice

SPOKEN = (
    "We wanted to know a week ahead which machines would fail, so I trained a gradient boosting model on two years "
    "of sensor data, put it into a container, and a nightly job writes its results into a table."
)
"""Some ten seconds of speech."""

SHORT = 150.0
"""Seconds of speech in an answer that is heard again as a whole, at most."""

AFTERWARDS = 30.0
"""Seconds of work that it may take, while the person reads the marks."""


def speed_of(places: Places, model: str) -> float | None:
    """Decoding time by audio time of a model; None if it wasn't measured yet."""
    return measured_speeds(places.cache).get(model)


def follows_live(places: Places, model: str) -> bool:
    """False for a model that is known to be too slow to be used while speaking."""
    factor = speed_of(places, model)
    return factor is None or keeps_up(factor)


def heard_again(places: Places, model: str) -> float:
    """Seconds of an answer up to which all of it may be heard again after the marks: what takes `AFTERWARDS`, at most
    `SHORT`. Nothing where the model's speed isn't known.
    """
    factor = speed_of(places, BASE if model == AUTO else model)
    if model == AUTO and factor is not None and factor > QUICK_ENOUGH:
        factor = speed_of(places, TINY)
    return min(SHORT, AFTERWARDS / max(factor, 1e-6)) if factor is not None else 0.0


def model_words(places: Places, model: str) -> str:
    """Which speech models listen, for a heading."""
    used = models_used(places, model)
    return f"speech model{'s' if len(used) > 1 else ''} {' and '.join(used)}"


def models_used(places: Places, model: str) -> tuple[str, ...]:
    """Names of the models that a choice of the settings comes to on this machine, as far as it was measured."""
    if model != AUTO:
        return (model,)
    return (TINY,) if (speed_of(places, BASE) or 0.0) > QUICK_ENOUGH else (TINY, BASE)


def measure_model(places: Places, model: str) -> float:
    """Measure a model and remember it; decoding time by audio time.

    Raises:
        InputError, ModelError: there is no such model, or it is altered.
    """
    voice = InterviewerVoice(places.cache)
    spoken = voice.synthesise(SPOKEN)
    voice.rest()  # before the model takes its memory
    transcriber = load_transcriber(model, models=places.models, cache=places.cache)
    return measure_speed(transcriber, spoken, cache=places.cache)


def choose_model(places: Places) -> str:
    """Measure, the first time, whether this machine is quick enough for the better of the shipped models.

    Returns:
        What was chosen, in a line for the person; "" if it was known before.

    Raises:
        ModelError: a model is missing or altered.
    """
    if speed_of(places, BASE) is not None or chosen_model(AUTO, live=True, models=places.models, cache=None) != BASE:
        return ""
    times = 1 / measure_model(places, BASE)
    chosen = chosen_model(AUTO, live=True, models=places.models, cache=places.cache)
    if chosen == BASE:
        return f"Whisper {BASE} listens to you: this machine decodes {times:.0f} times faster than you speak."
    return f"Whisper {TINY} listens to you: this machine is too slow for {BASE}, which sound files still get."
