"""A repair of everything that is kept: the store, and the headers of recordings that a crash left unfinished."""

from collections.abc import Callable
from contextlib import suppress

from rehearse.claims import claim
from rehearse.domain.wording import counted
from rehearse.history.repair import repair
from rehearse.private import protect
from rehearse.settings import Places


def repair_all(places: Places, tell: Callable[[str], None] = lambda _: None) -> str:
    """Mend what can be mended; what was done, a sentence a line. Raises StoreError as `repair` does.

    Args:
        places: the user's folders.
        tell: hears which step begins.
    """
    places.create()
    protected = protect(places.home)
    done = str(repair(places.database, places.recordings, tell=tell))
    tell("Looking at the recordings")
    completed = _complete_headers(places)
    if completed:
        done += f"\nCompleted {counted(completed, 'recording')}: other programs now play all of what is there."
    if protected:
        done += f"\nTook others' rights to {counted(protected, 'path')} of {places.home} away."
    return done


def _complete_headers(places: Places) -> int:
    """How many recordings of ours had a header that didn't say what is there."""
    from rehearse.audio.recorded import complete_header

    completed = 0
    for sound in sorted(places.recordings.glob("*.wav")):
        held = claim(sound) if sound.is_file() else None
        if held is None:
            continue  # somebody is still writing it
        with suppress(OSError):
            completed += complete_header(sound)
        held.release()
    return completed
