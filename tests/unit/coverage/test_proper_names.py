"""What counts as the name of a thing: a capital that no sentence, quotation or everyday abbreviation explains."""

import pytest

from rehearse.coverage.proper_names import names_put_to_use, proper_names
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We put it on Nomad and watched it in Zabbix.", ["Nomad", "Zabbix"]),
        ("In the end I used something called Nomad.", ["Nomad"]),
        ("I worked at Migros then, in Zug, and Karin asked me.", []),
        ("The page was a Zabbix page. And Migros liked it.", ["Zabbix"]),
        ("We use it every day. The people of Migros, they liked it.", []),
        ("It was built with Apache Nomad.", ["Apache Nomad"]),
        ("We used it with the Red Cross, Nomad and Zabbix.", ["Red Cross", "Nomad", "Zabbix"]),
        ("We put it on Nomad. On Nomad it ran, with Nomad Pack.", ["Nomad", "Nomad Pack"]),
        ("Then came Apache Nomad.", []),
    ],
)
def test_employers_towns_and_people_are_not_put_to_use(text: str, names: list[str]) -> None:
    assert names_put_to_use(Transcript.typed(text)) == names
