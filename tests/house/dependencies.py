"""What a user's installation brings: the packages that ours needs, and those that they need."""

import re
from importlib.metadata import PackageNotFoundError, distribution


def canonical(name: str) -> str:
    """As PyPI compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_with(name: str = "rehearse") -> dict[str, str]:
    """Licence by canonical name of everything that an installation without extras brings here."""
    found: dict[str, str] = {}
    todo = [name]
    while todo:
        try:
            package = distribution(todo.pop())
        except PackageNotFoundError:  # for another system or Python
            continue
        for wanted in package.requires or ():
            requirement, _, marker = wanted.partition(";")
            match = re.match(r"[A-Za-z0-9._-]+", requirement.strip())
            if match and "extra" not in marker and canonical(match[0]) not in found:
                found[canonical(match[0])] = ""
                todo.append(match[0])
    here = {}
    for known in found:
        try:
            here[known] = _licence(known)
        except PackageNotFoundError:
            continue
    return here


def _licence(name: str) -> str:
    about = distribution(name).metadata
    stated = next((about[field] for field in ("License-Expression", "License") if field in about), "")
    classified = [
        line.split("::")[-1].strip() for line in about.get_all("Classifier") or [] if line.startswith("License")
    ]
    return stated.splitlines()[0] if stated and len(stated) < 60 else "; ".join(classified) or "see its own files"
