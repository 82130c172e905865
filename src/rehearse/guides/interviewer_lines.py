"""What the interviewer says around the questions of any guide."""

from collections.abc import Mapping
from functools import cache

from rehearse.guides.folder import shipped_folder, shipped_yaml


@cache
def interviewer_lines() -> Mapping[str, tuple[str, ...]]:
    """The wordings by occasion, placeholders in braces; which occasions there are, the file says."""
    held = shipped_yaml(shipped_folder() / "interviewer" / "lines.yaml")
    return {occasion: tuple(map(str, wordings)) for occasion, wordings in held.items()}
