"""What the tests of the screens share."""

from pathlib import Path

import pytest

from rehearse.services.studio import Studio
from tests.ui.driving import fake_studio


@pytest.fixture
def studio(own_home: Path) -> Studio:
    """A studio of fakes with a small guide; `fake_studio` makes others."""
    return fake_studio(own_home)
