"""Which text of a guide an answer was marked against: guides are edited, answers stay."""

import hashlib
import json
from collections.abc import Mapping

from rehearse.domain.guide import Guide, Section

GUIDE_VERSION = "guide_version"
"""Name in `Answer.settings`."""
DIGITS = 8


def guide_version(guide: Guide) -> str:
    """A digest of every section by its id: `goal=1f2e3d4c steps=...`; the same text gives the same."""
    return " ".join(f"{section.id}={_digest(section)}" for section in guide.sections)


def section_versions(settings: Mapping[str, str | int | float | bool | None]) -> dict[str, str]:
    """The digests by section that an answer was kept with; none for answers from before they were kept."""
    kept = settings.get(GUIDE_VERSION)
    pairs = (part.partition("=") for part in kept.split()) if isinstance(kept, str) else ()
    return {section_id: digest for section_id, _, digest in pairs}


def _digest(section: Section) -> str:
    """Of what decides a section's marks; advice and follow-up question may be reworded without a change."""
    decides = [section.title, section.summary, section.cues, section.hollow, section.examples, section.near_misses]
    return hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:DIGITS]
