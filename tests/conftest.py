"""What holds for every test: a category per module, and no traffic beyond this machine."""

import pytest

from tests.support import loopback_only

CATEGORIES = frozenset({"unit", "behaviour", "storage", "api", "audio", "e2e"})


def pytest_configure() -> None:
    """Before the first test module is imported, so that imports can't call out either."""
    loopback_only.install()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    uncategorised = {
        str(item.path) for item in items if not CATEGORIES & {marker.name for marker in item.iter_markers()}
    }
    if uncategorised:
        names = ", ".join(sorted(uncategorised))
        raise pytest.UsageError(
            f"no category: add `pytestmark = pytest.mark.<{'|'.join(sorted(CATEGORIES))}>` to {names}"
        )
