"""What a quick run tests for a change."""

from tests.quick import packages_of, paths_of


def test_the_packages_of_a_change() -> None:
    changed = [
        "src/rehearse/quiz/deck.py",
        "src/rehearse/claims.py",
        "tests/unit/history/test_compare.py",
        "tests/snapshots/test_looks.py",
        "content/ab-test.yaml",
        "README.md",
    ]
    assert packages_of(changed) == ["quiz", "claims", "history", "ui", "guides"]


def test_their_tests() -> None:
    assert paths_of(["quiz", "claims", "nothing"]) == ["tests/unit/quiz", "tests/unit/test_claims.py"]
    assert paths_of(["ui"]) == ["tests/unit/ui", "tests/ui"]
