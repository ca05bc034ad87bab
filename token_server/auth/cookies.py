"""The page's credentials: two HttpOnly cookies that its own scripts can't read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from storage.models.account import AuthSession
from token_server.settings import TokenServerSettings

REFRESH_COOKIE_DAYS = 30
SAME_SITE: Literal["strict"] = "strict"


@dataclass(frozen=True, slots=True)
class SessionCookies:
    """Names carry the port: browsers share cookies between the ports of a host, and two checkouts run side by side."""

    access_name: str
    refresh_name: str
    secure: bool

    @staticmethod
    def for_settings(settings: TokenServerSettings) -> "SessionCookies":
        if settings.behind_tls:
            return SessionCookies("__Secure-access_token", "__Secure-refresh_token", secure=True)
        return SessionCookies(f"access_token_{settings.port}", f"refresh_token_{settings.port}", secure=False)

    def access_token(self, request: Request) -> str | None:
        return request.cookies.get(self.access_name)

    def refresh_token(self, request: Request) -> str | None:
        return request.cookies.get(self.refresh_name)

    def put(self, response: Response, session: AuthSession, now: datetime) -> None:
        access_sec = max(0, int((session.expires_at - now).total_seconds()))
        self._set(response, self.access_name, session.access_token, path="/api", max_age_sec=access_sec)
        self._set(
            response,
            self.refresh_name,
            session.refresh_token,
            path="/api/auth",
            max_age_sec=REFRESH_COOKIE_DAYS * 24 * 3600,
        )

    def clear(self, response: Response) -> None:
        self._set(response, self.access_name, "", path="/api", max_age_sec=0)
        self._set(response, self.refresh_name, "", path="/api/auth", max_age_sec=0)

    def _set(self, response: Response, name: str, value: str, *, path: str, max_age_sec: int) -> None:
        response.set_cookie(
            name, value, max_age=max_age_sec, path=path, secure=self.secure, httponly=True, samesite=SAME_SITE
        )
