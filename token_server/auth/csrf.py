"""Cross-site requests: what a foreign page makes a browser send with our cookies."""

from starlette.requests import Request

from token_server.errors import ProblemError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_cross_site(request: Request, allowed_origins: frozenset[str], *, unknown_ok: bool = False) -> None:
    """For requests that change something on the strength of a cookie, or set cookies.

    Browsers set Sec-Fetch-Site and Origin themselves; no page can forge them. A request with neither is refused
    unless `unknown_ok` (nothing of it rests on a cookie, as at sign-in): a program sends a bearer token instead.

    Raises:
        ProblemError: csrf_failed
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if origin is not None and origin not in allowed_origins and site != "same-origin":
        raise ProblemError("csrf_failed")
    if site is not None and site not in ("same-origin", "none"):
        raise ProblemError("csrf_failed")
    if site is None and origin is None and not unknown_ok:
        raise ProblemError("csrf_failed", "send Origin, or a bearer token instead of cookies")
