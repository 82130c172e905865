"use strict";
(() => {
  const values = JSON.parse(document.getElementById("values").textContent);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const marks = all(".mark");
  const words = all("#transcript [data-word]");
  let unsaved = false;

  // -- the recording ------------------------------------------------------------------------------------------------

  const player = byId("player");
  const BEFORE = 0.3; // seconds that are played before and after a moment
  const AFTER = 0.4;
  let heard = null; // the button whose moment is being played

  const showHeard = (button) => {
    if (heard) {
      heard.querySelector(".sign").textContent = "▶";
      heard.querySelector(".word").textContent = "Hear it";
    }
    heard = button;
    if (heard) {
      heard.querySelector(".sign").textContent = "■";
      heard.querySelector(".word").textContent = "Stop";
    }
  };

  const hear = (button) => {
    const again = button === heard && !player.paused;
    player.pause();
    showHeard(null);
    if (again) return;
    player.currentTime = Math.max(0, Number(button.dataset.start) - BEFORE);
    player.play().then(
      () => showHeard(button),
      () => {} // called off before it began
    );
  };

  const followPlayer = () => {
    const now = player.currentTime;
    if (heard && now >= Number(heard.dataset.end) + AFTER) player.pause();
    if (heard && now < Number(heard.dataset.start) - BEFORE - 0.2) showHeard(null); // moved by hand
    for (const sentence of all(".sentence")) {
      const within = now > 0 && now >= Number(sentence.dataset.start) && now < Number(sentence.dataset.end);
      sentence.classList.toggle("now", within);
    }
  };

  if (player) {
    all(".hear").forEach((button) => button.addEventListener("click", () => hear(button)));
    player.addEventListener("timeupdate", followPlayer);
    player.addEventListener("pause", () => showHeard(null));
    player.addEventListener("error", () => {
      // Some browsers play what is in memory, but no data URI.
      if (!player.src.startsWith("data:")) return;
      const [head, body] = player.src.split(",", 2);
      const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
      player.src = URL.createObjectURL(new Blob([bytes], { type: head.slice(5).split(";")[0] }));
    });
  }

  // -- words of the answer ------------------------------------------------------------------------------------------

  const said = (first, end) => {
    let text = "";
    for (const word of words.slice(first, end)) {
      const longer = text ? text + " " + word.textContent : word.textContent;
      if (longer.length > values.most) break;
      text = longer;
    }
    return text;
  };

  let marked = null; // the words last marked in the text: a tap on a button may take the selection away
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const touched = words.filter((word) => range.intersectsNode(word));
    if (touched.length && byId("transcript").contains(range.commonAncestorContainer))
      marked = [words.indexOf(touched[0]), words.indexOf(touched[touched.length - 1]) + 1];
  });

  const point = (mark, text) => {
    mark.dataset.quote = text;
    mark.querySelector(".picked").hidden = !text;
    mark.querySelector(".words").textContent = text ? "“" + text + "”" : "";
    if (text) unsaved = true;
  };

  const listSentences = (list) => {
    if (list.options.length > 1) return;
    for (const sentence of all("#transcript .sentence")) {
      const option = document.createElement("option");
      option.textContent = sentence.textContent;
      list.append(option);
    }
  };

  for (const mark of marks) {
    const list = mark.querySelector(".sentences");
    mark.querySelector("details").addEventListener("toggle", () => listSentences(list));
    list.addEventListener("change", () => {
      const sentence = all("#transcript .sentence")[list.selectedIndex - 1];
      const inside = sentence ? all("[data-word]", sentence).map((word) => words.indexOf(word)) : [];
      point(mark, inside.length ? said(inside[0], inside[inside.length - 1] + 1) : "");
    });
    mark.querySelector(".take").addEventListener("click", () => {
      if (marked) point(mark, said(...marked));
      else {
        mark.querySelector(".picked").hidden = false;
        mark.querySelector(".words").textContent = "First mark some words in the answer, with the mouse or a finger.";
      }
    });
    mark.querySelector(".drop").addEventListener("click", () => {
      list.selectedIndex = 0;
      point(mark, "");
      list.focus();
    });
  }

  // -- answers ------------------------------------------------------------------------------------------------------

  const chosen = (mark) => mark.querySelector("input[type=radio]:checked");
  const trimmed = (field) => field.value.trim();

  document.addEventListener("input", (event) => {
    if (event.target.id !== "text") unsaved = true;
    const answered = marks.filter(chosen).length;
    byId("progress").textContent = answered + " of " + marks.length + " answered";
  });

  const answers = () => ({
    format: values.format,
    version: values.version,
    answer: values.answer,
    friend: trimmed(byId("name")),
    comment: trimmed(byId("overall")),
    labels: marks.filter(chosen).map((mark) => ({
      mark: mark.dataset.mark,
      state: mark.dataset.state,
      agree: chosen(mark).value,
      quote: mark.dataset.quote || "",
      comment: trimmed(mark.querySelector(".comment")),
    })),
  });

  const refuse = (why, field) => {
    byId("status").textContent = why;
    byId("status").classList.add("problem");
    field.focus();
  };

  const download = (text, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  byId("save").addEventListener("click", () => {
    const result = answers();
    if (!result.friend) return refuse("Please say who you are; a first name will do.", byId("name"));
    // What was written about a mark would be lost without an answer to it.
    const mute = marks.find((mark) => !chosen(mark) && (mark.dataset.quote || trimmed(mark.querySelector(".comment"))));
    const open = mute || (result.labels.length ? null : marks[0]);
    if (open) {
      const title = open.querySelector("h3").textContent;
      return refuse("Please choose yes, no or can't tell: " + title + ".", open.querySelector("input"));
    }
    const text = JSON.stringify(result, null, 2) + "\n";
    const who = result.friend.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "friend";
    const name = "second-opinion-" + who + "-" + values.answer.slice(-6) + ".json";
    download(text, name);
    unsaved = false;
    byId("text").value = text;
    byId("copy").hidden = false;
    byId("status").classList.remove("problem");
    byId("status").textContent =
      "Saved as " + name + " among your downloads, with " + result.labels.length + " of " + marks.length +
      " questions answered. Please send that file back. Thank you!";
    return undefined;
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
})();
