"""`rehearse drill`: one section in three rounds."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehearse.services.studio import Studio
    from rehearse.ui.destinations import Destination


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--section", metavar="ID", required=True, help="which section")
    parser.add_argument("--guide", metavar="ID", help="of which guide (default: the first that has such a section)")


def run(arguments: argparse.Namespace) -> int:
    """Open the app there."""
    from rehearse.cli.app import run_app

    def first(studio: "Studio") -> "Destination":
        from rehearse.services.quiz_guides import guides_to_ask
        from rehearse.ui.destinations import SectionDrill

        guide = guides_to_ask(studio.equipment, arguments.guide, arguments.section)[0]
        return SectionDrill(guide, arguments.section)

    return run_app(device=arguments.device, model=arguments.app_model, first=first, instead="rehearse score")
