"""The outbox: nothing is lost, nothing is doubled, the order stays."""

import asyncio
import sqlite3
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from agent.outbox import Outbox
from agent.outbox_sender import OutboxSender, drain_leftovers
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import TokenServerError
from storage.models.attempt import Measurements, Position
from storage.models.transcript import Turn
from storage.models.worker_api import AttemptEnd, AttemptHeartbeat, TurnBatch, TurnsStored

pytestmark = pytest.mark.unit
ATTEMPT = "0b0f4d8e-6d0e-4a57-9b55-1f3f8f7f5a10"


class Server:
    """A token server that keeps turns by seq, and may be away."""

    def __init__(self) -> None:
        self.away = False
        self.gone = False
        self.refuses = 0
        self.seqs: list[int] = []
        self.ends = 0

    def client(self) -> TokenServerClient:
        transport = httpx.MockTransport(self._answer)
        return TokenServerClient("http://127.0.0.1:1", SecretStr("s" * 40), transport=transport)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            return httpx.Response(503, json={"code": "upstream_unavailable"})
        if self.refuses:
            return httpx.Response(self.refuses, json={"code": "unauthenticated"})
        if self.gone:
            return httpx.Response(404, json={"code": "not_found"})
        if request.url.path.endswith("/end"):
            self.ends += 1
            return httpx.Response(204)
        batch = TurnBatch.model_validate_json(request.content)
        self.seqs += [turn.seq for turn in batch.turns if turn.seq not in self.seqs]
        return httpx.Response(200, json=TurnsStored(stored=[turn.seq for turn in batch.turns]).model_dump())


def turn(seq: int) -> Turn:
    return Turn(
        seq=seq, speaker="candidate", question_id=None, question_index=None, text="hi", started_ms=1, ended_ms=2
    )


BEAT = AttemptHeartbeat(epoch=1, position=Position(phase="question"), measurements=Measurements(interruptions=2))
END = AttemptEnd(epoch=1, reason="completed", position=Position(), measurements=Measurements())


async def test_turns_and_the_end_arrive_in_order(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    for seq in range(120):
        await outbox.put_turn(ATTEMPT, turn(seq))
    await outbox.put_end(ATTEMPT, END)
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert server.seqs == list(range(120))
    assert server.ends == 1
    assert await outbox.waiting(ATTEMPT) == []


async def test_what_the_server_did_not_take_is_still_there_for_the_next_process(tmp_path: Path):
    server, first = Server(), Outbox(tmp_path)
    server.away = True
    await first.put_turn(ATTEMPT, turn(1))
    with pytest.raises(TokenServerError):
        await OutboxSender(first, server.client(), ATTEMPT).drain()
    await first.close()

    server.away = False
    second = Outbox(tmp_path)
    await drain_leftovers(second, server.client())
    assert server.seqs == [1]


async def test_sending_again_after_a_crash_before_the_receipt_doubles_nothing(tmp_path: Path):
    server = Server()
    for _ in range(2):
        outbox = Outbox(tmp_path)
        await outbox.put_turn(ATTEMPT, turn(1))
        await OutboxSender(outbox, server.client(), ATTEMPT).drain()
        await outbox.close()
    assert server.seqs == [1]


async def test_a_running_sender_delivers_when_the_server_is_back(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    server.away = True
    sender = OutboxSender(outbox, server.client(), ATTEMPT)
    running = asyncio.create_task(sender.run())
    await outbox.put_turn(ATTEMPT, turn(1))
    sender.nudge()
    await asyncio.sleep(0.1)
    assert server.seqs == []
    server.away = False
    await asyncio.wait_for(sender.wait_empty(), 10)
    running.cancel()
    assert server.seqs == [1]


async def test_words_of_an_attempt_that_was_deleted_are_thrown_away(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    server.gone = True
    await outbox.put_turn(ATTEMPT, turn(1))
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert await outbox.waiting(ATTEMPT) == []


async def test_an_unwritable_folder_is_an_error_at_once(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotADirectoryError):
        Outbox(tmp_path / "file" / "outbox")


async def test_a_wrong_secret_throws_nothing_away(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    await outbox.put_turn(ATTEMPT, turn(1))
    await outbox.put_end(ATTEMPT, END)
    server.refuses = 401
    with pytest.raises(TokenServerError):
        await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    server.refuses = 0
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends) == ([1], 1)


async def test_a_full_disk_loses_no_turn_and_the_end_still_comes_last(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    await outbox.put_turn(ATTEMPT, turn(1))
    fill_the_disk(tmp_path)
    full = Outbox(tmp_path)
    full._connection.execute("pragma max_page_count=1")  # pyright: ignore[reportPrivateUsage]
    for seq in (2, 3):
        await full.put_turn(ATTEMPT, turn(seq).model_copy(update={"text": "word " * 5000}))
    await full.put_end(ATTEMPT, END)
    waiting = await full.waiting(ATTEMPT)
    assert [item.kind for item in waiting] == ["turn", "turn", "turn", "end"]
    await OutboxSender(full, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends) == ([1, 2, 3], 1)
    assert await full.waiting(ATTEMPT) == []


async def test_a_put_that_is_cancelled_while_the_outbox_closes_breaks_nothing(tmp_path: Path):
    outbox = Outbox(tmp_path)
    for seq in range(20):
        putting = asyncio.create_task(outbox.put_turn(ATTEMPT, turn(seq)))
        await asyncio.sleep(0)
        putting.cancel()
    await outbox.close()
    assert Outbox(tmp_path)


async def test_what_was_heard_of_a_turn_when_its_process_died_is_there_until_it_is_put_as_it_was_last_heard(
    tmp_path: Path,
):
    first = Outbox(tmp_path)
    await first.put_unfinished(ATTEMPT, turn(1))
    await first.put_unfinished(ATTEMPT, turn(1).model_copy(update={"text": "hi there"}))
    second, third = Outbox(tmp_path), Outbox(tmp_path)
    assert await second.take_unfinished(ATTEMPT) is not None  # and is killed
    found = await third.take_unfinished(ATTEMPT)
    assert found is not None
    assert found.text == "hi there"
    await third.put_turn(ATTEMPT, found)
    assert await third.take_unfinished(ATTEMPT) is None
    assert [item.seq for item in await third.waiting(ATTEMPT)] == [1]


async def test_a_turn_and_the_end_of_what_was_heard_of_it_are_kept_together_or_not_at_all(tmp_path: Path):
    outbox = Outbox(tmp_path)
    await outbox.put_unfinished(ATTEMPT, turn(1))
    fail_to_finish(tmp_path)
    await outbox.put_turn(ATTEMPT, turn(1))
    after_a_crash = Outbox(tmp_path)
    assert await after_a_crash.waiting(ATTEMPT) == []
    assert await after_a_crash.take_unfinished(ATTEMPT) == turn(1)
    with pytest.raises(sqlite3.Error):
        await after_a_crash.finish_unfinished(before=2e10)
    assert await after_a_crash.waiting(ATTEMPT) == []
    assert await after_a_crash.take_unfinished(ATTEMPT) == turn(1)


async def test_what_is_heard_of_a_turn_outlasts_what_the_interviewer_says_meanwhile(tmp_path: Path):
    outbox = Outbox(tmp_path)
    await outbox.put_unfinished(ATTEMPT, turn(1))
    await outbox.put_turn(ATTEMPT, turn(1).model_copy(update={"speaker": "interviewer"}))
    assert await outbox.take_unfinished(ATTEMPT) == turn(1)
    await outbox.put_turn(ATTEMPT, turn(2))
    assert await outbox.take_unfinished(ATTEMPT) is None


async def test_what_was_heard_of_a_turn_does_not_come_back_after_the_turn(tmp_path: Path):
    outbox = Outbox(tmp_path)
    await outbox.put_turn(ATTEMPT, turn(1))
    await outbox.put_unfinished(ATTEMPT, turn(1))
    assert await outbox.take_unfinished(ATTEMPT) is None
    await outbox.put_unfinished(ATTEMPT, turn(2))
    assert await outbox.take_unfinished(ATTEMPT) == turn(2)


async def test_an_unfinished_turn_that_nobody_can_read_stops_no_job(tmp_path: Path):
    outbox = Outbox(tmp_path)
    await outbox.put_unfinished(ATTEMPT, turn(1))
    change(tmp_path, "update unfinished set payload = 'half a tu'")
    assert await outbox.take_unfinished(ATTEMPT) is None


async def test_an_unfinished_turn_that_nobody_takes_up_is_sent_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    server, outbox = Server(), Outbox(tmp_path)
    await outbox.put_unfinished(ATTEMPT, turn(1))
    await drain_leftovers(outbox, server.client())
    assert server.seqs == []
    monkeypatch.setattr("agent.outbox_sender._GIVEN_UP_SEC", -1.0)
    await drain_leftovers(outbox, server.client())
    assert server.seqs == [1]


async def test_where_an_interview_was_is_kept_until_its_end_is_delivered_or_nobody_can_take_it_up(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    for attempt_id in (ATTEMPT, "another"):
        await outbox.put_beat(attempt_id, BEAT)
    await outbox.put_end(ATTEMPT, END)
    assert await Outbox(tmp_path).last_beat(ATTEMPT) == BEAT
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert await outbox.last_beat(ATTEMPT) is None
    await drain_leftovers(outbox, server.client())
    assert await outbox.last_beat("another") == BEAT
    change(tmp_path, "update beats set put_at = put_at - 25 * 3600")
    await drain_leftovers(outbox, server.client())
    assert await outbox.last_beat("another") is None


def fill_the_disk(folder: Path) -> None:
    """Leaves no free page in the file, so that a limit on pages works like a full disk."""
    change(folder, "vacuum")


def fail_to_finish(folder: Path) -> None:
    """From now on nothing that goes on can be removed."""
    change(folder, "create trigger stays before delete on unfinished begin select raise(abort, 'it stays'); end")


def change(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "outbox.sqlite3", isolation_level=None)
    connection.execute(statement)
    connection.close()


async def test_what_was_sent_is_in_no_file_any_more(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    for seq in range(40):
        await outbox.put_turn(ATTEMPT, turn(seq).model_copy(update={"text": "a very private sentence " * 50}))
    assert b"very private" in contents_of(tmp_path)
    async with server.client() as client:
        await OutboxSender(outbox, client, ATTEMPT).drain()
    assert b"very private" not in contents_of(tmp_path)
    await outbox.close()


def contents_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())
