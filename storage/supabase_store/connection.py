"""One HTTP connection pool to Supabase, and requests on it as the service or as a person."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx
from postgrest import AsyncPostgrestClient

from storage.supabase_store.errors import translated
from storage.supabase_store.rows import Row
from storage.text import drop_nul

_TIMEOUT = httpx.Timeout(15, connect=5)
# Below the 5 s after which embedded Supabase closes an idle connection: one that it is just closing fails a request.
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=4)
_PAGE = 1000
"""Rows that the REST API gives at most per request, hosted and embedded."""


@asynccontextmanager
async def open_http() -> AsyncGenerator[httpx.AsyncClient]:
    """Shared by requests of many people, so it keeps no cookies."""
    cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    transport = httpx.AsyncHTTPTransport(retries=1, limits=_LIMITS)  # retries concern connecting only
    async with httpx.AsyncClient(transport=transport, timeout=_TIMEOUT, cookies=cookies) as http:
        yield http


class Rest:
    """Supabase's REST API as one identity, with our errors. Cheap to make: the pool is shared."""

    def __init__(self, http: httpx.AsyncClient, url: str, api_key: str, access_token: str | None = None) -> None:
        self._as_person = access_token is not None
        headers = {"apikey": api_key}
        if access_token is not None:
            headers["Authorization"] = f"Bearer {access_token}"
        # No retries here: a caller that is told at once can tell its own.
        self._client = AsyncPostgrestClient(
            f"{url.rstrip('/')}/rest/v1", headers=headers, http_client=http, retry_enabled=False
        )

    async def call(self, function: str, **parameters: Any) -> Any:
        """The JSON that a SQL function returns."""
        with translated(as_person=self._as_person):
            return (await self._client.rpc(function, drop_nul(parameters)).execute()).data

    async def select(
        self,
        table: str,
        filters: Mapping[str, tuple[str, Any]] | None = None,
        *,
        order: str | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Rows that fulfil every `column: (operator, value)`. `order` may end in `.desc`."""
        query = self._client.from_(table).select("*")
        for column, (operator, value) in (filters or {}).items():
            query = query.filter(column, operator, str(value))
        if order is not None:
            column, _, direction = order.partition(".")
            query = query.order(column, desc=direction == "desc")
        if limit is not None:
            query = query.limit(limit)
        with translated(as_person=self._as_person):
            return _rows((await query.execute()).data)

    async def select_all(self, table: str, filters: Mapping[str, tuple[str, Any]]) -> list[Row]:
        """As `select`, however many there are; the table has an `id`, and they come in its order."""
        found: list[Row] = []
        last_id = "00000000-0000-0000-0000-000000000000"
        while True:
            page = await self.select(table, {**filters, "id": ("gt", last_id)}, order="id", limit=_PAGE)
            found += page
            if len(page) < _PAGE:
                return found
            last_id = page[-1]["id"]

    async def update(self, table: str, row_id: str, change: Row) -> list[Row]:
        """The rows as they are after it: none where there was none."""
        with translated(as_person=self._as_person):
            return _rows((await self._client.from_(table).update(drop_nul(change)).eq("id", row_id).execute()).data)

    async def upsert(self, table: str, row: Row) -> None:
        with translated(as_person=self._as_person):
            await self._client.from_(table).upsert(drop_nul(row)).execute()

    async def delete(self, table: str, row_id: str, *, key: str = "id") -> list[Row]:
        """The rows that went."""
        with translated(as_person=self._as_person):
            return _rows((await self._client.from_(table).delete().eq(key, row_id).execute()).data)


def _rows(data: Any) -> list[Row]:
    return data
