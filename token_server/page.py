"""The page: what Vite built, and its first file for every address, since it also says where there is nothing."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
ADDRESSES = (
    "sign-in",
    "sign-up",
    "reset-password",
    "privacy",
    "interviews",
    "interviews/new",
    "interviews/:interviewId/start",
    "interviews/:interviewId/adjust",
    "interviews/:interviewId/compare",
    "account",
    "progress",
    "attempts/:attemptId/report",
    "attempts/:attemptId",
    "setup/:setupId",
)
"""But for the root, as in web/src/app/routes.tsx."""
NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Mock interview</title>
<h1>The page isn't built yet</h1>
<p>The API is running. Build the page with <code>make run</code>, or <code>npm ci &amp;&amp; npm run build</code>
in <code>token_server/web</code>.</p></html>"""


class Page(StaticFiles):
    """Mount it last, at `/`. Looks for the build at each request, so that a build needs no restart."""

    def __init__(self, dist: Path) -> None:
        super().__init__(directory=dist, check_dir=False)
        self._dist = dist

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path.split("/", 1)[0] == "api":
            raise HTTPException(404)
        if not (self._dist / "index.html").is_file():
            return HTMLResponse(NOT_BUILT, status_code=503, headers={"Cache-Control": "no-store"})
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            # An address without a suffix is the page's own to route; a missing file is missing.
            if error.status_code != 404 or PurePosixPath(path).suffix:
                raise
            path, response = "index.html", await self._first_file(path, scope)
        # Vite puts a digest into the names below assets/, and nowhere else.
        response.headers["Cache-Control"] = FOREVER if path.startswith("assets/") else ASK_FIRST
        return response

    async def _first_file(self, path: str, scope: Scope) -> Response:
        if path == "." or is_address(path):
            return await super().get_response("index.html", scope)
        return FileResponse(self._dist / "index.html", status_code=404)

    async def check_config(self) -> None:
        """The directory may come later; get_response says so until then."""


def is_address(path: str) -> bool:
    """Whether the page has something to show at `path`, which begins and ends without a slash."""
    parts = path.split("/")
    return any(_fits(parts, address.split("/")) for address in ADDRESSES)


def _fits(parts: Sequence[str], address: Sequence[str]) -> bool:
    return len(parts) == len(address) and all(
        part == wanted or wanted.startswith(":") for part, wanted in zip(parts, address, strict=True)
    )
