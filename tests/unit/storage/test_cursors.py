import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.cursors import Cursor, clamp_limit, is_uuid
from storage.errors import InvalidCursorError

pytestmark = pytest.mark.unit

ROW_ID = "0b0e7a5e-0c1d-4a65-9a43-0d4a3a5f4a11"


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=300))
def test_a_cursor_comes_back_as_it_was_made(key: str):
    cursor = Cursor("title", key, ROW_ID)
    assert Cursor.decode(cursor.encode(), order="title") == cursor


def test_no_cursor_is_the_first_page():
    assert Cursor.decode(None, order="newest") is None


def test_a_cursor_of_another_order_is_refused():
    with pytest.raises(InvalidCursorError):
        Cursor.decode(Cursor("title", "a", ROW_ID).encode(), order="newest")


@given(st.text(max_size=200))
def test_any_other_text_is_refused(text: str):
    with pytest.raises(InvalidCursorError):
        Cursor.decode(text, order="newest")


@pytest.mark.parametrize(
    "parts",
    [["newest", "k"], ["newest", 1, ROW_ID], ["newest", "k", "not-a-uuid"], {"order": "newest"}, 7, None],
)
def test_well_formed_nonsense_is_refused(parts: object):
    text = base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")
    with pytest.raises(InvalidCursorError):
        Cursor.decode(text, order="newest")


def test_limits_stay_between_one_and_a_hundred():
    assert [clamp_limit(n) for n in (-5, 0, 1, 50, 100, 1000)] == [1, 1, 1, 50, 100, 100]


def test_only_canonical_uuids_are_ids():
    assert is_uuid(ROW_ID)
    assert not any(is_uuid(text) for text in ("", "x", ROW_ID.replace("-", ""), "{" + ROW_ID + "}", ROW_ID + " "))
