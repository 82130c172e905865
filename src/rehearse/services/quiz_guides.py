"""Whose cards the quiz asks: one guide's, those of the guides that were begun, or all that have a section."""

from rehearse.domain.guide import Guide
from rehearse.errors import InputError
from rehearse.guides.library import GuideLibrary, read_guides
from rehearse.services.equipment import Equipment


def guides_to_ask(equipment: Equipment, guide_id: str | None, section_id: str | None) -> list[Guide]:
    """The guide of that id, or those that were begun; of any guide for a section.

    Raises:
        InputError, GuideError: there is no such guide or section, or it can't be read.
        StoreError: what is kept can't be read.
    """
    library = equipment.library
    if guide_id is not None:
        guides = [library.load(guide_id)]
    else:
        guides = begun_guides(equipment) if section_id is None else _read(library, library.ids())
    return guides if section_id is None else _with_section(guides, section_id)


def begun_guides(equipment: Equipment) -> list[Guide]:
    """The guides whose cards were begun; at first the first one. The others needn't be read."""
    library = equipment.library
    known, begun = library.ids(), set(equipment.reviews.begun())
    return _read(library, [one for one in known if one in begun]) or _read(library, known[:1])


def _read(library: GuideLibrary, ids: list[str]) -> list[Guide]:
    return read_guides(library, ids)[0]


def _with_section(guides: list[Guide], section_id: str) -> list[Guide]:
    found = [guide for guide in guides if section_id in (section.id for section in guide.sections)]
    if not found:
        known = dict.fromkeys(section.id for guide in guides for section in guide.sections)
        raise InputError(f"There is no section “{section_id}”", next_step=f"Known are: {', '.join(known)}.")
    return found
