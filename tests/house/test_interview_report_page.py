"""The page of an interview's report in a real browser: its moments play, nothing is asked of any network."""

from dataclasses import replace
from pathlib import Path

from rehearse.reports.page import report_page
from rehearse.services.interview_report import load_report, report_text
from rehearse.services.studio import Studio
from tests.house.browser import Page, open_browser
from tests.interviewing import BEGUN, whole_interview
from tests.ui.driving import fake_studio

EVIL = "</script><script>document.title = 'owned'</script><img src=//x.invalid/ onerror=\"document.title = 'owned'\">"
LENGTHS = """Promise.all([...document.querySelectorAll("audio")].map(player => new Promise(done => {
    player.addEventListener("loadedmetadata", () => done(player.duration));
    player.preload = "auto";
    player.load();
})))"""
FIRST = """new Promise(done => {
    const [first] = document.querySelectorAll("audio");
    first.addEventListener("timeupdate", () => { if (first.currentTime > 0) done(first.paused); });
    first.play();
})"""
SECOND = """new Promise(done => {
    const [first, second] = document.querySelectorAll("audio");
    first.addEventListener("pause", () => done([first.ended, second.paused]), { once: true });
    second.play();
})"""
SHADE = "getComputedStyle(document.body).backgroundColor"


def fetched(page: Page) -> list[str]:
    """What the page has asked for, its own data left out."""
    urls = [one["params"]["request"]["url"] for one in page.events if one.get("method") == "Network.requestWillBeSent"]
    return [url for url in urls if not url.startswith(("data:", "blob:"))]


def test_the_moments_play_and_nothing_is_asked_of_any_network(tmp_path: Path) -> None:
    studio: Studio = fake_studio(tmp_path / "home")
    kept = whole_interview(studio)
    path, wild = tmp_path / "report.html", tmp_path / "wild.html"
    path.write_text(report_text(studio, kept.id, "html"), encoding="utf-8")
    report = load_report(studio.equipment, kept.id, BEGUN).report
    moments = tuple(replace(one, title=EVIL, words=EVIL, why=EVIL, asked=EVIL) for one in report.best)
    questions = tuple(replace(one, title=EVIL, words=EVIL, further=(EVIL,)) for one in report.questions)
    wild.write_text(report_page(replace(report, best=moments, questions=questions)), encoding="utf-8")
    with open_browser(tmp_path / "profile") as page:
        page.looks(390, 800, phone=True)
        page.open(path)
        assert page.run("document.documentElement.scrollWidth") == 390, "nothing sticks out on a phone"
        light = page.run(SHADE)
        lengths = page.run(LENGTHS)
        assert len(lengths) == 3
        times = [(moment.start, moment.end) for moment in report.moments]
        expected = [end - start + 0.7 for start, end in times if start is not None and end is not None]
        assert all(-0.35 < got - length < 0.2 for got, length in zip(lengths, expected, strict=True)), lengths
        assert page.run(FIRST) is False
        assert page.run(SECOND) == [False, False], "one at a time"
        page.looks(390, 800, phone=True, dark=True)
        assert page.run(SHADE) != light
        assert page.run("document.querySelectorAll('table').length") == 2
        assert fetched(page) == [path.as_uri()]

        page.open(wild)
        assert page.run("document.title").startswith("Interview of 2024-03-0")
        assert page.run("document.images.length + document.scripts.length") == 1, "the page's own script alone"
        assert fetched(page) == [path.as_uri(), wild.as_uri()]
        troubles = [one for one in page.events if one.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")]
        assert troubles == []
