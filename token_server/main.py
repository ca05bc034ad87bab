"""The token server. `uvicorn token_server.main:create_app --factory` reads its settings from the environment."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware

from prompts.question_bank import load_bank
from storage.recordings import FolderFiles, RecordingFiles, open_bucket_files
from storage.supabase_store import open_supabase_auth, open_supabase_store
from token_server.auth.access_tokens import verifier_for
from token_server.clock import utc_now
from token_server.errors import add_error_handlers
from token_server.logging import set_up_logging
from token_server.metrics import Metrics
from token_server.middleware import BodyLimit, RequestLog, SecurityHeaders
from token_server.page import Page
from token_server.planning import open_plan_writer
from token_server.rooms import LiveKitRooms
from token_server.routes import api_router, health_router
from token_server.services import Services, assemble
from token_server.settings import SettingsError, TokenServerSettings, load_settings

TITLE = "Mock interview"
VERSION = "1"


def create_app(settings: TokenServerSettings | None = None, services: Services | None = None) -> FastAPI:
    """With `services`, as tests pass them, nothing is connected and no sweep runs.

    Raises:
        SystemExit: a setting is missing or wrong; says which.
    """
    if settings is None:
        settings = services.settings if services is not None else _settings_or_exit()
        set_up_logging()
    metrics = services.metrics if services is not None else Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            app.state.services = await _connect(settings, metrics, stack)
            stack.push_async_callback(_stop, asyncio.create_task(app.state.services.sweep.run()))
            yield

    app = describe_app(lifespan=None if services is not None else lifespan)
    if services is not None:
        app.state.services = services
    add_error_handlers(app)
    app.mount("/", Page(settings.page_dir), name="page")
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(BodyLimit, settings=settings)
    app.add_middleware(SecurityHeaders, settings=settings)
    app.add_middleware(RequestLog, metrics=metrics)
    return app


def describe_app(**arguments: Any) -> FastAPI:
    """The routes alone: enough for the OpenAPI document, without any setting."""
    app = FastAPI(
        title=TITLE,
        version=VERSION,
        openapi_url="/api/openapi.json",
        # Their pages load scripts from elsewhere, which our content security policy refuses.
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        **arguments,
    )
    app.include_router(api_router())
    app.include_router(health_router())
    return app


def _settings_or_exit() -> TokenServerSettings:
    try:
        return load_settings()
    except SettingsError as error:
        raise SystemExit(str(error)) from None


def _operation_id(route: APIRoute) -> str:
    return route.name


async def _connect(settings: TokenServerSettings, metrics: Metrics, stack: AsyncExitStack) -> Services:
    """Opens what lives as long as the process; the stack closes it."""
    url, publishable_key = settings.supabase_url, settings.supabase_publishable_key.get_secret_value()
    store = await stack.enter_async_context(
        open_supabase_store(url, publishable_key, settings.supabase_secret_key.get_secret_value())
    )
    auth = await stack.enter_async_context(
        open_supabase_auth(url, publishable_key, reset_url=f"{settings.page_url}/reset-password")
    )
    recording_files = await _open_recording_files(settings, stack)
    keys_http = await stack.enter_async_context(httpx.AsyncClient(timeout=settings.upstream_timeout_sec))
    plan_writer = await stack.enter_async_context(open_plan_writer(settings)) if settings.plans_with_llm else None
    rooms = LiveKitRooms(settings)
    stack.push_async_callback(rooms.aclose)
    return assemble(
        settings,
        store=store,
        auth=auth,
        rooms=rooms,
        recording_files=recording_files,
        bank=load_bank(),
        verifier=verifier_for(settings, keys_http),
        metrics=metrics,
        clock=utc_now,
        monotonic_sec=time.monotonic,
        plan_writer=plan_writer,
    )


async def _open_recording_files(settings: TokenServerSettings, stack: AsyncExitStack) -> RecordingFiles:
    if not settings.keeps_recordings_in_supabase:
        return FolderFiles(settings.recordings_dir)
    secret_key = settings.supabase_secret_key.get_secret_value()
    return await stack.enter_async_context(open_bucket_files(settings.supabase_url, secret_key))


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
