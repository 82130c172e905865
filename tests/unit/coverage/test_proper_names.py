"""What counts as the name of a thing: a capital that no sentence, quotation or everyday abbreviation explains."""

import pytest

from rehearse.coverage.proper_names import proper_names
from rehearse.domain.transcript import Transcript


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We put it on Nomad and watched it in Zabbix.", ["Nomad", "Zabbix"]),
        ("It ran. Nomad came later, and then Nomad went.", ["Nomad"]),
        ("They said, “Which model is it?” and left.", []),
        ("I thought: Maybe it works… Somehow it did.", []),
        ("We call the API from the GPU boxes, for the CEO's KPIs.", []),
        ("On Monday the English team and I met.", []),
        ("So, Okay, Well, it was fine.", []),
        ("Since we moved, And that was so, it runs.", []),
        ("Nomad's jobs and Zabbix’s alerts, I'd say.", ["Zabbix"]),
    ],
)
def test_names_are_told_by_capitals_that_nothing_else_explains(text: str, names: list[str]) -> None:
    assert proper_names(Transcript.typed(text)) == names
