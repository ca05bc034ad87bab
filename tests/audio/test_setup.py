"""The spoken set-up in a room: told, corrected, agreed to; not agreed to; left and taken up again."""

from dataclasses import dataclass
from typing import Any

import pytest

from bench.setup.asked import asked_in
from storage.models.setup import NEEDED_FIELDS
from tests.audio.conftest import ABSENCE_SEC
from tests.audio.scenes import Stage, scene
from tests.support.candidate import Candidate
from tests.support.client import Caller, ConnectionSeen, eventually

pytestmark = pytest.mark.audio
VOICE = "am_michael"
NOTICED_SEC = 20.0
"""From the end of the wait for a candidate to the end of the set-up, at most."""
PATH = "/api/setup-conversations"
COMPLETE = {
    "role": "backend developer",
    "interview_type": "technical",
    "level": "senior",
    "technologies": ["Python", "PostgreSQL"],
}


async def begin(caller: Caller) -> tuple[str, ConnectionSeen]:
    begun = await caller.call("POST", PATH)
    return begun["id"], ConnectionSeen.model_validate(begun["connection"])


async def stored(caller: Caller, setup_id: str) -> dict[str, Any]:
    return await caller.call("GET", f"{PATH}/{setup_id}")


async def over(caller: Caller, setup_id: str) -> dict[str, Any]:
    return await eventually(
        lambda: stored(caller, setup_id), lambda seen: seen["status"] != "live", ABSENCE_SEC + NOTICED_SEC
    )


async def reply_to(candidate: Candidate, stage: Stage, clip: str) -> str:
    """What the assistant says to a clip, once it has said it; the clip is said when the assistant has finished."""
    await candidate.say(stage.clips.get(clip, VOICE))
    return await next_words(candidate)


async def read_back_of(candidate: Candidate, stage: Stage) -> str:
    """Everything told in one sentence; what the recogniser lost of it is said again when it is asked for."""
    said = await reply_to(candidate, stage, "setup-told")
    if asked_in(said) == "interview_type":
        said = await reply_to(candidate, stage, "setup-technical")
    return said


async def next_words(candidate: Candidate) -> str:
    since = candidate.spoke_until - 0.3
    await candidate.interviewer_finished()
    opened = candidate.captions.interviewer_segments_opened_between(since, candidate.clock.now())
    return " ".join(segment.text.strip() for segment in opened)


async def ended(candidate: Candidate) -> None:
    await candidate.until(
        lambda: candidate.closed.is_set() or candidate.attributes.get("setup.phase") == "ended", 40, "the end"
    )


@dataclass(frozen=True)
class Agreed:
    read_back: str
    change_read: str
    setup: dict[str, Any]
    interview: dict[str, Any]


@scene(lasts_sec=45)
async def agreed(stage: Stage) -> Agreed:
    async with stage.caller() as caller:
        setup_id, connection = await begin(caller)
        async with stage.joined(connection) as candidate:
            read_back = await read_back_of(candidate, stage)
            change_read = await reply_to(candidate, stage, "setup-eight")
            before_yes = await stored(caller, setup_id)
            assert (before_yes["status"], before_yes["interview_id"]) == ("live", None)
            await candidate.say(stage.clips.get("setup-yes", VOICE))
            await ended(candidate)
        setup = await over(caller, setup_id)
        interview = await caller.call("GET", f"/api/interviews/{setup['interview_id']}")
        return Agreed(read_back, change_read, setup, interview)


def test_one_sentence_fills_the_draft_and_is_read_back(agreed: Agreed):
    assert {name: agreed.setup["draft"][name] for name in COMPLETE} == COMPLETE
    assert asked_in(agreed.read_back) == "confirm"
    assert "senior backend developer" in agreed.read_back
    assert "five questions" in agreed.read_back


def test_a_correction_is_read_back_too(agreed: Agreed):
    assert asked_in(agreed.change_read) == "confirm"
    assert "eight questions" in agreed.change_read


def test_a_yes_creates_exactly_the_interview_of_the_draft(agreed: Agreed):
    assert agreed.setup["status"] == "confirmed"
    assert {name: agreed.interview[name] for name in NEEDED_FIELDS} == {**COMPLETE, "question_count": 8}


@dataclass(frozen=True)
class Refused:
    setup: dict[str, Any]
    interviews: list[dict[str, Any]]


@scene(lasts_sec=45)
async def refused(stage: Stage) -> Refused:
    async with stage.caller() as caller:
        setup_id, connection = await begin(caller)
        async with stage.joined(connection) as candidate:
            await read_back_of(candidate, stage)
            for clip in ("setup-no", "setup-stop", "yes"):
                await candidate.say_now(stage.clips.get(clip, VOICE))
                if clip != "yes":
                    await candidate.interviewer_finished()
            await ended(candidate)
        return Refused(await over(caller, setup_id), (await caller.call("GET", "/api/interviews"))["items"])


def test_without_a_yes_nothing_is_created_and_the_draft_stays(refused: Refused):
    assert (refused.setup["status"], refused.setup["interview_id"]) == ("abandoned", None)
    assert refused.setup["draft"]["role"] == "backend developer"
    assert refused.interviews == []


@dataclass(frozen=True)
class TakenUp:
    said: dict[str, str]
    """By the assistant, at each beginning."""
    epochs: list[str]
    abandoned: dict[str, Any]
    taken_up: dict[str, Any]


@scene(lasts_sec=70)
async def taken_up(stage: Stage) -> TakenUp:
    """Reloads after the first sentence, then leaves until the job has gone, and comes back to another one."""
    said: dict[str, str] = {}
    epochs: list[str] = []
    async with stage.caller() as caller:
        setup_id, connection = await begin(caller)
        async with stage.joined(connection) as candidate:
            said["before"] = await reply_to(candidate, stage, "setup-begun")
        connection = ConnectionSeen.model_validate(await caller.call("POST", f"{PATH}/{setup_id}/connection"))
        async with stage.joined(connection) as candidate:
            said["after a reload"] = await next_words(candidate)
            await reply_to(candidate, stage, "setup-technical")
            epochs.append(candidate.attributes["interview.epoch"])
        abandoned = await over(caller, setup_id)
        connection = ConnectionSeen.model_validate(await caller.call("POST", f"{PATH}/{setup_id}/connection"))
        async with stage.joined(connection) as candidate:
            said["to a new job"] = await next_words(candidate)
            epochs.append(candidate.attributes["interview.epoch"])
            return TakenUp(said, epochs, abandoned, await stored(caller, setup_id))


def test_after_a_reload_it_asks_what_it_had_asked(taken_up: TakenUp):
    assert asked_in(taken_up.said["before"]) == asked_in(taken_up.said["after a reload"]) == "interview_type"


def test_an_abandoned_draft_is_gone_on_with_by_a_new_job_that_asks_nothing_known(taken_up: TakenUp):
    assert taken_up.abandoned["status"] == "abandoned"
    assert taken_up.epochs[0] != taken_up.epochs[1]
    known = {name: taken_up.taken_up["draft"][name] for name in ("role", "level", "interview_type")}
    assert known == {"role": "data engineer", "level": "junior", "interview_type": "technical"}
    assert asked_in(taken_up.said["to a new job"]) == "question_count"
