"""Presence, commands and attributes against a room of which only the events and the people are played."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from livekit import rtc

from agent.attributes import AttributeBoard, SetupBoard
from agent.commands import attach_commands, attach_draft_notices
from agent.presence import Presence
from storage.models.attempt import Position
from storage.models.setup import SetupDraft

pytestmark = pytest.mark.unit
AGENT = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
PERSON = rtc.ParticipantKind.PARTICIPANT_KIND_STANDARD
LOST = rtc.ConnectionQuality.QUALITY_LOST


class Room(rtc.EventEmitter[str]):
    def __init__(self) -> None:
        super().__init__()
        self.remote_participants: dict[str, Any] = {}
        self.local_participant = self
        self.attributes: list[dict[str, str]] = []
        self.failures = 0

    def join(self, name: str, kind: Any = PERSON) -> None:
        self.remote_participants[name] = SimpleNamespace(identity=name, kind=kind)
        self.emit("participant_connected", self.remote_participants[name])

    def leave(self, name: str) -> None:
        self.emit("participant_disconnected", self.remote_participants.pop(name))

    async def set_attributes(self, attributes: dict[str, str]) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the line is down")
        self.attributes.append(attributes)


class Watched:
    def __init__(self, room: Room) -> None:
        self.seen: list[str] = []
        self.presence = Presence(
            room,  # pyright: ignore[reportArgumentType]
            absence_timeout_sec=0.05,
            on_left=lambda: self.seen.append("left"),
            on_back=lambda: self.seen.append("back"),
            on_line_back=lambda: self.seen.append("line back"),
            on_gone=lambda seen: self.seen.append("gone" if seen else "never came"),
        )


async def test_a_room_to_which_nobody_comes_is_given_up():
    watched = Watched(Room())
    await asyncio.sleep(0.15)
    assert watched.seen == ["never came"]


async def test_who_leaves_and_comes_back_in_time_is_not_gone():
    room = Room()
    watched = Watched(room)
    room.join("candidate")
    assert watched.presence.arrived.is_set()
    room.leave("candidate")
    room.join("candidate")
    await asyncio.sleep(0.15)
    assert watched.seen == ["left", "back"]
    room.leave("candidate")
    await asyncio.sleep(0.15)
    assert watched.seen[-1] == "gone"


async def test_who_is_in_the_room_with_a_dead_line_is_away_until_it_lives_again():
    room = Room()
    watched = Watched(room)
    room.join("candidate")
    candidate = room.remote_participants["candidate"]
    for quality in (rtc.ConnectionQuality.QUALITY_POOR, LOST, LOST):
        room.emit("connection_quality_changed", candidate, quality)
    assert watched.seen == ["left"]
    room.emit("connection_quality_changed", candidate, rtc.ConnectionQuality.QUALITY_GOOD)
    await asyncio.sleep(0.15)
    assert watched.seen == ["left", "back"]


async def test_the_wait_for_a_candidate_begins_when_their_line_dies():
    room = Room()
    watched = Watched(room)
    room.join("candidate")
    room.emit("connection_quality_changed", room.remote_participants["candidate"], LOST)
    await asyncio.sleep(0.03)
    room.leave("candidate")
    await asyncio.sleep(0.03)
    assert watched.seen[-1] == "gone"


async def test_a_stranger_who_comes_and_goes_with_a_dead_line_does_not_make_the_candidate_absent():
    room = Room()
    watched = Watched(room)
    room.join("candidate")
    room.join("stranger")
    room.emit("connection_quality_changed", room.remote_participants["stranger"], LOST)
    room.leave("stranger")
    await asyncio.sleep(0.15)
    assert watched.seen == []


async def test_the_line_of_somebody_who_has_gone_or_of_an_agent_says_nothing():
    room = Room()
    watched = Watched(room)
    room.join("candidate")
    room.join("interviewer", AGENT)
    room.emit("connection_quality_changed", None, LOST)
    room.emit("connection_quality_changed", room.remote_participants["interviewer"], LOST)
    assert watched.seen == []


async def test_another_agent_is_nobody():
    room = Room()
    watched = Watched(room)
    room.join("ghost", AGENT)
    assert not watched.presence.arrived.is_set()
    await asyncio.sleep(0.15)
    assert watched.seen == ["never came"]


async def test_after_our_own_line_broke_the_candidate_is_still_there():
    room = Room()
    room.join("candidate")
    watched = Watched(room)
    room.emit("reconnected")
    assert watched.seen == ["line back"]
    watched.presence.close()
    room.emit("reconnected")
    assert watched.seen == ["line back"]


async def test_only_server_data_on_our_topic_is_a_command():
    room, commands = Room(), list[str]()
    attach_commands(room, commands.append)  # pyright: ignore[reportArgumentType]
    skip = b'{"command": "skip"}'
    for topic, participant, data in [
        ("interview.command", None, skip),
        ("interview.command", SimpleNamespace(identity="candidate"), skip),
        ("chat", None, skip),
        ("interview.command", None, b"nonsense"),
    ]:
        room.emit("data_received", SimpleNamespace(topic=topic, participant=participant, data=data))
    assert commands == ["skip"]


async def test_the_newest_position_is_shown_also_after_a_failure_and_again_after_a_reconnect():
    room = Room()
    room.failures = 1
    board = AttributeBoard(room, question_count=3, epoch=2)  # pyright: ignore[reportArgumentType]
    running = asyncio.create_task(board.run())
    board.show(Position(phase="introduction"))
    await asyncio.sleep(0.05)
    board.show(Position(phase="question", question_index=1))
    await asyncio.sleep(1.2)
    assert [shown["interview.phase"] for shown in room.attributes] == ["question"]
    room.emit("reconnected")
    await asyncio.sleep(0.05)
    assert len(room.attributes) == 2
    assert room.attributes[1]["interview.question_index"] == "1"
    running.cancel()


async def test_only_server_data_on_its_topic_tells_of_a_changed_draft():
    room, revisions = Room(), list[int]()
    attach_draft_notices(room, revisions.append)  # pyright: ignore[reportArgumentType]
    for topic, participant, data in [
        ("setup.draft", None, b'{"revision": 4}'),
        ("setup.draft", SimpleNamespace(identity="candidate"), b'{"revision": 5}'),
        ("interview.command", None, b'{"revision": 6}'),
        ("setup.draft", None, b'{"revision": "new"}'),
    ]:
        room.emit("data_received", SimpleNamespace(topic=topic, participant=participant, data=data))
    assert revisions == [4]


async def test_a_draft_is_shown_without_its_long_texts():
    room = Room()
    board = SetupBoard(room, epoch=2)  # pyright: ignore[reportArgumentType]
    running = asyncio.create_task(board.run())
    board.enter("talking")
    board.show(SetupDraft(role="nurse", technologies=["A", "B"], job_description="long " * 1000), 3)
    await asyncio.sleep(0.05)
    assert room.attributes == [
        {
            "setup.phase": "talking",
            "setup.revision": "3",
            "setup.role": "nurse",
            "setup.interview_type": "",
            "setup.level": "",
            "setup.question_count": "",
            "setup.technologies": "A,B",
            "setup.tone": "",
            "interview.epoch": "2",
        }
    ]
    running.cancel()
