"""More than the server takes: it must say so clearly, and lose nothing of what it took."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx

from bench.load.people import Call, Person, people, timed
from bench.load.server import UNLIMITED, api_under_load
from bench.samples import SampleFile
from storage.models.transcript import SEQ_PER_EPOCH
from tests.support.client import Caller, new_account

SIGN_UPS, LEAST_SIGN_UP_LIMIT = 130, 100
TURNS_PER_MINUTE, TURNS = 300, 400
WRITERS = 8
OVERLOAD_PEOPLE, OVERLOAD_WRITERS, OVERLOAD_TURNS = 16, 256, 2048


async def measure_beyond(samples: SampleFile, folder: Path) -> None:
    """One server for each limit, since each is about another setting."""
    if "sign-ups" not in samples:
        async with api_under_load(folder / "sign-ups", places=1) as url:
            await _many_sign_ups(samples, url)
    if "turns of one interview" not in samples:
        limited = {**UNLIMITED, "WORKER_CALLS_PER_MINUTE": str(TURNS_PER_MINUTE)}
        async with api_under_load(folder / "turns", places=1, **limited) as url, people(url, 1) as alone:
            await _write_all(samples, "turns of one interview", alone, turns=TURNS, writers=WRITERS)
    if "turns of all interviews" not in samples:
        async with (
            api_under_load(folder / "overload", places=OVERLOAD_PEOPLE, **UNLIMITED) as url,
            people(url, OVERLOAD_PEOPLE) as crowd,
        ):
            await _write_all(samples, "turns of all interviews", crowd, turns=OVERLOAD_TURNS, writers=OVERLOAD_WRITERS)
    if "interviews" not in samples:
        async with api_under_load(folder / "interviews", places=2, **UNLIMITED) as url, people(url, 2):
            await _one_interview_too_many(samples, url)


async def _many_sign_ups(samples: SampleFile, url: str) -> None:
    accounts = [new_account() for _ in range(SIGN_UPS)]
    # each is somebody else: no cookies, and no place in a queue
    nobodys = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=120, cookies=nobodys, limits=limits) as http:

        async def post(path: str, body: dict[str, str]) -> Call:
            return await timed(lambda: http.post(path, json=body))

        calls = await asyncio.gather(*(post("/api/auth/sign-up", account) for account in accounts))
        taken = [account for account, call in zip(accounts, calls, strict=True) if call.succeeded]
        # the limit on sign-ins is another count of the same size
        signed_in = [
            await post("/api/auth/sign-in", {name: account[name] for name in ("email", "password")})
            for account in taken[:LEAST_SIGN_UP_LIMIT]
        ]
    _add(samples, "sign-ups", calls, taken=len(taken), found=sum(call.succeeded for call in signed_in))


async def _write_all(samples: SampleFile, name: str, crowd: Sequence[Person], *, turns: int, writers: int) -> None:
    """As outboxes do: a turn that is refused is sent again when the server said."""
    calls: list[Call] = []
    of_each = turns // len(crowd)
    waiting = [(person, number) for number in range(of_each) for person in crowd]

    async def write() -> None:
        while waiting:
            person, number = waiting.pop(0)
            while True:
                call = await person.write_turn_number(number)
                calls.append(call)
                if call.succeeded or not call.refused_clearly:
                    break
                await asyncio.sleep(call.retry_after_sec or 0.0)

    await asyncio.gather(*(write() for _ in range(writers)))
    found = 0
    in_order = True
    for person in crowd:
        stored = [turn.seq for turn in await person.caller.turns(person.attempt_id)]
        wanted = [SEQ_PER_EPOCH + number for number in range(of_each)]
        found += len(set(stored) & set(wanted))
        in_order = in_order and stored == sorted(set(stored))
    _add(samples, name, calls, taken=sum(call.succeeded for call in calls), found=found, in_order=in_order)


async def _one_interview_too_many(samples: SampleFile, url: str) -> None:
    async with Caller.signed_up(url) as caller:
        interview = await caller.create_interview(3)
        path = f"/api/interviews/{interview.id}"
        call = await timed(lambda: caller.ask("POST", f"{path}/attempts", json={}))
        left_behind = (await caller.call("GET", path))["attempts"]
    _add(samples, "interviews", [call], taken=0, found=len(left_behind))


def _add(samples: SampleFile, name: str, calls: Sequence[Call], **details: int | bool) -> None:
    refused = [call for call in calls if not call.succeeded]
    samples.add(
        name,
        max(call.took_sec for call in calls),
        calls=len(calls),
        refused=len(refused),
        answers=dict(Counter(f"{call.status} {call.code or ''}".strip() for call in refused)),
        clearly=sum(call.refused_clearly for call in refused),
        retry_after_sec=max((call.retry_after_sec or 0.0 for call in refused), default=None),
        **details,
    )
