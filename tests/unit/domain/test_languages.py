"""What is said of an answer that isn't in English."""

import pytest

from rehearse.domain.languages import other_language_line, why_unjudged
from rehearse.domain.transcript import Transcript, Utterance, Word

GERMAN = (
    "Wir wollten wissen, welche Kunden kündigen, und so haben wir ein Modell gebaut, das jede Nacht in einem Container "
    "läuft und die Liste an den Vertrieb schickt."
)
DUTCH = (
    "We wilden weten welke klanten weg zouden gaan, dus we hebben een model gebouwd dat elke nacht in een container "
    "draait, en in het begin was er geen tijd."
)
SPANISH = (
    "Queríamos saber qué clientes se iban a ir, así que construimos un modelo que corre cada noche en un contenedor, y "
    "no fue fácil porque los datos eran viejos."
)


@pytest.mark.parametrize("text", [GERMAN, DUTCH, SPANISH])
def test_a_typed_answer_in_another_language_is_told_of(text: str) -> None:
    assert other_language_line(Transcript.typed(text)) == "This doesn't read like English: only English is marked."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Wir wollten wissen, welche Kunden kündigen.",
        "For real time we used Kafka, Flink, Redis, gRPC, FastAPI, Docker, Kubernetes, Istio, Prometheus, Grafana, "
        "Helm, Argo, Vault, Terraform, Ansible, Jenkins, Nexus.",
        "The shop wanted to know who leaves. " + GERMAN,
    ],
)
def test_a_few_words_a_list_of_tools_and_english_with_another_language_are_not(text: str) -> None:
    assert other_language_line(Transcript.typed(text)) == ""


def test_why_there_is_no_verdict() -> None:
    assert why_unjudged(Transcript.typed(GERMAN)) == "it doesn't read like English"
    assert why_unjudged(Transcript.typed("We shipped it.")) == "too little was said to judge"
    spoken = Transcript((Utterance((Word("so", 0, 1),), 0, 1), Utterance((), 1, 9, "de")), duration=9)
    assert why_unjudged(spoken) == "too little of it was in English"
