"""A candidate who goes through a whole interview: says "ready" and answers what is asked."""

from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass

from tests.support.candidate.candidate import SILENCE_WHILE_BUSY_SEC, Candidate, Played, RoomClosed
from tests.support.candidate.clips import Clip
from tests.support.candidate.measure import AnswerMeasure, measure_answer

QUESTION_INDEX = "interview.question_index"
FLOOR_SILENCE_SEC = 0.8
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
    question_index: int


async def floor_is_open(candidate: Candidate, within_sec: float = LONGEST_REPLY_SEC) -> bool:
    """Wait until the interviewer has said its part. False when nothing is left to be said to it.

    Raises:
        WaitedInVain: the interviewer says nothing.
    """
    since = candidate.spoke_until - 0.3

    def interviewer_is_done() -> bool:
        if candidate.has_ended:
            return True
        silent = candidate.hearing.silent_for(candidate.clock.now())
        busy = candidate.interviewer_is_at_it
        needed = SILENCE_WHILE_BUSY_SEC if busy else FLOOR_SILENCE_SEC
        return candidate.hearing.has_spoken_since(since) and silent >= needed

    try:
        await candidate.until(interviewer_is_done, within_sec, "the interviewer to say its part")
    except RoomClosed:
        return False
    return not candidate.has_ended and candidate.phase != "closing"


async def take_interview(candidate: Candidate, ready: Clip, answers: Iterable[Answer]) -> AsyncGenerator[Answered]:
    """Answer until the interview or the answers are over. Yields after the interviewer's reply to each answer.

    The readiness at the start isn't yielded. When the answers run out, the candidate falls silent and stays.
    """
    remaining = iter(answers)
    open_floor = await floor_is_open(candidate)
    while open_floor and candidate.phase == "introduction":
        await candidate.say_now(ready)
        open_floor = await floor_is_open(candidate)
    while open_floor and (answer := next(remaining, None)) is not None:
        index = int(candidate.attributes.get(QUESTION_INDEX, "0"))
        played = await candidate.say_now(*answer.clips, pauses=answer.pauses)
        open_floor = await floor_is_open(candidate)
        recording = candidate.recording(played.span.start - 1.0)
        yield Answered(answer, played, measure_answer(recording, played.span), index)
