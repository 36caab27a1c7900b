from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.errors import InvalidRequest
from segments.core.request import parse_json
from segments.core.strict_json import MAX_BYTES


def refusal(text: bytes | str) -> str:
    with pytest.raises(InvalidRequest) as caught:
        parse_json(text)
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n "a": 2}', 'Line 2, column 2: the key "a" is there twice.'),
        ("[1,\n  NaN]", "Line 2, column 3: NaN is not a JSON number."),
        ("[-Infinity]", "Line 1, column 2: -Infinity is not a JSON number."),
        ("[1e999]", "Line 1, column 2: this number is too large."),
        ("[" + "1" * 400 + "]", "Line 1, column 2: this number has too many digits."),
        ('["\\ud800"]', "Line 1, column 2: half of a surrogate pair is not a character."),
        ('{"a": "x\\u0000"}', "Line 1, column 7: a NUL character (\\u0000) is not allowed."),
        ("[" * 33 + "]" * 33, "Line 1, column 33: nested deeper than 32 levels."),
        ('{"a" 1}', "Line 1, column 6: expecting ':' delimiter."),
        ('{"a": "open', "Line 1, column 7: unterminated string starting at."),
        ("", "Line 1, column 1: expecting value."),
        ("{} x", "Line 1, column 4: extra data."),
    ],
)
def test_refusals_name_line_and_column(text: str, message: str) -> None:
    assert refusal(text) == f"The text is not valid JSON. {message}"


def test_too_much_text_is_refused() -> None:
    assert "1 MiB" in refusal(b" " * (MAX_BYTES + 1))
    assert "1 MiB" in refusal("ä" * (MAX_BYTES // 2 + 1))


def test_bottomless_nesting_is_refused() -> None:
    assert "nested deeper than 32 levels" in refusal("[" * 400_000)


def test_hostile_text_is_refused_in_no_time() -> None:
    started = time.process_time()
    refusal('"' + '\\"' * 500_000)
    refusal('["' + '","' * 300_000)
    refusal("[" + "9" * 1_000_000 + "]")
    assert time.process_time() - started < 2.0


def test_other_encodings_are_refused() -> None:
    assert refusal("é".encode("latin-1")) == "The text is not UTF-8: byte 1 does not belong there."


def test_equal_keys_in_different_objects_are_fine() -> None:
    assert parse_json('[{"a": {"a": 1}}, {"a": ["a"]}]') == [{"a": {"a": 1}}, {"a": ["a"]}]


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_a_surrogate_pair_is_a_character() -> None:
    assert parse_json('"\\ud83d\\ude00"') == "\N{GRINNING FACE}"


def test_thirty_two_levels_are_fine() -> None:
    assert parse_json("[" * 32 + "]" * 32)


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_either_read_or_refused(text: bytes | str) -> None:
    with suppress(InvalidRequest):
        parse_json(text)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**12), 10**12)
        | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        max_leaves=20,
    )
)
def test_what_was_written_is_read_back(value: object) -> None:
    if "\\u0000" not in json.dumps(value):
        assert parse_json(json.dumps(value)) == value
