"""Content that was made to do harm, or went wrong in a way that does: guides, settings, texts, sounds.

Everything is generated, each case with a name that says what it is.
"""

import random
import re
import struct
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from rehearse.domain.guide import Guide
from rehearse.guides.template import template_text
from rehearse.settings import Settings

Case = tuple[str, bytes]
"""What it is, and what the file holds."""

EVIL = "\x1b]0;owned\x07\x9b31m\u202e"
ESCAPED = '"\\e]0;owned\\a\\x9b31m\\u202e"'
BOMB = "\n".join(
    ["b0: &b0 [lol, lol, lol, lol, lol, lol, lol, lol]"]
    + [f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 8)}]" for n in range(1, 30)]
)
VALUES = {
    "null": "null",
    "number": "1.0e+999",
    "not-a-number": ".nan",
    "digits": "9" * 5000,
    "yes": "yes",
    "date": "2026-13-45",
    "list": "[[], {}, [null]]",
    "map": "{a: {b: {c: [d]}}}",
    "deep": "[" * 1000 + "]" * 1000,
    "alias": "&a [*a]",
    "tag": "!!python/object/apply:os.system [ls]",
    "escapes": ESCAPED,
    "long": "x" * 200_000,
    "markup": "[link=file:///][/]",
    "path": "../../etc/passwd",
    "surrogate": '"\\ud800"',
}
"""Values that no field wants, or that hold what nobody wants."""


def _in_place(field: str, value: str) -> str:
    """The template with another value for one of its fields."""
    text = template_text("mine", "Mine")
    whole = re.compile(rf"^{field}:.*\n(?:[ #-].*\n)*", re.MULTILINE)
    line = f"{field}: {value}\n"
    return whole.sub(lambda _: line, text, count=1) if whole.search(text) else f"{text}\n{line}"


def guides() -> Iterator[Case]:
    """Guides that no check may pass."""
    text = template_text("mine", "Mine")
    harmless = {("title", "long"), ("title", "markup"), ("title", "path")}
    for field in (f.name for f in fields(Guide)):
        for kind, value in VALUES.items():
            if kind in ("long", "markup", "path") and field not in ("id", "intents", "sections", "scenarios", "terms"):
                continue
            if (field, kind) not in harmless:
                yield f"{field}-{kind}", _in_place(field, value).encode()
    for name in ("../mine", "a/b", "..", "C:\\\\mine", "mine.yaml", "MINE", "-", "mine\\0", "con:", "~root"):
        yield f"id-{name}", _in_place("id", f'"{name}"').encode()
    yield "bomb", BOMB.encode()
    yield "bomb-inside", f"{text}\n{BOMB}".encode()
    yield "nested-maps", b"".join(b" " * n + b"a:\n" for n in range(3000))
    yield "nested-flow", b"{a: " * 100_000
    yield "unknown-keys", (text + "".join(f"k{n}: 1\n" for n in range(3000))).encode()
    yield "many-problems", (text + "\nsmall_talk:\n" + "  - []\n" * 10_000).encode()
    yield "twice", (text + "\ntitle: again\n").encode()
    yield "two-documents", (text + "\n---\n" + text).encode()
    yield "key-of-escapes", (text + f"\n{ESCAPED}: 1\n").encode()
    yield "key-of-lists", (text + "\n? [a, b]\n: 1\n").encode()
    yield "long-key", (text + f"\n? {'k' * 100_000}\n: 1\n").encode()
    yield "raw-escapes", (text + f"\n# {EVIL}\n").encode()
    yield "utf-16", text.encode("utf-16")
    yield "utf-32", text.encode("utf-32")
    yield "latin-1", (text + "\n# caf\xe9\n").encode("latin-1", "replace")
    yield "binary", random.Random(1).randbytes(5000)
    yield "nul", bytes(100_000)
    yield "empty", b""
    yield "a-word", b"guide"
    yield "a-list", b"- a\n- b\n"
    yield "huge", b"#" * 3_000_000


def configs() -> Iterator[Case]:
    """Settings that can't be used."""
    named = ("device", "output", "model", "theme")
    for field in (f.name for f in fields(Settings)):
        for kind, value in VALUES.items():
            takes_text = field in named and kind in ("long", "markup", "path")
            takes_nothing = kind == "null" and field not in ("mode", "voice", "keep_audio", "model", "theme")
            takes_yes = kind == "yes" and isinstance(getattr(Settings(), field), bool)
            if not (takes_text or takes_nothing or takes_yes):
                yield f"{field}-{kind}", f"{field}: {value}\n".encode()
    yield "unknown", f"{ESCAPED}: 1\n".encode()
    yield "long-name", f"? {'k' * 50_000}\n: 1\n".encode()
    yield "twice", b"voice: true\nvoice: false\n"
    yield "bomb", BOMB.encode()
    yield "bomb-in-a-value", f"theme: &x\n  - 1\nmode: [*x, *x]\n{BOMB}".encode()
    yield "utf-16", "voice: true".encode("utf-16")
    yield "nul", bytes(50_000)
    yield "huge", b"#" * 200_000
    yield "binary", random.Random(2).randbytes(5000)


def texts() -> Iterator[Case]:
    """Texts that are no answers."""
    yield "empty", b""
    yield "blank", b" \n\t\r\n"
    yield "nul", bytes(50_000)
    yield "nul-inside", b"We wanted\0 fewer."
    yield "utf-16", "We wanted fewer.".encode("utf-16")
    yield "latin-1", b"We wanted caf\xe9s."
    yield "binary", random.Random(3).randbytes(5000)
    yield "huge", b"word " * 300_000
    yield "one-word-without-end", b"x" * 2_000_000


def _wav(
    *, rate: int = 16_000, channels: int = 1, bits: int = 16, kind: int = 1, align: int | None = None,
    data: bytes = bytes(32_000), states: int | None = None, head: int = 16,
) -> bytes:  # fmt: skip
    """A WAV file whose header says what one likes."""
    each = channels * bits // 8 if align is None else align
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * each & 0xFFFF_FFFF, each & 0xFFFF, bits)
    body = b"WAVEfmt " + struct.pack("<I", head) + (form + bytes(48))[: min(head, 64)]
    body += b"data" + struct.pack("<I", len(data) if states is None else states) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def sounds() -> Iterator[Case]:
    """Sound files that lie, or none; each is refused or read as sound."""
    for rate in (0, 1, 7, 100, 1000, 768_000, 2**31 - 1, 2**32 - 1):
        yield f"rate-{rate}.wav", _wav(rate=rate)
        yield f"rate-{rate}-of-bytes.wav", _wav(rate=rate, bits=8)
    for channels in (0, 2, 7, 8, 9, 63, 64, 65, 1000, 65_535):
        yield f"channels-{channels}.wav", _wav(channels=channels, data=bytes(300_000))
    for bits in (0, 1, 7, 12, 64, 255, 65_535):
        yield f"bits-{bits}.wav", _wav(bits=bits)
    for align in (0, 1, 3, 65_535):
        yield f"align-{align}.wav", _wav(align=align)
    noise = random.Random(4).randbytes(40_000)
    for kind in (0, 2, 6, 7, 17, 0x50, 0x55, 0x161, 0xFFFE, 0xFFFF):
        yield f"codec-{kind}.wav", _wav(kind=kind, data=noise)
    for bits in (32, 64):
        yield f"no-numbers-{bits}.wav", _wav(kind=3, bits=bits, data=b"\xff" * 4000 + noise)
    for states in (0, 1, 31_999, 2**31, 2**32 - 1):
        yield f"length-{states}.wav", _wav(states=states)
    for head in (0, 1, 14, 40, 2**31, 2**32 - 1):
        yield f"head-{head}.wav", _wav(head=head)
    yield "no-samples.wav", _wav(data=b"")
    yield "empty.wav", b""
    whole = _wav(data=noise)
    for place in range(4, 60, 4):
        yield f"cut-{place}.wav", whole[:place]
    for seed in range(40):
        yield f"damaged-{seed}.wav", damaged(whole, seed)
    yield "list.m3u8", b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n"
    yield "list.wav", b"ffconcat version 1.0\nfile '/dev/zero'\n"
    yield "session.sdp", b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"
    yield "binary.mp3", random.Random(5).randbytes(50_000)


def damaged(whole: bytes, seed: int) -> bytes:
    """A file with bytes changed near its beginning, where its header is."""
    chance = random.Random(seed)
    found = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        found[chance.randrange(min(120, len(found)))] = chance.randrange(256)
    return bytes(found)


def sparse(path: Path, beginning: bytes, size: int) -> None:
    """A file of any size that takes no room on most disks."""
    with path.open("wb") as file:
        file.write(beginning)
        file.truncate(size)
