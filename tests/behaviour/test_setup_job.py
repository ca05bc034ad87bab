"""The job of a set-up: how it begins and ends in a room of which only the people and the events are played."""

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace, TracebackType
from typing import Any, Self, cast

import pytest
from livekit import rtc

from agent.conversation import Conversation, ConversationBrokenError
from agent.jobs import setup as setup_job
from agent.jobs.setup import SetupJob
from agent.settings import WorkerSettings
from agent.stage import Stage
from agent.transcript import Transcript
from agent.vocabulary import setup_vocabulary
from storage.models.room import JobMetadata
from storage.models.setup import SetupDraft
from tests.behaviour.scripted import SECONDS_PER_WORD, ScriptedVoice
from tests.behaviour.test_setup_assistant import COMPLETE, WHOLE, turn_now
from tests.fakes.setup_drafts import StoredSetup

pytestmark = pytest.mark.behaviour

PERSON = rtc.ParticipantKind.PARTICIPANT_KIND_STANDARD
SETTINGS = WorkerSettings(
    _env_file=None,  # pyright: ignore[reportCallIssue]
    livekit_url="ws://127.0.0.1:1",
    livekit_api_key="key",
    livekit_api_secret="secret",  # pyright: ignore[reportArgumentType]
    worker_api_secret="a secret that is long enough for HS256",  # pyright: ignore[reportArgumentType]
    llm_provider="none",
)


class Room(rtc.EventEmitter[str]):
    def __init__(self) -> None:
        super().__init__()
        self.remote_participants: dict[str, Any] = {}
        self.local_participant = self
        self.attributes: dict[str, str] = {}

    def join(self) -> None:
        self.remote_participants["candidate"] = SimpleNamespace(identity="candidate", kind=PERSON)
        self.emit("participant_connected", self.remote_participants["candidate"])

    def leave(self) -> None:
        self.emit("participant_disconnected", self.remote_participants.pop("candidate"))

    async def set_attributes(self, attributes: dict[str, str]) -> None:
        self.attributes = attributes


class Context:
    """What a job gets of LiveKit."""

    def __init__(self) -> None:
        self.job = SimpleNamespace(id="job-1")
        self.room = Room()
        self.connected = False
        self.room_deleted = False

    async def connect(self) -> None:
        self.connected = True

    async def delete_room(self) -> None:
        self.room_deleted = True


class Scene:
    """A job in a played room, with a candidate who says the next of `says` after each question."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, store: StoredSetup | None = None) -> None:
        self.store = store or StoredSetup()
        self.context = Context()
        self.voice = ScriptedVoice()
        self.voice.on_speaking = self._answer_later
        self.says: list[str] = []
        self.closed = False
        self.expected: list[tuple[Sequence[str], Sequence[str]]] = []
        """Words and short answers that the recogniser was told to expect, each time."""
        monkeypatch.setattr(setup_job, "open_stage", self._open_stage)
        monkeypatch.setattr(setup_job, "TokenServerClient", self._client)
        metadata = JobMetadata(kind="setup", id="setup", epoch=1)
        self.job = SetupJob(cast(Any, self.context), metadata, SETTINGS, cast(Any, None))
        self.running: asyncio.Task[None] | None = None

    async def start(self, *says: str) -> None:
        self.says = list(says)
        self.running = asyncio.create_task(self.job.run())
        await asyncio.sleep(1)
        self.context.room.join()

    async def end(self) -> None:
        assert self.running is not None
        await asyncio.wait_for(self.running, 2000)

    async def _open_stage(self, ctx: Any, *, transcript: Transcript, **_: Any) -> Stage:
        self.conversation = Conversation(self.voice, transcript)
        return cast(
            Stage,
            SimpleNamespace(
                conversation=self.conversation,
                close=self._close,
                expect=self._expect,
            ),
        )

    def _expect(self, words: Sequence[str], choices: Sequence[str]) -> None:
        self.expected.append((words, choices))

    def _client(self, *_: object) -> "Client":
        return Client(self.store)

    async def _close(self) -> None:
        self.closed = True

    def _answer_later(self, said: str) -> None:
        if self.says and "?" in said:
            words = self.says.pop(0)
            after_sec = len(said.split()) * SECONDS_PER_WORD + 1
            asyncio.get_running_loop().call_later(after_sec, lambda: self.conversation.heard_turn(turn_now(words)))


class Client:
    def __init__(self, store: StoredSetup) -> None:
        self._store = store

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

    def setup(self, setup_id: str) -> StoredSetup:
        return self._store


async def test_the_recogniser_is_told_to_expect_numbers_when_a_number_is_asked_for(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start("Senior backend developer, technical, Go.", "Eight.", "Yes, that's right.")
    await scene.end()
    told = [vocabulary == setup_vocabulary("question_count") for vocabulary, _ in scene.expected]
    assert told == [False, True, False, False]
    assert scene.store.confirmed is not None
    assert scene.store.confirmed.question_count == 8


async def test_the_recogniser_is_told_to_expect_what_people_of_the_role_work_with(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start("Senior network engineer, technical, eight questions.", "Linux.", "Yes, that's right.")
    await scene.end()
    of_the_role = setup_vocabulary("technologies", "network engineer")
    assert [vocabulary == of_the_role for vocabulary, _ in scene.expected] == [False, True, False, False]


async def test_the_recogniser_is_told_which_answers_are_likely_where_there_are_few(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start("Backend developer, technical, eight questions, Go.", "Senior.", "Yes, that's right.")
    await scene.end()
    assert ["Senior." in choices for _, choices in scene.expected] == [False, True, False, False]


async def test_a_yes_makes_the_interview_says_good_bye_and_closes_the_room(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start(WHOLE, "Yes, that's right.")
    await scene.end()
    assert scene.store.confirmed == COMPLETE
    assert not scene.store.abandoned
    assert scene.context.room_deleted
    assert scene.closed
    assert "Robin" in scene.voice.said[-1]
    assert scene.context.room.attributes["setup.role"] == "backend developer"


async def test_nobody_is_greeted_before_they_are_there(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    running = asyncio.create_task(scene.job.run())
    await asyncio.sleep(20)
    assert not scene.voice.said
    assert scene.context.room.attributes["setup.phase"] == "waiting"
    scene.context.room.join()
    await asyncio.sleep(1)
    assert scene.voice.said
    running.cancel()


async def test_who_leaves_for_good_leaves_a_draft_and_an_abandoned_set_up(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start("Backend developer.")
    await asyncio.sleep(20)
    scene.context.room.leave()
    await scene.end()
    assert scene.store.abandoned
    assert scene.store.stored == SetupDraft(role="backend developer")
    assert scene.context.room_deleted


async def test_a_reload_of_the_page_is_no_end(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start("Backend developer.")
    await asyncio.sleep(20)
    scene.context.room.leave()
    await asyncio.sleep(5)
    scene.says = ["Technical, senior, five questions, Go and Postgres.", "Yes, that's right."]
    scene.context.room.join()
    await scene.end()
    assert scene.store.confirmed == COMPLETE
    assert sum("Robin" in said for said in scene.voice.said) == 2


async def test_a_job_that_was_put_out_of_the_room_neither_abandons_nor_closes(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start("Backend developer.")
    await asyncio.sleep(20)
    scene.context.room.emit("disconnected", "participant removed")
    await scene.end()
    assert not scene.store.abandoned
    assert not scene.context.room_deleted
    assert scene.closed


async def test_a_set_up_that_is_over_is_not_joined(monkeypatch: pytest.MonkeyPatch):
    store = StoredSetup()
    store.is_over = True
    scene = Scene(monkeypatch, store)
    await scene.job.run()
    assert not scene.context.connected


async def test_a_set_up_that_was_confirmed_on_the_page_is_left(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start("Backend developer.")
    await asyncio.sleep(20)
    scene.store.is_over = True
    scene.conversation.heard_turn(turn_now("Technical."))
    await scene.end()
    assert not scene.store.abandoned
    assert scene.context.room_deleted


async def test_a_job_that_goes_deaf_leaves_its_place_to_another(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start("Backend developer.")
    await asyncio.sleep(20)
    scene.conversation.break_off()
    with pytest.raises(ConversationBrokenError):
        await scene.end()
    assert not scene.store.abandoned
    assert not scene.context.room_deleted
    assert scene.closed


async def test_a_change_by_hand_is_heard_of_in_the_room(monkeypatch: pytest.MonkeyPatch):
    scene = Scene(monkeypatch)
    await scene.start(WHOLE)
    while len(scene.voice.said) < 2 or scene.voice.is_speaking:
        await asyncio.sleep(0.1)
    scene.store.edit(level="junior")
    packet = SimpleNamespace(topic="setup.draft", participant=None, data=b'{"revision": 2}')
    scene.says = ["Yes."]
    scene.context.room.emit("data_received", packet)
    await scene.end()
    assert scene.store.confirmed == COMPLETE.model_copy(update={"level": "junior"})
