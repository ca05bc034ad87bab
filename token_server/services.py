"""Everything that a request can need, made once per process (main.py) or by a test."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from prompts.question_bank import QuestionBank
from storage.auth import Auth
from storage.recordings import RecordingFiles
from storage.store import Store
from token_server.account.deletion import AccountDeletion
from token_server.account.retention import Retention
from token_server.auth.access_tokens import AccessTokenVerifier
from token_server.auth.cookies import SessionCookies
from token_server.auth.live_sessions import LiveSessions
from token_server.auth.rate_limit import AuthRateLimit, WorkerRateLimit
from token_server.auth.refresh import SingleFlightRefresh
from token_server.clock import Clock, ClockWatch
from token_server.documents.reader import DocumentReader
from token_server.jobs import Jobs
from token_server.metrics import Metrics
from token_server.planning import Planner, PlanWriter
from token_server.recording_sweep import RecordingSweep
from token_server.recordings import Recordings
from token_server.rooms import Rooms
from token_server.settings import TokenServerSettings
from token_server.setup_watch import SetupWatch
from token_server.setups import Setups
from token_server.sweep import Sweep


@dataclass(frozen=True, slots=True)
class Services:
    settings: TokenServerSettings
    store: Store
    auth: Auth
    rooms: Rooms
    planner: Planner
    documents: DocumentReader
    verifier: AccessTokenVerifier
    metrics: Metrics
    clock: Clock
    cookies: SessionCookies
    refreshing: SingleFlightRefresh
    sessions: LiveSessions
    rate_limit: AuthRateLimit
    worker_rate_limit: WorkerRateLimit
    jobs: Jobs
    setups: Setups
    account_deletion: AccountDeletion
    recordings: Recordings
    sweep: Sweep
    admission: asyncio.Lock
    """Held while a place is looked for and taken."""


def assemble(
    settings: TokenServerSettings,
    *,
    store: Store,
    auth: Auth,
    rooms: Rooms,
    recording_files: RecordingFiles,
    bank: QuestionBank,
    verifier: AccessTokenVerifier,
    metrics: Metrics,
    clock: Clock,
    monotonic_sec: Callable[[], float],
    plan_writer: PlanWriter | None = None,
) -> Services:
    """Without `plan_writer` every question comes from the bank."""
    jobs = Jobs(store, rooms, settings, metrics, clock)
    admission = asyncio.Lock()
    setups = Setups(store, rooms, jobs, metrics, clock, admission)
    watch = SetupWatch(store, rooms, setups, settings, metrics, clock)
    recordings = Recordings(store, recording_files, settings, metrics, clock)
    recording_sweep = RecordingSweep(store, recording_files, recordings, settings, metrics, clock)
    account_deletion = AccountDeletion(store, jobs, setups, recordings)
    retention = Retention(store, account_deletion, recordings, settings, metrics, clock)
    return Services(
        settings=settings,
        store=store,
        auth=auth,
        rooms=rooms,
        planner=Planner(bank, metrics, plan_writer),
        documents=DocumentReader(),
        verifier=verifier,
        metrics=metrics,
        clock=clock,
        cookies=SessionCookies.for_settings(settings),
        refreshing=SingleFlightRefresh(auth, now_sec=monotonic_sec),
        sessions=LiveSessions(auth, now_sec=monotonic_sec),
        rate_limit=AuthRateLimit(settings),
        worker_rate_limit=WorkerRateLimit(settings),
        jobs=jobs,
        setups=setups,
        account_deletion=account_deletion,
        recordings=recordings,
        sweep=Sweep(
            store,
            rooms,
            jobs,
            watch,
            retention,
            recording_sweep,
            settings,
            metrics,
            clock,
            ClockWatch(clock, monotonic_sec),
        ),
        admission=admission,
    )
