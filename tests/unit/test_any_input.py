"""Parsers of ours that read what others wrote: they answer or refuse, and never fall over."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livekit import rtc
from pydantic import BaseModel, SecretStr, ValidationError

from agent.assessment.addressed import addressed_spans
from agent.assessment.words import tokens_of
from agent.commands import attach_commands, attach_draft_notices
from agent.intents import read_intent, says_not_ready, says_ready
from agent.outbox import Outbox
from agent.outbox_sender import OutboxSender
from agent.setup.parser import parse
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import TokenServerError
from agent.wording import speakable
from prompts.wording_guard import fault_of, is_a_name
from storage.cursors import Cursor
from storage.errors import InvalidCursorError
from storage.models.room import COMMAND_TOPIC, SETUP_DRAFT_TOPIC
from storage.models.setup import SetupDraft, SetupDraftChange
from storage.models.worker_api import AttemptEnd, AttemptHeartbeat, FeedbackReport, TurnBatch, WorkerHeartbeat
from tests.support.samples import turn
from token_server.schemas.base import RequestBody

pytestmark = pytest.mark.unit

SPOKEN = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            (  # noqa: SIM905  # a list of words reads better as a line of them
                "no not yes senior backend developer fifteen minus questions a hundred and twenty five point two years "
                "in Go React actually make it rather one oh no ten to twelve half dozen none remove all never zero"
            ).split()
        ),
        max_size=25,
    ).map(" ".join),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
MESSAGES: list[type[BaseModel]] = [
    TurnBatch,
    AttemptHeartbeat,
    AttemptEnd,
    FeedbackReport,
    WorkerHeartbeat,
    SetupDraftChange,
]


@given(SPOKEN, st.sampled_from(["anything", "role", "level", "question_count", "technologies", "confirm"]))
def test_the_set_up_understands_any_words_or_nothing(text: str, asked: Any):
    for draft in (SetupDraft(), SetupDraft(role="tester", question_count=3, technologies=["Go"])):
        heard = parse(text, draft, asked)
        assert heard.slots.question_count is None or 1 <= heard.slots.question_count <= 15


@given(SPOKEN)
def test_any_words_are_an_intent_numbers_spans_and_faults_or_none(text: str):
    read_intent(text)
    says_ready(text)
    says_not_ready(text)
    tokens = len(tokens_of(text))
    assert all(0 <= span.first < span.last <= tokens for span in addressed_spans(text))
    fault_of(text)
    is_a_name(text)
    spoken = speakable(text)
    assert spoken is None or spoken.endswith("?")


@given(st.sampled_from(MESSAGES), JSON)
def test_a_workers_message_is_right_or_refused(shape: type[BaseModel], value: Any):
    fields = list(shape.model_fields)
    for given_value in (value, {fields[0]: value}, dict.fromkeys(fields, value)):
        try:
            shape.model_validate_json(json.dumps(given_value))
        except ValidationError:
            continue


class _Body(RequestBody):
    value: Any = None


@given(st.integers(1, 5000))
def test_a_body_of_any_depth_is_looked_through(depth: int):
    value: Any = "deep"
    for _ in range(depth):
        value = [value]
    with pytest.raises(ValidationError):
        _Body.model_validate({"unknown": value})


@given(st.text(max_size=2100) | st.binary(max_size=1500).map(lambda raw: raw.hex()))
def test_a_cursor_is_ours_or_refused(text: str):
    with pytest.raises(InvalidCursorError):
        Cursor.decode(text, order="newest")


class _Room:
    def __init__(self) -> None:
        self.handlers: list[Any] = []

    def on(self, event: str, handler: Any) -> None:
        assert event == "data_received"
        self.handlers.append(handler)


@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()), st.booleans())
def test_server_data_is_a_command_or_nothing(data: bytes, from_participant: bool):
    room, commands, revisions = _Room(), list[str](), list[int]()
    attach_commands(room, commands.append)  # pyright: ignore[reportArgumentType]
    attach_draft_notices(room, revisions.append)  # pyright: ignore[reportArgumentType]
    somebody: Any = object() if from_participant else None
    for topic in (COMMAND_TOPIC, SETUP_DRAFT_TOPIC, "", None, "lk.chat"):
        packet = rtc.DataPacket(data=data, kind=rtc.DataPacketKind.KIND_RELIABLE, participant=somebody, topic=topic)
        for handler in room.handlers:
            handler(packet)
    assert not (from_participant and (commands or revisions))
    assert all(command in ("repeat", "skip", "hint", "end") for command in commands)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.one_of(st.text(max_size=60), JSON.map(json.dumps)), min_size=1, max_size=4))
async def test_spoilt_items_keep_nothing_back(tmp_path_factory: pytest.TempPathFactory, spoilt: list[str]):
    folder = tmp_path_factory.mktemp("outbox")
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.url.path)
        seqs = [turn["seq"] for turn in json.loads(request.content).get("turns", [])]
        return httpx.Response(200, json={"stored": seqs})

    outbox = Outbox(folder)
    client = TokenServerClient("http://127.0.0.1:1", SecretStr("s" * 40), transport=httpx.MockTransport(answer))
    with closing(sqlite3.connect(folder / "outbox.sqlite3")) as file, file:
        for payload in spoilt:
            file.execute("insert into items (attempt_id, kind, payload) values ('a', 'turn', ?)", (payload,))
    await outbox.put_turn("a", turn(10_001))
    try:
        await OutboxSender(outbox, client, "a").drain()
    except TokenServerError:
        pytest.fail("what is spoilt must not keep back the rest")
    assert await outbox.waiting("a") == []
    assert len(sent) == 1
    await outbox.close()


def test_a_file_that_is_no_outbox_is_said_at_the_start(tmp_path: Path):
    (tmp_path / "outbox.sqlite3").write_bytes(b"not a database" * 1000)
    with pytest.raises(sqlite3.DatabaseError):
        Outbox(tmp_path)
