"""The sample answers of the study screen, spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from rehearse.audio.playback import Player
    from rehearse.domain.guide import Scenario
    from rehearse.domain.transcript import Transcript
    from rehearse.services.equipment import Equipment


@dataclass(frozen=True)
class Spoken:
    """A sample answer that can be heard."""

    scenario_id: str
    transcript: Transcript
    player: Player


@dataclass
class VoiceProgress(Message):
    """So many sentences of a sample answer are spoken."""

    done: int
    whole: int


def speak_sample(
    equipment: Equipment, scenario: Scenario, cancelled: Event, told: Callable[[int, int], object]
) -> Spoken:
    """Speak a scenario's sample answer; raises as `read_aloud`."""
    from rehearse.services.spoken_sample import read_aloud

    spoken = read_aloud(scenario.sample_text, equipment.voice(), cancelled, told)
    player = equipment.player(spoken.sound)
    if cancelled.is_set():
        player.close()
    return Spoken(scenario.id, spoken.transcript, player)
