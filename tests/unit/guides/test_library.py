"""Shipped guides and the user's own, side by side."""

import os
import threading
from pathlib import Path

import pytest

from rehearse.errors import GuideError, InputError
from rehearse.guides.folder import shipped_folder
from rehearse.guides.library import GuideLibrary, read_guides
from rehearse.guides.template import template_text


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    for name in ("another", "model-deployment"):
        (folder / f"{name}.yaml").write_text(template_text(name, f"The {name}"), encoding="utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mine.yaml").write_text(template_text("mine", "Mine: “all”"), encoding="utf-8")
    return folder


def test_the_first_guide_comes_first_and_ones_own_last(shipped: Path, own: Path) -> None:
    library = GuideLibrary(own, shipped=shipped)
    assert library.ids() == ["model-deployment", "another", "mine"]
    assert [(row.title, row.own) for row in library.summaries()] == [
        ("The model-deployment", False),
        ("The another", False),
        ("Mine: “all”", True),
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("title: What I built # for now", "What I built"),
        ("title: >-\n  What I\n  built", "What I built"),
        ("\"title\": 'It''s \"done\"'", "It's “done”"),
        ('title: "Caf\\u00e9"', "Café"),
    ],
)
def test_a_title_is_what_was_read(shipped: Path, own: Path, written: str, title: str) -> None:
    lines = (own / "mine.yaml").read_text(encoding="utf-8").splitlines()
    (own / "mine.yaml").write_text(
        "\n".join(written if line.startswith("title:") else line for line in lines), encoding="utf-8"
    )
    (row,) = (one for one in GuideLibrary(own, shipped=shipped).summaries() if one.own)
    assert row.problem == ""
    assert row.title == title.replace("“", '"').replace("”", '"')


def test_the_titles_of_shipped_guides_are_listed_as_they_are() -> None:
    library = GuideLibrary()
    assert {row.id: row.title for row in library.summaries()} == {
        key: guide.title for key, guide in library.readable().items()
    }


def test_a_guide_that_ends_in_yml_is_listed_with_what_to_do(shipped: Path, own: Path, tmp_path: Path) -> None:
    (own / "other.yml").write_text(template_text("other", "Other"), encoding="utf-8")
    library = GuideLibrary(own, shipped=shipped)
    (row,) = (one for one in library.summaries() if one.id == "other")
    assert "name it other.yaml" in row.problem
    assert "other" not in library.ids()
    with pytest.raises(GuideError, match=r"name it other\.yaml"):
        library.check(own / "other.yml")
    (own / "other.yml").rename(tmp_path / "other.yml")
    assert library.check(tmp_path / "other.yml").id == "other", "elsewhere it can be tried"


def test_a_folder_that_isnt_there_yet(shipped: Path, tmp_path: Path) -> None:
    assert GuideLibrary(tmp_path / "none", shipped=shipped).ids() == ["model-deployment", "another"]
    assert GuideLibrary(None, shipped=shipped).shadowed() == []


def test_ones_own_guide_never_takes_the_place_of_a_shipped_one(shipped: Path, own: Path) -> None:
    (own / "another.yaml").write_text(template_text("another", "Mine"), encoding="utf-8")
    library = GuideLibrary(own, shipped=shipped)
    assert library.load("another").title == "The another"
    assert library.shadowed() == [own / "another.yaml"]
    assert library.ids().count("another") == 1


def test_an_unknown_id(shipped: Path) -> None:
    with pytest.raises(InputError) as raised:
        GuideLibrary(None, shipped=shipped).load("nothing")
    assert str(raised.value) == "There is no guide “nothing”. Known are: model-deployment, another."
    with pytest.raises(InputError, match="no guide"):
        GuideLibrary(None, shipped=shipped).load("../own/mine")


def test_a_changed_file_is_read_again(shipped: Path, own: Path) -> None:
    library = GuideLibrary(own, shipped=shipped)
    first = library.load("mine")
    assert library.load("mine") is first
    (own / "mine.yaml").write_text(template_text("mine", "New"), encoding="utf-8")
    os.utime(own / "mine.yaml", (1, 1))
    assert library.load("mine").title == "New"


def test_a_guide_under_anothers_name(shipped: Path, own: Path) -> None:
    (own / "copy.yaml").write_text((own / "mine.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(GuideError, match=r"copy\.yaml:3:1: the id is “mine”, name the file mine\.yaml"):
        GuideLibrary(own, shipped=shipped).load("copy")


def test_an_id_that_a_shipped_guide_has_is_an_error_wherever_one_looks(shipped: Path, own: Path) -> None:
    (own / "another.yaml").write_text(template_text("another", "Mine"), encoding="utf-8")
    (own / "copy.yaml").write_text(template_text("another", "Mine too"), encoding="utf-8")
    library = GuideLibrary(own, shipped=shipped)
    taken = ":3:1: the id “another” is taken by a shipped guide; choose another."
    for name in ("another", "copy"):
        with pytest.raises(GuideError) as raised:
            library.check(own / f"{name}.yaml")
        assert str(raised.value) == f"{name}.yaml{taken}"
    with pytest.raises(GuideError, match="taken by a shipped guide"):
        library.load("copy")
    assert [str(error) for error in library.refused()] == [f"another.yaml{taken}"]
    assert {row.path.name: row.problem for row in library.summaries() if row.own} == {
        "another.yaml": f"another.yaml{taken}",
        "copy.yaml": f"copy.yaml{taken}",
        "mine.yaml": "",
    }
    assert library.check(shipped / "another.yaml").title == "The another", "a shipped one may be checked itself"


def test_a_guide_is_found_by_its_id(shipped: Path, own: Path) -> None:
    library = GuideLibrary(own, shipped=shipped)
    assert library.path("mine") == own / "mine.yaml"
    assert library.path("another") == shipped / "another.yaml"
    assert library.path("nothing") is None


def test_one_broken_guide_leaves_the_others_alone(shipped: Path, own: Path) -> None:
    (own / "broken.yaml").write_bytes(b"\xff\xfe\x00")
    (own / "folder.yaml").mkdir()
    (own / "gone.yaml").symlink_to(own / "nowhere.yaml")
    library = GuideLibrary(own, shipped=shipped)
    assert {row.id: row.title for row in library.summaries()}["broken"] == "broken"
    assert library.load("mine").id == "mine"
    for name in ("broken", "folder", "gone"):
        if name in library.ids():
            with pytest.raises(GuideError):
                library.load(name)


def test_many_threads_get_the_same_guide(shipped: Path) -> None:
    library = GuideLibrary(None, shipped=shipped)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(library.load("another"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(guide) for guide in found}) == 1


def test_the_shipped_folder_holds_the_first_guide() -> None:
    assert (shipped_folder() / "model-deployment.yaml").is_file()


def test_a_broken_guide_leaves_the_others_readable(shipped: Path, own: Path) -> None:
    (own / "broken.yaml").write_text("id: [", encoding="utf-8")
    assert list(GuideLibrary(own, shipped=shipped).readable()) == ["model-deployment", "another", "mine"]


def saved(path: Path, text: str, at: int) -> None:
    """Written, at a time of its own."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))


def test_a_broken_save_keeps_the_last_good_version_and_says_what_is_wrong(shipped: Path, own: Path) -> None:
    library = GuideLibrary(own, shipped=shipped)
    good = library.load("mine")
    saved(own / "mine.yaml", "id: mine\ntitel: x\n", 1)
    assert library.load("mine") is good
    assert "mine.yaml:2:1: titel: there is no such field" in str(library.trouble("mine"))
    guides, problems = read_guides(library, ["another", "mine"])
    assert [guide.id for guide in guides] == ["another", "mine"]
    assert len(problems) == 1
    assert problems[0].startswith("mine.yaml:1:1: ")
    assert problems[0].endswith(" more). Until then it is what it was before.")
    saved(own / "mine.yaml", template_text("mine", "Mended"), 2)
    assert library.load("mine").title == "Mended"
    assert library.trouble("mine") is None
    assert read_guides(library, ["mine"])[1] == []


def test_what_is_tried_comes_first_is_ones_own_and_outlives_a_moment_without_its_file(
    shipped: Path, own: Path, tmp_path: Path
) -> None:
    path = tmp_path / "new.yaml"
    saved(path, template_text("new", "New"), 1)
    library = GuideLibrary(own, shipped=shipped, tried=path)
    assert library.ids() == ["new", "model-deployment", "another", "mine"]
    assert library.tried == "new"
    assert "new" in library.own()
    before, seen = library.load("new"), library.saves()
    path.unlink()
    assert library.saves() != seen
    assert library.load("new") is before
    assert "No such file" in str(library.trouble("new"))


def test_what_is_tried_stands_before_the_installed_one_of_its_id(shipped: Path, own: Path, tmp_path: Path) -> None:
    saved(tmp_path / "mine.yaml", template_text("mine", "Tried"), 1)
    library = GuideLibrary(own, shipped=shipped, tried=tmp_path / "mine.yaml")
    assert library.ids() == ["mine", "model-deployment", "another"]
    assert library.load("mine").title == "Tried"


def test_every_save_of_ones_own_guides_is_noticed(shipped: Path, own: Path) -> None:
    library = GuideLibrary(own, shipped=shipped)
    seen = [library.saves()]
    assert library.saves() == seen[0]
    saved(own / "mine.yaml", "x", 1)
    seen.append(library.saves())
    saved(own / "more.yaml", "x", 1)
    seen.append(library.saves())
    (own / "mine.yaml").unlink()
    seen.append(library.saves())
    assert len(set(seen)) == 4
