"""Files in a private bucket of Supabase Storage, reached with the secret key only. For hosted token servers."""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpx

from storage.errors import NotFoundError, StoreUnavailableError
from storage.models.recording import CONTENT_TYPE
from storage.recordings.files import StoredFile

BUCKET = "recordings"
_TIMEOUT = httpx.Timeout(60, connect=5)
"""Supabase answers an upload when it has stored all of it."""
_PAGE = 1000


@asynccontextmanager
async def open_bucket_files(url: str, secret_key: str) -> "AsyncGenerator[BucketFiles]":
    """Makes no request by itself."""
    headers = {"apikey": secret_key, "Authorization": f"Bearer {secret_key}"}
    async with httpx.AsyncClient(base_url=f"{url}/storage/v1", headers=headers, timeout=_TIMEOUT) as http:
        yield BucketFiles(http)


class BucketFiles:
    """A RecordingFiles. The bucket is made when the first file comes."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._has_bucket = False

    async def put(self, name: str, content: AsyncIterable[bytes], *, size_bytes: int) -> None:
        await self._make_bucket()
        headers = {"Content-Type": CONTENT_TYPE, "Content-Length": str(size_bytes), "x-upsert": "true"}
        await self._ask("POST", f"/object/{BUCKET}/{name}", content=content, headers=headers)

    async def open(self, name: str, *, first: int, size_bytes: int) -> AsyncIterator[bytes]:
        headers = {"Range": f"bytes={first}-{first + size_bytes - 1}", "Accept-Encoding": "identity"}
        request = self._http.build_request("GET", f"/object/authenticated/{BUCKET}/{name}", headers=headers)
        with _http_errors():
            response = await self._http.send(request, stream=True)
        if not response.is_success:
            with _http_errors():
                await response.aread()
            raise _refusal(response)
        if response.status_code != HTTPStatus.PARTIAL_CONTENT and first > 0:
            await response.aclose()
            raise StoreUnavailableError("Supabase Storage gave all of a file instead of a part of it")
        return _read(response)

    async def stored(self, prefix: str = "") -> list[StoredFile]:
        found: list[StoredFile] = []
        while True:
            body = {"prefix": "", "search": prefix, "limit": _PAGE, "offset": len(found)}
            try:
                page: list[dict[str, Any]] = (await self._ask("POST", f"/object/list/{BUCKET}", json=body)).json()
            except NotFoundError:
                return []  # no bucket yet
            found += [StoredFile(item["name"], datetime.fromisoformat(item["updated_at"])) for item in page]
            if len(page) < _PAGE:
                return [file for file in found if file.name.startswith(prefix)]

    async def remove(self, names: Sequence[str]) -> None:
        for first in range(0, len(names), _PAGE):
            body = {"prefixes": list(names[first : first + _PAGE])}
            await self._ask("DELETE", f"/object/{BUCKET}", json=body)

    async def _make_bucket(self) -> None:
        if self._has_bucket:
            return
        try:
            await self._ask("GET", f"/bucket/{BUCKET}")
        except NotFoundError:
            body = {"id": BUCKET, "name": BUCKET, "public": False, "allowed_mime_types": [CONTENT_TYPE]}
            await self._ask("POST", "/bucket", json=body)
        self._has_bucket = True

    async def _ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        with _http_errors():
            response = await self._http.request(method, path, **request)
        if not response.is_success:
            raise _refusal(response)
        return response


async def _read(response: httpx.Response) -> AsyncIterator[bytes]:
    try:
        with _http_errors():
            async for chunk in response.aiter_raw():
                yield chunk
    finally:
        await response.aclose()


def _refusal(response: httpx.Response) -> Exception:
    """Supabase Storage says 400 and the real status in the body, in older versions."""
    try:
        body: Any = response.json()
    except ValueError:
        body = {}
    said = str(body.get("statusCode", "")) if isinstance(body, dict) else ""
    if "404" in (said, str(response.status_code)):
        return NotFoundError()
    return StoreUnavailableError(f"Supabase Storage refused: {response.status_code} {said}".strip())


@contextmanager
def _http_errors() -> Generator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        raise StoreUnavailableError(f"Supabase Storage can't be reached: {type(error).__name__}") from error
