"""The page: what Vite built, and its first file for every address that the page itself knows."""

from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
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
            path, response = "index.html", await super().get_response("index.html", scope)
        # Vite puts a digest into the names below assets/, and nowhere else.
        response.headers["Cache-Control"] = FOREVER if path.startswith("assets/") else ASK_FIRST
        return response

    async def check_config(self) -> None:
        """The directory may come later; get_response says so until then."""
