"use strict";
(() => {
  const players = [...document.querySelectorAll("audio")];
  for (const player of players) {
    // One at a time.
    player.addEventListener("play", () => players.forEach((other) => other !== player && other.pause()));
    player.addEventListener("error", () => {
      // Some browsers play what is in memory, but no data URI.
      if (!player.src.startsWith("data:")) return;
      const [head, body] = player.src.split(",", 2);
      const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
      player.src = URL.createObjectURL(new Blob([bytes], { type: head.slice(5).split(";")[0] }));
    });
  }
})();
