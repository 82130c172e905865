"""Terms with signs of their own are found as they are written."""

from collections.abc import Iterator

import pytest

from rehearse.history.answers import AnswerStore
from rehearse.history.exact_terms import as_written, excerpt
from tests.unit.history.support import counter
from tests.unit.history.test_search import keep

SAID = {
    "c": "I carried the code over and called it clean, in plain C. Vitamin C too.",
    "c++": "The engine is written in C++, and the cache as well.",
    "c#": "We moved to C# and .NET because the company could.",
    "f#": "Somebody wrote it in F#. Net of that, nothing came.",
    "node": "The page is Node.js with a CI/CD pipeline over TCP/IP.",
    "a/b": "An A/B test told us that a big button helps, says R&D.",
    "café": "The café's till runs C++ on naïve bets.",
    "aloud": "A big button, and C plus plus.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerStore]:
    folder = tmp_path_factory.mktemp("written")
    opened = AnswerStore(folder / "rehearse.db", folder, suffix=counter())
    for said in SAID.values():
        keep(opened, said)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "names", "marked"),
    [
        ("C++", ["c++", "café"], ["C++"]),
        ("c+", ["c++", "café"], ["C+"]),
        ("(c++),", ["c++", "café"], ["C++"]),
        ("C#", ["c#"], ["C#"]),
        ("f#", ["f#"], ["F#"]),
        (".NET", ["c#"], [".NET"]),
        (".ne", ["c#"], [".NE"]),
        ("c# company", ["c#"], ["C#", "company"]),
        ("c++ c#", [], []),
        ("c++ cafe naiv*", ["café"], ["café", "C++", "naïve"]),
        ("Node.js", ["node"], ["Node.js"]),
        ("node.j", ["node"], ["Node.j"]),
        ("CI/CD", ["node"], ["CI/CD"]),
        ("A/B", ["a/b"], ["A/B"]),
        ("a/b test", ["a/b"], ["A/B", "test"]),
        ("R&D", ["a/b"], ["R&D"]),
        ('"a/b test"', ["a/b"], ["A/B test"]),
        ('"in c++"', ["c++"], ["in C++"]),
        ('"c++ cache"', [], []),
        ("engine.", ["c++"], ["engine"]),
    ],
)
def test_terms_are_found_as_written(store: AnswerStore, query: str, names: list[str], marked: list[str]) -> None:
    hits = store.search(query)
    assert sorted(hit.excerpt for hit in hits) == sorted(SAID[name] for name in names)
    assert store.count_hits(query) == len(names)
    for hit in hits:
        assert [hit.excerpt[a:b] for a, b in hit.spans] == marked
        text = store.get(hit.answer.id).transcript.text
        assert [text[a:b] for a, b in store.matches(hit.answer.id, query)] == marked


@pytest.mark.parametrize(
    "typed", ["docker", "(c)", "doc*", "docker.", "real-time", "CI/CD", "node.js", "*", "++", "don't"]
)
def test_other_words_are_left_to_the_index(typed: str) -> None:
    assert as_written(typed) is None


def test_an_excerpt_shows_the_term_and_not_another_that_the_index_takes_for_it(store: AnswerStore) -> None:
    answer = keep(store, "C is old. " + "words " * 60 + "then came C++ at last " + "words " * 60)
    store.note(answer.id, "C# next time")
    (hit,) = [hit for hit in store.search("C++") if hit.answer.id == answer.id]
    assert [hit.excerpt[a:b] for a, b in hit.spans] == ["C++"]
    assert hit.excerpt.startswith("…words")
    assert hit.excerpt.endswith("words…")
    (hit,) = [hit for hit in store.search("C#") if hit.answer.id == answer.id]
    assert (hit.excerpt, hit.in_notes) == ("C# next time", True)
    store.discard(answer.id)


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert excerpt("in C++ it is", "c++") == "in C++ it is"
    assert excerpt("nothing", "c++") == ""
