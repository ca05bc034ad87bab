"""Fixed points in time."""

from datetime import UTC, datetime

NOW = datetime(2026, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)
