import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.transcript import Transcript, Utterance, Word
from rehearse.history.subtitles import LINE, LINES, LONGEST, SHORTEST, Cue, cues, srt, vtt
from tests.unit.history.support import spoken, text


@st.composite
def timed(draw: st.DrawFn) -> Transcript:
    """Words in order, as a recogniser gives them: some of no length, some far too long, silences between."""
    now, utterances = 0.0, []
    for _ in range(draw(st.integers(0, 4))):
        now += draw(st.floats(0, 20))
        begun, words = now, []
        for _ in range(draw(st.integers(0, 12))):
            end = now + draw(st.floats(0, 9))
            said = draw(st.sampled_from(["we", "shipped.", "x" * 100, "deployment"]) | text.filter(str.strip))
            words.append(Word("".join(said.split()), now, end))
            now = end
        utterances.append(Utterance(tuple(words), begun, now))
    return Transcript(tuple(utterances), duration=now)


@given(timed())
def test_cues_keep_the_rules_of_subtitling_and_lose_no_word(transcript: Transcript) -> None:
    made = cues(transcript)
    for cue in made:
        assert 1 <= len(cue.lines) <= LINES
        assert all(0 < len(line) <= LINE for line in cue.lines)
        assert SHORTEST - 1e-6 <= cue.end - cue.start <= LONGEST + 1e-6
    assert all(one.end <= other.start for one, other in pairwise(made))
    assert "".join("".join(cue.lines) for cue in made).replace(" ", "") == transcript.text.replace(" ", "")


def test_a_cue_ends_with_a_sentence_or_before_a_silence() -> None:
    one = spoken("So we built a score. It ran daily.")
    late = Utterance((Word("Later", 3.0, 10.4), Word("on.", 10.5, 10.9)), 10.0, 11.0)
    made = cues(Transcript((*one.utterances, late)))
    assert [cue.lines for cue in made] == [("So we built a score.",), ("It ran daily.",), ("Later on.",)]
    assert made[2].start == 10.0  # the voice, not the recogniser's early date


def test_srt_and_vtt_are_written_as_players_want_them() -> None:
    transcript = spoken("a < b --> c & d", start=3661.5, pace=0.5)
    assert srt(transcript) == "1\n01:01:01,500 --> 01:01:04,900\na < b -> c & d\n"
    assert vtt(transcript) == "WEBVTT\n\n01:01:01.500 --> 01:01:04.900\na &lt; b -&gt; c &amp; d\n"
    assert srt(Transcript()) == ""
    assert vtt(Transcript()) == "WEBVTT\n"


def test_numbers_count_up_and_blocks_are_apart() -> None:
    said = srt(spoken("One sentence is here. Another sentence is here. A third one is here."))
    assert re.findall(r"(?m)^\d+$", said) == ["1", "2", "3"]
    assert said.count("\n\n") == 2


def test_a_cue_is_a_value() -> None:
    assert cues(spoken("Yes indeed.")) == (Cue(0.0, 1.0, ("Yes indeed.",)),)
