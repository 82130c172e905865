"""One HTML file that asks a friend about the marks of an answer: self-contained, and harmless whatever was said.

Nothing in it reaches for anything outside: styles and script are inline and allowed by their SHA-256 alone (Content
Security Policy, level 2), the sound is a data URI. Every text is escaped, the values for the script are JSON without
`<`, `>` and `&`.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.domain.languages import why_unjudged
from rehearse.domain.markup import html_json, html_text, page_head
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.transcript import Quote, Transcript
from rehearse.errors import InputError
from rehearse.opinions.questions import Question, mistake_questions, section_questions
from rehearse.opinions.saved import FORMAT, MOST_COMMENT, MOST_NAME, MOST_WORDS, VERSION
from rehearse.opinions.sentences import Span, paragraphs

_AGREE = (("yes", "Yes"), ("no", "No"), ("can't tell", "Can’t tell"))


def build_page(answer: Answer, guide: Guide | None, sound: str = "") -> str:
    """The page.

    Args:
        answer: a finished one.
        guide: for the titles of sections and mistakes; their ids stand there without it.
        sound: the recording as a data URI; "" where there is none.

    Raises:
        InputError: the answer has no marks to ask about.
    """
    sections, mistakes = list(section_questions(answer, guide)), list(mistake_questions(answer, guide))
    if answer.coverage is None or not answer.coverage.judged or not sections:
        raise InputError(
            f"There is nothing to ask about answer {answer.id}",
            why="it has no marks" if answer.coverage is None else why_unjudged(answer.transcript),
            next_step="`rehearse history list` shows the others.",
        )
    style, script = _resource("page.css"), _resource("page.js")
    values = {"format": FORMAT, "version": VERSION, "answer": answer.id, "most": MOST_WORDS}
    return _PAGE.format(
        head=page_head("A second opinion, please", style, script),
        script=script,
        values=html_json(values),
        question=html_text(answer.question),
        kind=html_text(guide.title if guide else answer.guide_id),
        heard=_HEARD if sound else _READ,
        transcript=_transcript(answer.transcript, bool(sound)),
        sections="".join(_asked(f"s{number}", one, bool(sound)) for number, one in enumerate(sections)),
        mistakes=_mistakes([_asked(f"m{number}", one, bool(sound)) for number, one in enumerate(mistakes)]),
        number=len(sections) + len(mistakes),
        name=MOST_NAME,
        comment=MOST_COMMENT,
        player=_PLAYER.format(sound=html_text(sound)) if sound else "",
    )


@cache
def _resource(name: str) -> str:
    return resources.files("rehearse.opinions").joinpath(name).read_text(encoding="utf-8")


def _transcript(transcript: Transcript, heard: bool) -> str:
    if not transcript.words:
        return "<p>Nothing was heard in this answer.</p>"
    return "".join(_paragraph(transcript, spans, heard) for spans in paragraphs(transcript))


def _paragraph(transcript: Transcript, spans: Sequence[Span], heard: bool) -> str:
    start = clock_text(transcript.words[spans[0][0]].start)
    at = f'<span class="time" aria-hidden="true">{start}</span> ' if heard else ""
    return f"<p>{at}{' '.join(_sentence(transcript, *span) for span in spans)}</p>\n"


def _sentence(transcript: Transcript, first: int, end: int) -> str:
    words = transcript.words
    said = " ".join(f'<span data-word="{index}">{html_text(words[index].text)}</span>' for index in range(first, end))
    place = f'data-start="{words[first].start:.2f}" data-end="{words[end - 1].end:.2f}"'
    return f'<span class="sentence" {place}>{said}</span>'


def _mistakes(asked: Sequence[str]) -> str:
    return f"<h2>Mistakes it may have made</h2>\n{''.join(asked)}" if asked else ""


def _asked(key: str, question: Question, heard: bool) -> str:
    title = html_text(question.title)
    choices = "".join(
        f'<label class="choice"><input type="radio" name="{key}" value="{html_text(value)}"> {word}</label>'
        for value, word in _AGREE
    )
    return _QUESTION.format(
        key=key,
        mark=html_text(question.mark_id),
        state=html_text(question.state),
        title=title,
        about=f'<p class="about">{html_text(question.about)}</p>' if question.about else "",
        verdict=html_text(question.verdict),
        reason=f'<p class="reason">{html_text(question.reason)}</p>' if question.reason else "",
        quotes=_quotes(question.quotes, title, heard),
        choices=choices,
        comment=MOST_COMMENT,
    )


def _quotes(quotes: Iterable[Quote], title: str, heard: bool) -> str:
    shown_quotes = (
        f"<blockquote>“{html_text(quote.text)}”</blockquote>{_hear(quote, title) if heard else ''}" for quote in quotes
    )
    return "".join(f'<div class="quote">{one}</div>\n' for one in shown_quotes)


def _hear(quote: Quote, title: str) -> str:
    if quote.start is None or quote.end is None:
        return ""
    at = f' <span class="hidden">{title}, at </span><span class="time">{clock_text(quote.start)}</span>'
    return (
        f'<button type="button" class="hear" data-start="{quote.start:.2f}" data-end="{quote.end:.2f}">'
        f'<span class="sign" aria-hidden="true">▶</span> <span class="word">Hear it</span>{at}</button>'
    )


_HEARD = "Listen to the answer or read it"
_READ = "Read the answer"

_PLAYER = '<audio id="player" controls preload="auto" aria-label="The recording" src="{sound}"></audio>'

_QUESTION = """\
<fieldset class="mark" id="{key}" data-mark="{mark}" data-state="{state}">
<legend><h3>{title}</h3></legend>
{about}
<p class="verdict"><span class="who">The program says:</span> <strong>{verdict}</strong></p>
{reason}{quotes}
<div class="choices" role="radiogroup" aria-label="Do you agree about {title}?"><span class="ask">Do you agree?</span>
{choices}</div>
<details>
<summary>Point at words, or say why <span class="hidden">({title})</span></summary>
<p class="pick"><label for="{key}-sentence">A sentence of the answer</label>
<select id="{key}-sentence" class="sentences"><option value="">none</option></select>
<button type="button" class="take">Take the words I have marked in the text</button></p>
<p class="picked" hidden><output class="words" aria-live="polite"></output>
<button type="button" class="drop">Remove <span class="hidden">these words</span></button></p>
<label for="{key}-comment">Why? <span class="optional">(optional)</span></label>
<textarea id="{key}-comment" class="comment" rows="2" maxlength="{comment}"></textarea>
</details>
</fieldset>
"""

_PAGE = """\
{head}<body>
<a class="skip" href="#questions">Skip to the questions</a>
<header>
<p class="kind">A second opinion, please · {kind}</p>
<h1>“{question}”</h1>
<p>Somebody practised answering this question, and a program marked the answer. {heard}, then say of each mark whether
you agree: {number} short questions. Answer as many as you like; there is no right or wrong.</p>
<p class="private">This page works without the internet and sends nothing. At the end you save a small file with your
answers and send it back yourself.</p>
<noscript><p class="problem">JavaScript is switched off here: you can read, but neither answer nor save. Open this file
in a browser such as Chrome, Firefox or Safari.</p></noscript>
</header>
<main>
<section class="said" aria-labelledby="said"><h2 id="said">The answer</h2>
<div id="transcript" tabindex="0" role="region" aria-labelledby="said">
{transcript}</div>
</section>
<section id="questions" tabindex="-1" aria-label="Questions">
<h2>What should come up</h2>
{sections}
{mistakes}
<div class="end">
<h2>Send it back</h2>
<label for="name">Your name</label>
<input id="name" type="text" maxlength="{name}" autocomplete="name" aria-describedby="status">
<label for="overall">Anything else? <span class="optional">(optional)</span></label>
<textarea id="overall" rows="3" maxlength="{comment}"></textarea>
<button type="button" id="save">Save my answers</button>
<p id="status" role="status"></p>
<details id="copy" hidden><summary>No file to be found? Copy your answers instead</summary>
<label for="text">Send this text back just as it is</label>
<textarea id="text" rows="6" readonly></textarea></details>
</div>
</section>
</main>
<footer>
{player}<p id="progress">0 of {number} answered</p>
</footer>
<script type="application/json" id="values">{values}</script>
<script>{script}</script>
</body>
</html>
"""
