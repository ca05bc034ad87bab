"""What wraps every request: request log and metrics, bounds on bodies, security headers. Plain ASGI."""

import re
import time

import structlog
from fastapi import HTTPException
from fastapi.routing import APIRoute
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from token_server.errors import ProblemError, problem_response
from token_server.metrics import Metrics
from token_server.settings import TokenServerSettings

log = structlog.get_logger()
READING_PATH = "/api/documents/read"
MAX_LENGTH_DIGITS = 18
"""Of a Content-Length: Python refuses to read numbers of thousands of digits."""
RECORDING_PATH = re.compile(r"/api/worker/attempts/[^/]+/recordings/[^/]+")
"""The one body that is written to its place as it comes."""
QUIET_ROUTES = frozenset({"/healthz", "/readyz", "/metrics"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD = "OTHER"
"""HTTP takes any word as a method, and a metric keeps each label that it ever had: so what isn't known is one label."""


class RequestLog:
    """One line and one metric per request, by route template: paths hold ids, queries hold what people search for."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
        began_sec = time.perf_counter()
        status = 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        finally:
            took_sec = time.perf_counter() - began_sec
            method = scope["method"] if scope["method"] in METHODS else OTHER_METHOD
            route = _route_template(scope)
            self._metrics.requests.labels(method, route, str(status)).observe(took_sec)
            if route not in QUIET_ROUTES:
                log.info("request", method=method, route=route, status=status, took_ms=round(took_sec * 1000, 1))


def _route_template(scope: Scope) -> str:
    """As the route was declared, whatever its parameters hold: callers don't make labels."""
    route = scope.get("route")
    if not isinstance(route, APIRoute):
        return "page" if scope["method"] in ("GET", "HEAD") else "none"
    # A route knows the prefix of its own router only. What comes before it, `/api`, has no parameters.
    before = scope["path"].split("/")[: -route.path_format.count("/")]
    return "/".join(before) + route.path_format


class BodyLimit:
    """413 for what is larger than its route takes, before it is in memory."""

    def __init__(self, app: ASGIApp, settings: TokenServerSettings) -> None:
        self._app = app
        self._max_bytes = settings.max_body_bytes
        self._max_worker_bytes = settings.max_worker_body_bytes
        self._max_document_bytes = settings.max_document_bytes
        self._max_recording_bytes = settings.max_recording_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or len(announced) > MAX_LENGTH_DIGITS or int(announced) > limit:
            await problem_response(ProblemError("too_large"))(scope, receive, send)
            return
        taken = 0

        async def bounded_receive() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise HTTPException(413)  # FastAPI passes this kind on while it reads a body, and no other.
            return message

        await self._app(scope, bounded_receive, send)

    def _limit_of(self, path: str) -> int:
        if RECORDING_PATH.fullmatch(path):
            return self._max_recording_bytes
        if path.startswith("/api/worker/"):
            return self._max_worker_bytes
        return self._max_document_bytes if path == READING_PATH else self._max_bytes


class SecurityHeaders:
    def __init__(self, app: ASGIApp, settings: TokenServerSettings) -> None:
        self._app = app
        self._headers = security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                # Pages and their files say for themselves how long they may be kept.
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def security_headers(settings: TokenServerSettings) -> dict[str, str]:
    livekit = settings.server_url
    # The client SDK opens a web socket, and asks the same host by HTTP why one was refused.
    as_http = livekit.replace("ws", "http", 1) if livekit.startswith("ws") else livekit
    as_ws = livekit.replace("http", "ws", 1) if livekit.startswith("http") else livekit
    policy = {
        "default-src": "'self'",
        "connect-src": f"'self' {as_ws} {as_http}",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "worker-src": "'self' blob:",
        # Component libraries set style attributes; scripts stay strict.
        "style-src": "'self' 'unsafe-inline'",
        "script-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), display-capture=()",
    }
    if settings.behind_tls:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers
