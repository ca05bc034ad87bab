"""Candidates who say nothing, and candidates who ask for time."""

from dataclasses import dataclass

import pytest

from tests.audio.scenes import Stage, scene
from tests.support.candidate import Candidate
from tests.support.candidate.audio import Samples
from tests.support.candidate.clips import ClipIndex
from tests.support.client import AttemptSeen, InterviewSeen, TurnSeen
from tests.support.transcript import content_share, transcribe

pytestmark = pytest.mark.audio
VOICE = "am_michael"
ANSWER = "estimate"
THINKING_SEC = 10.0
ONE_SHORT_LINE_SEC = 2.0


async def speaks_by_itself(candidate: Candidate) -> Samples:
    """What the interviewer says next while the candidate is silent."""
    since = candidate.clock.now()
    await candidate.until(
        lambda: candidate.has_heard_all_since(since, after_silence=1.2),
        within_sec=20.0,
        what="the interviewer to speak by itself",
    )
    return candidate.recording(start=since).voice


@dataclass(frozen=True)
class WentBlank:
    interview: InterviewSeen
    rephrased: Samples
    offered: Samples
    attempt: AttemptSeen
    turns: list[TurnSeen]


@scene(lasts_sec=55)
async def went_blank(stage: Stage) -> WentBlank:
    """Says nothing to the question, and "yes" to the offer of a hint."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            await candidate.interviewer_finished(after_silence=1.2)
            rephrased = await speaks_by_itself(candidate)
            offered = await speaks_by_itself(candidate)
            await candidate.say_now(stage.clips.get("yes", VOICE))
            await candidate.interviewer_finished()
            await caller.end(started.attempt.id)
            await candidate.ended()
        attempt = await caller.over(started.attempt.id)
        return WentBlank(interview, rephrased, offered, attempt, await caller.turns(attempt.id))


def test_who_says_nothing_hears_the_question_once_more_and_then_an_offer(went_blank: WentBlank):
    assert content_share(went_blank.interview.questions[0].text, transcribe(went_blank.rephrased)) >= 0.5
    assert "hint" in transcribe(went_blank.offered).lower()
    acts = [turn.act for turn in went_blank.turns if turn.speaker == "interviewer"]
    assert acts[:4] == ["greeting", "question", "rephrase", "nudge"]


def test_a_hint_that_was_taken_is_written_down_as_one(went_blank: WentBlank):
    assert [turn.act for turn in went_blank.turns].count("hint") == 1
    reply = [turn for turn in went_blank.turns if turn.speaker == "candidate"][-1]
    assert reply.intent == "hint"


@dataclass(frozen=True)
class Thought:
    spoke_meanwhile_sec: float
    turns: list[TurnSeen]


@scene(lasts_sec=50)
async def thought(stage: Stage) -> Thought:
    """Asks for a second, thinks for ten, and answers."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            asked_for = await candidate.say(stage.clips.get("second", VOICE))
            since = asked_for.span.end
            await candidate.until(
                lambda: candidate.clock.now() >= since + THINKING_SEC, THINKING_SEC + 5.0, "the time to think to pass"
            )
            meanwhile = candidate.recording(start=since)
            await candidate.say_now(stage.clips.get(ANSWER, VOICE))
            await candidate.interviewer_finished()
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        return Thought(sum(sound.length for sound in meanwhile.voice_sounds()), await caller.turns(started.attempt.id))


def test_who_asks_for_a_second_has_ten_with_one_short_line_at_most(thought: Thought):
    assert thought.spoke_meanwhile_sec <= ONE_SHORT_LINE_SEC


def test_what_is_said_after_the_time_to_think_is_the_answer(thought: Thought):
    answers = [turn for turn in thought.turns if turn.speaker == "candidate" and turn.intent == "answer"]
    assert content_share(ClipIndex.load()[ANSWER].spoken_text, " ".join(turn.text for turn in answers[-1:])) >= 0.8
    acts = [
        turn.act for turn in thought.turns if turn.speaker == "interviewer" and turn.started_ms < answers[-1].started_ms
    ]
    assert acts in (["greeting", "question"], ["greeting", "question", "nudge"])
