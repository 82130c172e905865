"""The page of a second opinion in a real browser: a friend hears a moment, answers, and saves what can be read back."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from rehearse.audio.compressed import data_uri
from rehearse.domain.opinions import Agreement, Label, Opinion
from rehearse.opinions.page import build_page
from rehearse.opinions.reading import read_opinion
from tests.fakes import small_guide
from tests.house.browser import open_browser
from tests.unit.history.support import spoken
from tests.unit.opinions.support import ANSWER_ID, SAID, answered

HUM = (np.random.default_rng(3).standard_normal(16_000 * 12) * 0.05).astype(np.float32)
HEARD = """new Promise(done => {
    const player = document.getElementById("player"), button = document.querySelector("#s1 .hear"), word = () =>
        button.querySelector(".word").textContent;
    let first = null, during = "";
    player.addEventListener("seeking", () => { first ??= player.currentTime; });
    player.addEventListener("timeupdate", () => { if (!player.paused) during = word(); });
    player.addEventListener("pause", () => done([first, player.currentTime, during, word()]));
    button.click();
})"""
TAKEN = """(() => {
    const words = document.querySelectorAll("#transcript [data-word]"), range = document.createRange();
    range.setStart(words[8].firstChild, 1);
    range.setEnd(words[12].firstChild, 2);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return new Promise(done => setTimeout(() => {  // the browser tells of a selection a moment later
        document.querySelector("#s1 .take").click();
        done(document.querySelector("#s1 .words").textContent);
    }, 100));
})()"""
SENTENCE = """(() => {
    const details = document.querySelector("#s2 details"), list = details.querySelector("select");
    return new Promise(done => {
        details.addEventListener("toggle", () => setTimeout(() => {
            list.selectedIndex = 3;
            list.dispatchEvent(new Event("change", { bubbles: true }));
            done(details.querySelector(".words").textContent);
        }));
        details.querySelector("summary").click();
    });
})()"""


def test_a_friend_answers_in_a_browser_and_the_file_is_read_back(tmp_path: Path) -> None:
    evil = "</script><script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
    answer = replace(answered(question=f"What did you ship? {evil}"), transcript=spoken(SAID))
    path = tmp_path / "a page & more.html"
    path.write_text(build_page(answer, small_guide(), data_uri(HUM)), encoding="utf-8")
    with open_browser(tmp_path / "profile") as page:
        page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path), eventsEnabled=True)
        page.looks(400, 800, phone=True)
        page.open(path)
        assert page.run("document.documentElement.scrollWidth") == 400, "nothing sticks out on a phone"

        first, ended, during, after = page.run(HEARD)
        assert abs(first - 2.1) < 0.05, "0.3 s before the moment"
        assert 3.5 < ended < 8, "behind the moment, and not at the end of the recording"
        assert (during, after) == ("Stop", "Hear it")

        status = 'document.getElementById("status").textContent'
        page.run('document.getElementById("save").click()')
        assert "Please say who you are" in page.run(status)
        page.call("Input.insertText", text="Ann <3")  # the field has the focus
        page.run('document.getElementById("save").click()')
        assert page.run(status) == "Please choose yes, no or can't tell: Goal."
        page.press(" ", " ")  # the first question has the focus now
        page.press("ArrowRight")
        assert page.run("document.activeElement.value") == "no"
        assert page.run('document.getElementById("progress").textContent') == "1 of 4 answered"

        assert page.run(TAKEN) == "“packed it in a box,”"
        assert page.run(SENTENCE) == "“Nobody told me why.”"
        page.run('document.getElementById("save").click()')
        assert page.run(status) == "Please choose yes, no or can't tell: Steps.", "or the words would be lost"
        page.run("""document.querySelector('#s1 [value="yes"]').click()""")
        page.run("""document.querySelector('#s2 [value="can\\'t tell"]').click()""")
        page.run('document.getElementById("s2-comment").focus()')
        page.call("Input.insertText", text="he <b>said</b> & did")
        page.run('document.getElementById("save").click()')
        assert "with 3 of 4 questions answered" in page.run(status)
        begun = page.until("Browser.downloadWillBegin")
        page.until("Browser.downloadProgress", lambda one: one["state"] == "completed")

        assert page.run("document.title") == "A second opinion, please"
        assert [one for one in page.events if one.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")] == []
        asked = [
            one["params"]["request"]["url"] for one in page.events if one.get("method") == "Network.requestWillBeSent"
        ]
        assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [path.as_uri()]
        copied = page.run('document.getElementById("text").value')

    assert begun["suggestedFilename"] == f"second-opinion-ann-3-{ANSWER_ID[-6:]}.json"
    saved = tmp_path / begun["suggestedFilename"]
    assert json.loads(copied) == json.loads(saved.read_text(encoding="utf-8"))
    returned = read_opinion(saved)
    assert returned.answer_id == ANSWER_ID
    assert returned.opinion == Opinion(
        "Ann <3",
        (
            Label("goal", "covered", Agreement.NO),
            Label("steps", "thin", Agreement.YES, "packed it in a box,"),
            Label("lesson", "missing", Agreement.UNSURE, "Nobody told me why.", "he <b>said</b> & did"),
        ),
    )
