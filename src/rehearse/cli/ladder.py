"""`rehearse ladder`: one question in less and less time."""

import argparse
from typing import TYPE_CHECKING

from rehearse.cli.choosing import add_guide_options, chosen

if TYPE_CHECKING:
    from rehearse.services.studio import Studio
    from rehearse.ui.destinations import Destination


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    add_guide_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Open the app there."""
    from rehearse.cli.app import run_app

    def first(studio: "Studio") -> "Destination":
        from rehearse.ui.destinations import Ladder

        return Ladder(*chosen(studio, arguments))

    return run_app(device=arguments.device, model=arguments.app_model, first=first, instead="rehearse score")
