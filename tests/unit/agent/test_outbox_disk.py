"""The outbox on a disk that takes nothing more, or never did."""

import resource
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.outbox import Outbox, open_outbox
from agent.outbox_health import PROBE_BYTES, outbox_problem
from agent.outbox_sender import OutboxSender, drain_leftovers
from tests.unit.agent.test_outbox import ATTEMPT, END, Server, turn

pytestmark = pytest.mark.unit
LONG = "word " * 5000


@contextmanager
def full_disk(at_bytes: int) -> Generator[None]:
    """No file of this process grows beyond so many bytes: writes fail as they do on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_turns_said_while_the_disk_was_full_are_sent_in_the_order_in_which_they_were_said(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    await outbox.put_turn(ATTEMPT, turn(1))
    with full_disk(tmp_path.joinpath("outbox.sqlite3-wal").stat().st_size):
        for seq in (2, 3):
            await outbox.put_turn(ATTEMPT, turn(seq).model_copy(update={"text": LONG}))
    await outbox.put_turn(ATTEMPT, turn(4))
    await outbox.put_end(ATTEMPT, END)
    waiting = await outbox.waiting(ATTEMPT)
    assert [item.seq for item in waiting] == [1, 2, 3, 4, 0]
    assert sum(item.id < 0 for item in waiting) == 2
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends) == ([1, 2, 3, 4], 1)


async def test_what_was_kept_before_the_disk_was_full_is_there_for_the_next_process(tmp_path: Path):
    server, outbox = Server(), Outbox(tmp_path)
    await outbox.put_turn(ATTEMPT, turn(1))
    with full_disk(tmp_path.joinpath("outbox.sqlite3-wal").stat().st_size):
        await outbox.put_turn(ATTEMPT, turn(2).model_copy(update={"text": LONG}))
    await drain_leftovers(Outbox(tmp_path), server.client())
    assert server.seqs == [1]


async def test_an_unfinished_turn_outlasts_a_disk_that_is_full_when_it_is_to_be_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("agent.outbox_sender._GIVEN_UP_SEC", -1.0)
    server, outbox = Server(), Outbox(tmp_path)
    await outbox.put_unfinished(ATTEMPT, turn(1))
    with full_disk(tmp_path.joinpath("outbox.sqlite3-wal").stat().st_size):
        await outbox.put_unfinished(ATTEMPT, turn(2).model_copy(update={"text": LONG}))
        await drain_leftovers(outbox, server.client())
    assert server.seqs == []
    await drain_leftovers(outbox, server.client())
    assert server.seqs == [1]


async def test_an_interview_goes_on_where_its_folder_cannot_be_written(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    server, outbox = Server(), open_outbox(tmp_path / "file" / "outbox")
    await outbox.put_turn(ATTEMPT, turn(1))
    await outbox.put_end(ATTEMPT, END)
    await OutboxSender(outbox, server.client(), ATTEMPT).drain()
    assert (server.seqs, server.ends) == ([1], 1)


def test_a_healthy_folder_has_no_problem_and_keeps_no_trace_of_the_question(tmp_path: Path):
    assert outbox_problem(tmp_path / "outbox") is None
    assert list((tmp_path / "outbox").iterdir()) == []


def test_a_full_disk_is_said(tmp_path: Path):
    with full_disk(PROBE_BYTES // 2):
        problem = outbox_problem(tmp_path)
    assert problem is not None
    assert "can't be kept on disk" in problem
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    assert outbox_problem(tmp_path / "file" / "outbox") == "turns can't be kept on disk: Not a directory"


def test_a_disk_with_hardly_any_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("agent.outbox_health.LEAST_FREE_BYTES", 1 << 60)
    problem = outbox_problem(tmp_path)
    assert problem is not None
    assert problem.startswith("the disk under the outbox is almost full: ")
