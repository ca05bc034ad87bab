"""With the candidate's consent an interview leaves its sound, both sides where the turns say; without it, nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from agent.recording.lanes import Pcm
from tests.audio.scenes import Stage, scene
from tests.support.candidate.interviewee import Answer, take_interview
from tests.support.client import AttemptSeen, RecordingSeen, TurnSeen, eventually
from tests.support.recordings import decoded, level_db

pytestmark = pytest.mark.audio
VOICE = "am_michael"
RECORDING = "interview.recording"
SPEECH_DB = -40.0
SILENCE_DB = -55.0


@dataclass(frozen=True)
class Recorded:
    attempt: AttemptSeen
    turns: list[TurnSeen]
    recordings: list[RecordingSeen]
    marks: set[str | None]
    sounds: list[tuple[Pcm, Pcm]]
    """Candidate and interviewer of each recording."""
    left_on_the_worker: list[str]


async def _interview(stage: Stage, *, record_audio: bool) -> Recorded:
    async with stage.caller() as caller:
        interview = await caller.create_interview(3)
        started = await caller.start_attempt(interview.id, record_audio=record_audio)
        async with stage.joined(started.connection) as candidate:
            marks: set[str | None] = set()

            def answers() -> Iterator[Answer]:
                yield Answer((stage.clips.get("load-balancer", VOICE),))
                while True:
                    marks.add(candidate.attributes.get(RECORDING))
                    yield Answer((stage.clips.get("end-here", VOICE),))

            async for _ in take_interview(candidate, stage.clips.get("ready", VOICE), answers()):
                pass
            await candidate.ended()
        attempt = await caller.over(started.attempt.id)
        recordings = await eventually(
            lambda: caller.recordings(attempt.id), lambda found: bool(found) or not record_audio, 30.0
        )
        sounds = [decoded(await caller.recording(attempt.id, one.epoch)) for one in recordings]
        return Recorded(
            attempt=attempt,
            turns=await caller.turns(attempt.id),
            recordings=recordings,
            marks=marks,
            sounds=sounds,
            left_on_the_worker=_files(stage.stack.data_dir, attempt.id),
        )


def _files(folder: Path, attempt_id: str) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob(f"{attempt_id}*"))


@scene(lasts_sec=60)
async def recorded(stage: Stage) -> Recorded:
    return await _interview(stage, record_audio=True)


@scene(lasts_sec=60)
async def unrecorded(stage: Stage) -> Recorded:
    return await _interview(stage, record_audio=False)


def test_both_sides_are_heard_where_the_turns_say(recorded: Recorded):
    [recording], [(candidate, interviewer)] = recorded.recordings, recorded.sounds
    speakers = {turn.speaker for turn in recorded.turns}
    assert speakers == {"candidate", "interviewer"}
    for turn in recorded.turns:
        sound = candidate if turn.speaker == "candidate" else interviewer
        from_sec = (turn.started_ms - recording.offset_ms) / 1000
        to_sec = (turn.ended_ms - recording.offset_ms) / 1000
        assert level_db(sound, from_sec, to_sec) > SPEECH_DB, turn.text
        assert level_db(sound, from_sec, from_sec + 0.5) > SPEECH_DB, f"begins late: {turn.text}"


def test_each_side_begins_no_sooner_than_its_turn(recorded: Recorded):
    [recording], [(_, interviewer)] = recorded.recordings, recorded.sounds
    first = next(turn for turn in recorded.turns if turn.speaker == "interviewer")
    begins_sec = (first.started_ms - recording.offset_ms) / 1000
    assert level_db(interviewer, 0.0, begins_sec - 0.05) < SILENCE_DB
    loud = np.flatnonzero(np.abs(interviewer.astype(np.int32)) > 1000)
    assert loud[0] / 48_000 == pytest.approx(begins_sec, abs=0.6), "a voice may begin softly, and a busy machine late"


def test_its_length_is_that_of_the_file(recorded: Recorded):
    [recording], [(candidate, _)] = recorded.recordings, recorded.sounds
    assert len(candidate) / 48 == pytest.approx(recording.duration_ms, abs=50)
    assert recording.duration_ms >= recorded.turns[-1].ended_ms - recording.offset_ms


def test_the_room_said_that_it_is_recorded(recorded: Recorded, unrecorded: Recorded):
    assert (recorded.marks, unrecorded.marks) == ({"on"}, {"off"})


def test_the_worker_keeps_no_copy(recorded: Recorded):
    assert recorded.left_on_the_worker == [f"recordings/{recorded.attempt.id}.1.ogg"]


def test_without_consent_no_file_exists(unrecorded: Recorded):
    assert unrecorded.turns
    assert unrecorded.recordings == []
    assert unrecorded.left_on_the_worker == []
