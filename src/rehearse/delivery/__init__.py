"""How an answer was spoken: pace, fillers, pauses, time by section.

Pure functions over a transcript and its speech spans.
"""

from rehearse.delivery.corrected import as_corrected
from rehearse.delivery.figures import PACE_SOURCE, USUAL_PACE, measure
from rehearse.delivery.fillers import find_fillers
from rehearse.delivery.pauses import PAUSE_SECONDS
from rehearse.delivery.shares import SectionShare, hesitation_note, section_shares

__all__ = [
    "PACE_SOURCE",
    "PAUSE_SECONDS",
    "USUAL_PACE",
    "SectionShare",
    "as_corrected",
    "find_fillers",
    "hesitation_note",
    "measure",
    "section_shares",
]
