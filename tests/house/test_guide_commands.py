"""`rehearse guide`: beginning, checking and passing on guides of one's own, as their author would."""

import io
import json
from pathlib import Path

import pytest

from rehearse.cli import guide_new, main
from rehearse.guides.library import GuideLibrary
from rehearse.guides.loader import load_guide
from rehearse.guides.schema import SCHEMA_FILE
from rehearse.services.spoken_guide import SpokenSampleMarks, WrongTerm


@pytest.fixture
def guides(own_home: Path) -> Path:
    return own_home / "guides"


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    """What a command prints, on both streams."""
    capsys.readouterr()
    assert main(arguments) == status
    found = capsys.readouterr()
    return found.out + found.err


def answering(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Somebody at a terminal who types these."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    monkeypatch.setattr(guide_new, "_on_terminal", lambda: True)


class TestNew:
    def test_from_options(self, guides: Path, capsys: pytest.CaptureFixture[str]) -> None:
        options = (
            "--question",
            "What did you do?",
            "--field",
            "nursing",
            "--sections",
            "Before, What I did,After: then",
        )
        said(capsys, "guide", "new", "mine", *options)
        guide = load_guide(guides / "mine.yaml")
        assert (guide.title, guide.question, guide.field) == ("Mine", "What did you do?", "nursing")
        assert [section.title for section in guide.sections] == ["Before", "What I did", "After: then"]
        assert guide.scenarios[0].question == "What did you do?"
        assert "fine. 3 sections" in said(capsys, "guide", "check", "mine")

    def test_a_terminal_is_asked_and_every_answer_has_a_default(
        self, guides: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answering(monkeypatch, "", "Why us?", "", "only one", "One, Two", "")
        told = said(capsys, "guide", "new", "why-us")
        assert "Title [Why us]: " in told
        assert "An answer has 2 to 26 sections, not 1." in told
        guide = load_guide(guides / "why-us.yaml")
        assert (guide.title, guide.question, guide.field) == ("Why us", "Why us?", "any job")
        assert [section.id for section in guide.sections] == ["one", "two"]
        assert guide.scenarios[0].question == "Why us?"

    def test_enter_to_everything_is_the_guide_without_a_terminal(
        self, guides: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said(capsys, "guide", "new", "one")
        answering(monkeypatch, *[""] * 6)
        said(capsys, "guide", "new", "two")
        text = (guides / "one.yaml").read_text(encoding="utf-8")
        assert (guides / "two.yaml").read_text(encoding="utf-8") == text.replace("one\n", "two\n", 1).replace(
            '"One"', '"Two"'
        )

    def test_an_input_that_ends_writes_nothing(
        self, guides: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answering(monkeypatch, "Title")
        assert "No guide was written: the input ended." in said(capsys, "guide", "new", "mine", status=2)
        assert not (guides / "mine.yaml").exists()

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            (("--sections", "One"), "An answer has 2 to 26 sections, not 1."),
            (("--sections", ",".join(f"s{n}" for n in range(27))), "An answer has 2 to 26 sections, not 27."),
            (("--sections", "Do, do"), "“Do” stands there twice."),
            (("--title", " "), "--title is one line of text."),
            (("--question", "a\x1bb"), "--question is one line of text."),
            (("--field", "x" * 301), "--field is longer than 300 characters."),
        ],
    )
    def test_what_cant_be_written_is_said(
        self, guides: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], why: str
    ) -> None:
        assert why in said(capsys, "guide", "new", "mine", *options, status=2)
        assert not (guides / "mine.yaml").exists()

    def test_the_schema_for_editors_lies_beside_it_and_is_kept_up_to_date(
        self, guides: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said(capsys, "guide", "new", "mine")
        schema = guides / SCHEMA_FILE
        assert (
            (guides / "mine.yaml")
            .read_text(encoding="utf-8")
            .startswith(f"# yaml-language-server: $schema={schema.name}\n")
        )
        assert json.loads(schema.read_text(encoding="utf-8")) == GuideLibrary.schema()
        schema.write_text("{}", encoding="utf-8")
        said(capsys, "guide", "check", "mine")
        assert json.loads(schema.read_text(encoding="utf-8")) == GuideLibrary.schema()
        schema.unlink()
        said(capsys, "guide", "check", "mine")
        assert not schema.exists(), "whoever doesn't want it isn't made to have it"


class TestCheck:
    def test_weak_spots_are_told_with_their_places_and_the_guide_is_fine(
        self, guides: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said(capsys, "guide", "new", "mine")
        lines = (guides / "mine.yaml").read_text(encoding="utf-8").splitlines()
        at = [number for number, line in enumerate(lines, 1) if line.startswith("    examples:")]
        told = said(capsys, "guide", "check", "mine").splitlines()
        assert "fine. 3 sections" in told[0]
        assert told[1:] == [
            "Worth a look:",
            f"  mine.yaml:{at[0]}:5: “Situation” has 3 examples, write a dozen or more",
            f"  mine.yaml:{at[1]}:5: “Action” has 3 examples, write a dozen or more",
            f"  mine.yaml:{at[2]}:5: “Result” has 3 examples, write a dozen or more",
        ]

    def test_labelled_answers_beside_it_are_marked_and_compared(
        self, guides: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said(capsys, "guide", "new", "mine")
        sample = load_guide(guides / "mine.yaml").scenarios[0].sample_text
        (guides / "answers-mine.yaml").write_text(
            f"- id: whole\n  scenario: at-work\n  text: {sample}\n- id: short\n  scenario: at-work\n  text: Um, no.\n"
        )
        (guides / "labels-mine.yaml").write_text(
            "- id: whole\n  sections: [situation, action, result]\n- id: short\n  sections: [result]\n"
        )
        told = said(capsys, "guide", "check", "mine")
        rows = {line.split()[0]: line.split()[1:] for line in told.splitlines() if line.strip()}
        assert rows["Result"] == ["0.67", "1.00", "0.50", "2"]
        assert rows["Situation"] == ["1.00", "1.00", "1.00", "1"]
        assert "mean of the sections                0.89" in told
        assert "short differs: missed result" in told
        assert said(capsys, "guide", "list").count("mine.yaml") == 1
        (guides / "labels-mine.yaml").write_text("- id: whole\n  sections: [reslut]\n")
        told = said(capsys, "guide", "check", "mine", status=2)
        assert "labels-mine.yaml:2:14: there is no section “reslut”, did you mean “result”?" in told

    def test_spoken_it_says_what_was_misheard(
        self, guides: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said(capsys, "guide", "new", "mine")
        path = guides / "mine.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\nterms:\n  - name: lift\n", encoding="utf-8")
        guide = load_guide(path)
        marks = SpokenSampleMarks(guide.scenarios[0], ("result",), ("action",))
        monkeypatch.setattr("rehearse.services.spoken_guide.hear_terms", lambda *_: [WrongTerm(0, "Lyft")])
        monkeypatch.setattr("rehearse.services.spoken_guide.hear_samples", lambda *_: [marks])
        told = said(capsys, "guide", "check", "--spoken", "mine")
        lines = path.read_text(encoding="utf-8").splitlines()
        term, sample = lines.index("  - name: lift") + 1, lines.index("    sample:") + 1
        assert "Read aloud and heard again: 0 of 1 term came out." in told
        assert f"  mine.yaml:{term}:5: the term “lift” was heard as “Lyft”, add an alias as people say it\n" in told
        of = "of the sample answer of “Something at work”"
        assert f"  mine.yaml:{sample}:5: “Result” {of} was lost when it was spoken\n" in told
        assert f"  mine.yaml:{sample}:5: “Action” {of} isn't marked in its text either\n" in told


class TestTrying:
    def test_a_guide_with_a_mistake_is_told_before_the_app_opens(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("rehearse.cli.app.want_terminal", lambda _: None)
        path = tmp_path / "mine.yaml"
        path.write_text("id: mine\ntitel: x\n", encoding="utf-8")
        told = said(capsys, "--guide", str(path), status=2)
        assert "mine.yaml:2:1: titel: there is no such field, did you mean “title”?" in told
        told = said(capsys, "--guide", str(tmp_path / "mien.yaml"), status=2)
        assert f"neither a file nor a guide's id has that name. Did you mean “{path}”?" in told

    def test_it_belongs_to_the_app(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = said(capsys, "--guide", "mine.yaml", "score", "x.txt", status=2)
        assert "--guide before a command opens the app." in told


class TestDraft:
    def test_an_article_becomes_a_guide_to_be_finished(
        self, guides: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        article = tmp_path / "article.md"
        article.write_text("# Why us?\n\n## Them\n\n- mission\n\n## You\n\n- I led a team of five people\n")
        told = said(capsys, "guide", "draft", str(article))
        assert told.startswith(str(guides / "why-us.yaml"))
        assert "2 sections and 2 list items taken over." in told
        assert "why-us.yaml:6:1: field: nothing stands here, write a text" in said(
            capsys, "guide", "check", "why-us", status=2
        )
        assert "There is a guide “why-us” already." in said(capsys, "guide", "draft", str(article), status=2)
        said(capsys, "guide", "draft", str(article), "--id", "other")
        assert (guides / "other.yaml").is_file()

    def test_what_is_no_article_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "plain.txt").write_text("Just words.\n")
        told = said(capsys, "guide", "draft", str(tmp_path / "plain.txt"), status=2)
        assert "has neither headings of the second level (##) nor lists." in told
        assert "There is no file" in said(capsys, "guide", "draft", str(tmp_path / "none.md"), status=2)


class TestExchange:
    def test_a_guide_goes_to_another_home_with_its_labelled_answers(
        self, guides: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said(capsys, "guide", "new", "mine")
        (guides / "answers-mine.yaml").write_text("- id: a\n  scenario: at-work\n  text: Um.\n")
        (guides / "labels-mine.yaml").write_text("- id: a\n  sections: []\n")
        parcel = str(tmp_path / "mine.zip")
        assert "“Mine” and 1 labelled answer." in said(capsys, "guide", "export", "mine", parcel)
        assert "is there already" in said(capsys, "guide", "export", "mine", parcel, status=2)
        alone = said(capsys, "guide", "export", "mine", str(tmp_path / "mine.yaml"))
        assert "answers-mine.yaml and labels-mine.yaml stay behind; a .zip takes them along." in alone
        monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "other"))
        assert "Labelled answers came with it." in said(capsys, "guide", "import", parcel)
        there = tmp_path / "other" / "guides"
        for name in ("mine.yaml", "answers-mine.yaml", "labels-mine.yaml"):
            assert (there / name).read_text(encoding="utf-8") == (guides / name).read_text(encoding="utf-8")

    def test_nothing_is_overwritten_unasked(
        self, guides: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said(capsys, "guide", "new", "mine")
        parcel = str(tmp_path / "mine.yaml")
        said(capsys, "guide", "export", "mine", parcel)
        mine = guides / "mine.yaml"
        mine.write_text("edited", encoding="utf-8")
        assert "is there already. Add --replace" in said(capsys, "guide", "import", parcel, status=2)
        assert mine.read_text(encoding="utf-8") == "edited"
        said(capsys, "guide", "import", parcel, "--replace")
        assert load_guide(mine).title == "Mine"

    def test_a_shipped_guides_id_stays_its_own(
        self, guides: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        parcel = str(tmp_path / "ab-test.zip")
        said(capsys, "guide", "export", "ab-test", parcel)
        for more in ((), ("--replace",)):
            told = said(capsys, "guide", "import", parcel, *more, status=2)
            assert "The id “ab-test” is taken by a shipped guide." in told
        assert not list(guides.glob("*.yaml"))

    def test_what_cant_be_exported_is_said(
        self, guides: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "There is no guide “none”: neither a file nor a guide's id has that name." in said(
            capsys, "guide", "export", "none", str(tmp_path / "x.zip"), status=2
        )
        said(capsys, "guide", "new", "mine")
        told = said(capsys, "guide", "export", "mine", str(tmp_path / "none" / "x.zip"), status=2)
        assert "Can't write" in told
        (guides / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
        assert "this is missing" in said(capsys, "guide", "export", "mine", str(tmp_path / "x.zip"), status=2)
        assert not (tmp_path / "x.zip").exists()
