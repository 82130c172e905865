"""What lets a key press be seen soon while models run; settings of the process, made before Textual is imported."""

import os
import sys

FRAMES_PER_SECOND = 120
"""At most. A press just behind another change (the meter moves fifteen times a second) waits for the next frame: up to
17 ms with Textual's 60. Screens without changes draw no frames, whatever the limit."""

SWITCH_SECONDS = 0.001
"""For which a thread may keep Python's lock while the screen's wants it. By default it is five times that, and a key
press that meets the marking of a clause waits for it more than once."""


def answer_keys_quickly() -> None:
    """Make both settings; `TEXTUAL_FPS` of the user's counts more than ours."""
    os.environ.setdefault("TEXTUAL_FPS", str(FRAMES_PER_SECOND))
    sys.setswitchinterval(SWITCH_SECONDS)
