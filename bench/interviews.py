"""Interviews by voice on the whole stack, measured in the sound that the candidate sends and receives.

One run gives all of: time to the greeting, heard response time, cut-ins at pauses, lost ends, time to the report.
"""

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.samples import SampleFile
from tests.support.candidate import Candidate, Clip, ClipLibrary, WaitedInVain
from tests.support.candidate.interviewee import Answer, Answered, take_interview
from tests.support.client import Caller
from tests.support.stack import Stack
from tests.support.transcript import content_share, keeps_its_end

QUESTIONS = 5
SEED = 20
PAUSES_SEC = (0.4, 0.6)
"""Between the complete sentences of a long answer."""
LAST_ATTEMPT = 25
"""A stack that answers nothing would otherwise be asked for ever."""


@dataclass
class Figures:
    """The sample files of one run; `name` tells the runs with different models apart."""

    name: str
    fresh: bool = False
    greeting: SampleFile = field(init=False)
    response: SampleFile = field(init=False)
    long_answers: SampleFile = field(init=False)
    report: SampleFile = field(init=False)
    ends: SampleFile = field(init=False)
    words: SampleFile = field(init=False)
    unanswered: SampleFile = field(init=False)
    """Interviews in which the interviewer fell silent for good."""

    def __post_init__(self) -> None:
        def samples(figure: str) -> SampleFile:
            return SampleFile.open(f"{self.name}-{figure}", fresh=self.fresh)

        self.greeting = samples("greeting")
        self.response = samples("response")
        self.long_answers = samples("long-answers")
        self.report = samples("report")
        self.ends = samples("ends")
        self.words = samples("words")
        self.unanswered = samples("unanswered")


def plan_answers(library: ClipLibrary, complete: int, long: int) -> list[Answer]:
    """Complete and long answers of the test set, mixed by a fixed seed, each long one with pauses of its own."""
    chance = random.Random(SEED)
    clips = library.of_kind("answer", "test")
    answers = [Answer((clips[number % len(clips)],)) for number in range(complete)]
    for clip in library.of_kind("long", "test")[:long]:
        pauses = [round(chance.uniform(*PAUSES_SEC), 2) for _ in clip.parts[1:]]
        answers.append(Answer((clip,), pauses))
    chance.shuffle(answers)
    return answers


def keyed(answers: list[Answer]) -> dict[str, Answer]:
    """A name for each answer; the same clip said again is another sample."""
    named: dict[str, Answer] = {}
    for answer in answers:
        label = answer.clips[0].label
        times = sum(key.startswith(f"{label}#") for key in named) + 1
        named[f"{label}#{times}"] = answer
    return named


async def measure_conversations(stack: Stack, figures: Figures, answers: dict[str, Answer], recordings: Path) -> None:
    """Take interviews until each answer has been given."""
    ready = ClipLibrary().get("ready", "am_fenrir")
    async with Caller.signed_up(stack.base_url) as caller:
        for _ in range(LAST_ATTEMPT):
            remaining = {key: answer for key, answer in answers.items() if key not in figures.ends}
            if not remaining:
                return
            await _one_interview(caller, figures, ready, remaining, recordings)
    raise RuntimeError(f"answers were left after {LAST_ATTEMPT} interviews: the interviewer ends them early")


async def measure_greetings(stack: Stack, greeting: SampleFile, count: int) -> None:
    """Join, hear the first word, leave."""
    async with Caller.signed_up(stack.base_url) as caller:
        interview = await caller.create_interview(1)
        for number in range(count):
            if (key := f"join-{number}") in greeting:
                continue
            started = await caller.start_attempt(interview.id)
            connection = started.connection
            async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
                await candidate.interviewer_speaking(0.5)
                greeting.add(key, first_sound_after_joining(candidate))
                await caller.end(started.attempt.id)
                await candidate.ended()
            await caller.over(started.attempt.id)


def first_sound_after_joining(candidate: Candidate) -> float | None:
    """None if the interviewer never said a word."""
    sounds = candidate.recording(0.0, candidate.connected_at + 30.0).voice_sounds()
    first = next((sound.start for sound in sounds if sound.end > candidate.connected_at), None)
    return None if first is None else first - candidate.connected_at


async def _one_interview(
    caller: Caller, figures: Figures, ready: Clip, remaining: dict[str, Answer], recordings: Path
) -> None:
    interview = await caller.create_interview(QUESTIONS)
    started = await caller.start_attempt(interview.id)
    attempt_id, connection = started.attempt.id, started.connection
    given: dict[str, Answered] = {}
    async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
        keys = iter(remaining)
        try:
            async for answered in take_interview(candidate, ready, remaining.values()):
                key = next(keys)
                given[key] = answered
                _add_response(figures, key, answered)
            if not candidate.has_ended and candidate.phase != "closing":
                await caller.end(attempt_id)
            await candidate.ended()
        except WaitedInVain as error:
            figures.unanswered.add(attempt_id, None, problem=str(error))
            await caller.end(attempt_id)
        figures.greeting.add(attempt_id, first_sound_after_joining(candidate))
        candidate.save(recordings / attempt_id)
        wall = {key: candidate.wall_time(answered.played.span.start) for key, answered in given.items()}
    await _measure_what_is_left(caller, figures, attempt_id, given, wall)


def _add_response(figures: Figures, key: str, answered: Answered) -> None:
    if key in figures.response or key in figures.long_answers:
        return  # Measured before a run was stopped; only what comes after the interview was missing.
    measure = answered.measure
    cut_ins = [None if cut.into_pause_sec is None else round(cut.into_pause_sec, 2) for cut in measure.cut_ins]
    pauses = [round(pause, 2) for pause in measure.pauses]
    if answered.answer.clips[0].spec.kind == "long":
        response = None if measure.response_sec is None else round(measure.response_sec, 3)
        figures.long_answers.add(key, len(cut_ins), into_pause_sec=cut_ins, pauses_sec=pauses, response_sec=response)
    else:
        figures.response.add(key, measure.response_sec, into_pause_sec=cut_ins)


async def _measure_what_is_left(
    caller: Caller, figures: Figures, attempt_id: str, given: dict[str, Answered], wall: dict[str, float]
) -> None:
    """The report's time, and whether the transcript has every word."""
    attempt = await caller.over(attempt_id)
    feedback = await caller.settled_feedback(attempt_id, within_sec=180)
    if attempt.ended_at is not None and attempt.end_reason == "completed":
        figures.report.add(attempt_id, time.time() - attempt.ended_at.timestamp(), status=feedback.status)
    turns = [turn for turn in await caller.turns(attempt_id) if turn.speaker == "candidate"]
    if attempt.started_at is None:
        raise RuntimeError(f"attempt {attempt_id} never started")
    for key, answered in given.items():
        start_ms = (wall[key] - attempt.started_at.timestamp()) * 1000
        end_ms = start_ms + answered.played.span.length * 1000
        own = [turn.text for turn in turns if turn.started_ms < end_ms + 1000 and turn.ended_ms > start_ms - 1000]
        said, written = answered.answer.text, " ".join(own)
        figures.words.add(key, content_share(said, written))
        lost = not keeps_its_end(said, written)
        figures.ends.add(key, float(lost), **({"said": said, "written": written} if lost else {}))
