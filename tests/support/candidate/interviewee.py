"""A candidate who goes through a whole interview: says "ready" and answers what is asked."""

from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass

from tests.support.candidate.candidate import Candidate, Played, RoomClosed
from tests.support.candidate.clips import Clip
from tests.support.candidate.measure import AnswerMeasure, measure_answer

AGENT_STATE = "lk.agent.state"
FLOOR_SILENCE_SEC = 0.8
FLOOR_SILENCE_WHILE_BUSY_SEC = 4.0
"""The interviewer says that it is thinking, yet says nothing: the candidate doesn't wait for ever."""
LONGEST_REPLY_SEC = 45.0


@dataclass(frozen=True)
class Answer:
    clips: tuple[Clip, ...]
    pauses: float | list[float] = 0.5

    @property
    def text(self) -> str:
        return " ".join(clip.text for clip in self.clips)


@dataclass(frozen=True)
class Answered:
    """An answer and the interviewer's reply to it, once the reply is over."""

    answer: Answer
    played: Played
    measure: AnswerMeasure
    phase: str
    question_index: int


async def floor_is_open(candidate: Candidate, within_sec: float = LONGEST_REPLY_SEC) -> bool:
    """Wait until the interviewer has said its part; False when the interview is closing or over instead."""
    since = candidate.spoke_until - 0.3

    def open_or_over() -> bool:
        if candidate.has_ended:
            return True
        silent = candidate.hearing.silent_for(candidate.clock.now())
        busy = candidate.attributes.get(AGENT_STATE, "listening") != "listening"
        needed = FLOOR_SILENCE_WHILE_BUSY_SEC if busy else FLOOR_SILENCE_SEC
        return candidate.hearing.has_spoken_since(since) and silent >= needed

    try:
        await candidate.until(open_or_over, within_sec, "the interviewer to say its part")
    except RoomClosed:
        return False
    return not candidate.has_ended and candidate.phase != "closing"


async def take_interview(candidate: Candidate, ready: Clip, answers: Iterable[Answer]) -> AsyncGenerator[Answered]:
    """Answer until the interview or the answers are over. Yields after the interviewer's reply to each answer.

    The readiness at the start isn't yielded. When the answers run out, the candidate falls silent and stays.
    """
    remaining = iter(answers)
    while await floor_is_open(candidate):
        if candidate.phase == "introduction":
            await candidate.say_now(ready)
            continue
        answer = next(remaining, None)
        if answer is None:
            return
        phase, index = candidate.phase or "", int(candidate.attributes.get("interview.question_index", "0"))
        played = await candidate.say_now(*answer.clips, pauses=answer.pauses)
        await floor_is_open(candidate)
        recording = candidate.recording(played.span.start - 1.0)
        yield Answered(answer, played, measure_answer(recording, played.span), phase, index)
