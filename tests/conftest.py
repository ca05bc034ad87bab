"""What holds for every test: a category per module, and no traffic beyond this machine."""

from collections.abc import Iterator

import pytest
import structlog

from tests.support import loopback_only
from tests.support.supabase import EmbeddedSupabase

CATEGORIES = frozenset({"unit", "behaviour", "storage", "api", "audio", "e2e"})


def pytest_configure() -> None:
    """Before the first test module is imported, so that imports can't call out either."""
    loopback_only.install()
    _log_plainly()


def _log_plainly() -> None:
    """structlog's own way prints the values of all variables beside a traceback: 20 s for one that holds the bank."""
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, renderer]
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    uncategorised = {
        str(item.path) for item in items if not CATEGORIES & {marker.name for marker in item.iter_markers()}
    }
    if uncategorised:
        names = ", ".join(sorted(uncategorised))
        raise pytest.UsageError(
            f"no category: add `pytestmark = pytest.mark.<{'|'.join(sorted(CATEGORIES))}>` to {names}"
        )


@pytest.fixture(scope="session")
def embedded_supabase(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSupabase]:
    """The real embedded Supabase, started once (6-12 s) for all tests that ask for it. Sign up people of your own."""
    with EmbeddedSupabase(tmp_path_factory.mktemp("supabase") / "data") as supabase:
        yield supabase
