"""Options that several commands share: which guide, which scenario."""

import argparse

from rehearse.domain.guide import Guide, Scenario
from rehearse.errors import InputError
from rehearse.services.studio import Studio

DEFAULT_GUIDE = "model-deployment"


def add_guide_options(parser: argparse.ArgumentParser) -> None:
    """`--guide` and `--scenario`."""
    parser.add_argument("--guide", default=DEFAULT_GUIDE, metavar="ID", help=f"which guide (default: {DEFAULT_GUIDE})")
    parser.add_argument("--scenario", metavar="ID", help="which scenario (default: the guide's first)")


def scenario_of(guide: Guide, scenario_id: str | None) -> Scenario:
    """A scenario by id, the first where none is given; raises InputError."""
    if scenario_id is None:
        return guide.scenarios[0]
    try:
        return guide.scenario(scenario_id)
    except KeyError:
        known = ", ".join(scenario.id for scenario in guide.scenarios)
        raise InputError(f"{guide.id} has no scenario “{scenario_id}”", next_step=f"Known are: {known}.") from None


def chosen(studio: Studio, arguments: argparse.Namespace) -> tuple[Guide, Scenario]:
    """The guide and the scenario that the options name; raises InputError."""
    guide = studio.equipment.library.load(arguments.guide)
    return guide, scenario_of(guide, arguments.scenario)
