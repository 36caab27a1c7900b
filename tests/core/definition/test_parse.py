"""Every rule for definitions, with the path of the problem; numbers are those of the contract (X11 …)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from segments.core.definition import (
    LIMITS,
    FieldSpec,
    ItemSpec,
    MediaSource,
    SegmentDefinition,
    definitions_to_json,
    parse_definitions,
)
from segments.core.errors import InvalidRequest, Problem
from segments.core.timeline import Span

Wire = dict[str, object]


def definition(**changes: object) -> Wire:
    return {"id": "scene", "description": "One place", "fields": []} | changes


def field(**changes: object) -> Wire:
    return {"name": "mood", "type": "string", "description": "Overall mood"} | changes


def problems(*definitions: object, duration: float | None = 60.0, model: str = "pegasus1.5") -> list[Problem]:
    with pytest.raises(InvalidRequest) as caught:
        parse_definitions(list(definitions), duration=duration, model_name=model)
    return caught.value.problems


def paths(*definitions: object, **options: object) -> list[str]:
    return [problem.path for problem in problems(*definitions, **options)]  # type: ignore[arg-type]


def of_field(**changes: object) -> list[str]:
    return paths(definition(fields=[field(**changes)]))


FIELD = "segment_definitions[0].fields[0]"


def test_a_full_definition_becomes_values() -> None:
    wire = definition(
        description="Like <@logo>",
        fields=[
            field(enum=["calm", "tense"]),
            field(name="objects", type="array", items={"type": "string"}),
            field(name="peak", type="timestamp", format="hh:mm:ss"),
        ],
        time_ranges=[{"start_time": 10, "end_time": 20.5}, {"start_time": 0, "end_time": 5}],
        media_sources=[{"name": "logo", "media_type": "image", "url": "https://example.com/a.png"}],
    )
    assert parse_definitions([wire], duration=60.0) == (
        SegmentDefinition(
            id="scene",
            description="Like <@logo>",
            fields=(
                FieldSpec("mood", "string", "Overall mood", enum=("calm", "tense")),
                FieldSpec("objects", "array", "Overall mood", items=ItemSpec("string")),
                FieldSpec("peak", "timestamp", "Overall mood", format="hh:mm:ss"),
            ),
            time_ranges=(Span(0.0, 5.0), Span(10.0, 20.5)),
            media_sources=(MediaSource("logo", url="https://example.com/a.png"),),
        ),
    )


def test_wire_form_parses_to_the_same_definitions() -> None:
    events = {"type": "object", "fields": [field(name="who"), field(name="n", type="array", items={"type": "number"})]}
    wire = [
        definition(fields=[field(name="turns", type="time_array", items=events), field(enum=["a", "b"])]),
        definition(id="b", time_ranges=[{"start_time": 1.5, "end_time": 4}]),
        definition(id="c", media_sources=[{"name": "x", "media_type": "image", "base64_string": "aGk="}]),
    ]
    first = parse_definitions(wire, duration=None, model_name="pegasus1.6")
    assert parse_definitions(definitions_to_json(first), duration=None, model_name="pegasus1.6") == first


def test_null_means_left_out() -> None:
    nulls = {"enum": None, "format": None, "items": None}
    wire = definition(fields=[field(**nulls)], time_ranges=None, media_sources=None)
    assert parse_definitions([wire], duration=None) == parse_definitions([definition(fields=[field()])], duration=None)


def test_x11_range_reversed_is_refused() -> None:
    assert paths(definition(time_ranges=[{"start_time": 9, "end_time": 4}])) == [
        "segment_definitions[0].time_ranges[0]"
    ]


def test_x11_range_below_two_seconds_is_refused() -> None:
    found = problems(definition(time_ranges=[{"start_time": 1, "end_time": 2.5}]))
    assert found == [
        Problem(
            "segment_definitions[0].time_ranges[0]",
            "This time range is 1.5 seconds long; at least 2 seconds are needed.",
        )
    ]


def test_x11_range_past_the_end_is_refused() -> None:
    at = "segment_definitions[0].time_ranges[0].end_time"
    assert paths(definition(time_ranges=[{"start_time": 1, "end_time": 61}])) == [at]


def test_x11_range_past_an_unknown_end_is_accepted() -> None:
    wire = definition(time_ranges=[{"start_time": 1, "end_time": 6100}])
    assert parse_definitions([wire], duration=None)[0].time_ranges == (Span(1.0, 6100.0),)


def test_x11_overlapping_ranges_name_the_later_one() -> None:
    ranges = [{"start_time": 8, "end_time": 20}, {"start_time": 0, "end_time": 9}]
    found = problems(definition(time_ranges=ranges))
    assert found == [
        Problem(
            "segment_definitions[0].time_ranges[0]",
            "This time range overlaps the one from 0 to 9 seconds. Ranges may touch, but not overlap.",
        )
    ]


def test_x12_touching_ranges_are_accepted() -> None:
    ranges = [{"start_time": 0, "end_time": 5}, {"start_time": 5, "end_time": 10}]
    found = parse_definitions([definition(time_ranges=ranges)], duration=10.0)
    assert found[0].time_ranges == (Span(0.0, 5.0), Span(5.0, 10.0))


@pytest.mark.parametrize("value", [True, "3", -1, float("nan"), float("inf"), [1]])
def test_range_times_must_be_finite_numbers_from_zero(value: object) -> None:
    at = "segment_definitions[0].time_ranges[0].start_time"
    assert paths(definition(time_ranges=[{"start_time": value, "end_time": 9}])) == [at]


def test_x15_no_definition_is_refused() -> None:
    assert paths() == ["segment_definitions"]


def test_x15_more_than_twenty_definitions_are_refused() -> None:
    assert paths(*(definition(id=f"d{n}") for n in range(21))) == ["segment_definitions"]


def test_x15_a_double_id_names_the_second() -> None:
    found = problems(definition(), definition())
    assert found == [
        Problem(
            "segment_definitions[1].id",
            'id "scene" is used by two definitions. Give every definition its own id.',
        )
    ]


def test_x16_timestamp_without_format_says_which_there_are() -> None:
    found = problems(definition(fields=[field(type="timestamp")]))
    assert found == [
        Problem(
            f"{FIELD}.format",
            'format is missing. A timestamp needs one of "seconds", "hh:mm:ss", "hh:mm:ss.fff".',
            "parameter_not_provided",
        )
    ]


def test_x16_format_on_a_string_is_refused() -> None:
    assert of_field(format="seconds") == [f"{FIELD}.format"]


def test_x17_array_without_items_is_refused() -> None:
    assert of_field(type="array") == [f"{FIELD}.items"]


def test_x17_items_on_a_string_are_refused() -> None:
    assert of_field(items={"type": "string"}) == [f"{FIELD}.items"]


@pytest.mark.parametrize("items", [{"type": "object"}, {"type": "array"}, {}, "string"])
def test_array_items_must_be_scalars(items: object) -> None:
    assert len(of_field(type="array", items=items)) == 1


def test_array_items_with_fields_are_refused() -> None:
    assert of_field(type="array", items={"type": "string", "fields": []}) == [f"{FIELD}.items.fields"]


def test_x18_more_than_a_hundred_choices_are_refused() -> None:
    assert of_field(enum=[str(n) for n in range(101)]) == [f"{FIELD}.enum"]


@pytest.mark.parametrize("kind", ["number", "integer", "boolean"])
def test_x18_choices_go_only_with_texts_and_lists(kind: str) -> None:
    assert of_field(type=kind, enum=["a"]) == [f"{FIELD}.enum"]


def test_x18_choices_on_a_timestamp_are_refused() -> None:
    assert of_field(type="timestamp", format="seconds", enum=["a"]) == [f"{FIELD}.enum"]


def test_choices_on_a_list_of_numbers_are_refused() -> None:
    assert of_field(type="array", items={"type": "number"}, enum=["1"]) == [f"{FIELD}.enum"]


@pytest.mark.parametrize(("enum", "at"), [([], ""), (["a", "a"], "[1]"), (["a", ""], "[1]"), ([1], "[0]")])
def test_choices_must_be_unique_non_empty_texts(enum: list[object], at: str) -> None:
    assert of_field(enum=enum) == [f"{FIELD}.enum{at}"]


@pytest.mark.parametrize("name", ["start_time", "end_time", "metadata"])
def test_x19_reserved_names_are_refused(name: str) -> None:
    assert of_field(name=name) == [f"{FIELD}.name"]


def test_a_double_field_name_is_refused() -> None:
    assert paths(definition(fields=[field(), field()])) == ["segment_definitions[0].fields[1].name"]


def test_x20_time_array_needs_the_newest_model_and_lists_the_other_types() -> None:
    found = problems(definition(fields=[field(type="time_array", items={"type": "object", "fields": [field()]})]))
    assert found == [
        Problem(
            f"{FIELD}.type",
            'type "time_array" needs the model pegasus1.6. With this model use one of '
            '"string", "boolean", "number", "integer", "array", "timestamp".',
        )
    ]


IMAGE = {"name": "a", "media_type": "image", "url": "https://example.com/a.png"}
SOURCE = "segment_definitions[0].media_sources"


def test_x21_five_images_are_refused() -> None:
    assert paths(definition(media_sources=[IMAGE | {"name": f"i{n}"} for n in range(5)])) == [SOURCE]


def test_x21_an_image_with_two_places_is_refused() -> None:
    assert paths(definition(media_sources=[IMAGE | {"asset_id": "x"}])) == [f"{SOURCE}[0]"]


def test_x21_a_video_as_image_is_refused() -> None:
    assert paths(definition(media_sources=[IMAGE | {"media_type": "video"}])) == [f"{SOURCE}[0].media_type"]


@pytest.mark.parametrize("url", ["http://example.com/a.png", "file:///etc/passwd", "", 3])
def test_image_addresses_must_be_https(url: object) -> None:
    assert paths(definition(media_sources=[IMAGE | {"url": url}])) == [f"{SOURCE}[0].url"]


def test_a_double_image_name_is_refused() -> None:
    assert paths(definition(media_sources=[IMAGE, IMAGE])) == [f"{SOURCE}[1].name"]


def test_an_image_that_is_no_base64_is_refused() -> None:
    broken = {"name": "a", "media_type": "image", "base64_string": "%%%"}
    assert paths(definition(media_sources=[broken])) == [f"{SOURCE}[0].base64_string"]


@pytest.mark.parametrize("text", ["aGk", "aGk=", "data:image/png;base64,aGk="])
def test_base64_may_be_padded_or_not(text: str) -> None:
    image = {"name": "a", "media_type": "image", "base64_string": text}
    assert parse_definitions([definition(media_sources=[image])], duration=None)[0].media_sources[0].name == "a"


def test_x27_more_than_twenty_fields_are_refused() -> None:
    assert paths(definition(fields=[field(name=f"f{n}") for n in range(21)])) == ["segment_definitions[0].fields"]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_x27_a_blank_description_is_refused(text: str) -> None:
    found = problems(definition(description=text))
    assert found == [
        Problem(
            "segment_definitions[0].description",
            "description is blank. Give a text of 1 to 2000 characters.",
        )
    ]


def test_x27_a_field_without_description_is_refused() -> None:
    bare = {"name": "mood", "type": "string"}
    found = problems(definition(fields=[bare]))
    assert [(p.path, p.code) for p in found] == [(f"{FIELD}.description", "parameter_not_provided")]


def test_x28_a_reference_without_image_is_refused() -> None:
    assert paths(definition(description="Shows <@logo>")) == ["segment_definitions[0].description"]


def test_an_image_that_is_never_referred_to_is_accepted() -> None:
    assert parse_definitions([definition(media_sources=[IMAGE])], duration=None)[0].media_sources


def events(**changes: object) -> list[str]:
    items = {"type": "object", "fields": [field(**changes)]}
    return paths(definition(fields=[field(type="time_array", items=items)]), model="pegasus1.6")


def test_x29_events_without_fields_are_refused() -> None:
    wire = definition(fields=[field(type="time_array", items={"type": "object"})])
    assert paths(wire, model="pegasus1.6") == [f"{FIELD}.items.fields"]


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"type": "time_array"}, "type"),
        ({"type": "timestamp"}, "type"),
        ({"format": "seconds"}, "format"),
        ({"type": "integer", "enum": ["a"]}, "enum"),
        ({"type": "array", "items": {"type": "string"}, "enum": ["a"]}, "enum"),
        ({"name": "end_time"}, "name"),
    ],
)
def test_x29_event_fields_are_plain(changes: Wire, at: str) -> None:
    assert events(**changes) == [f"{FIELD}.items.fields[0].{at}"]


def test_unknown_keys_are_named_at_every_depth() -> None:
    found = problems(definition(colour="red", fields=[field(enums=["a"])]))
    assert [(p.path, p.code) for p in found] == [
        ("segment_definitions[0].colour", "parameter_unknown"),
        (f"{FIELD}.enums", "parameter_unknown"),
    ]


def test_all_problems_are_told_at_once_in_reading_order() -> None:
    assert paths(definition(id="", fields=[field(type="strng"), field(name="")]), "text") == [
        "segment_definitions[0].id",
        f"{FIELD}.type",
        "segment_definitions[0].fields[1].name",
        "segment_definitions[1]",
    ]


@pytest.mark.parametrize(
    ("make", "limit"),
    [
        (lambda n: definition(id="x" * n), "id_characters"),
        (lambda n: definition(description="x" * n), "description_characters"),
        (lambda n: definition(fields=[field(name="x" * n)]), "name_characters"),
        (lambda n: definition(fields=[field(enum=["x" * n])]), "enum_characters"),
    ],
)
def test_texts_are_held_to_their_limits(make: Callable[[int], Wire], limit: str) -> None:
    assert parse_definitions([make(LIMITS[limit])], duration=None)
    assert len(problems(make(LIMITS[limit] + 1))) == 1


@pytest.mark.parametrize("name", ["a\nb", "a\0b", "a\x1bb", "a\ud800"])
def test_names_hold_no_control_characters(name: str) -> None:
    assert paths(definition(id=name)) == ["segment_definitions[0].id"]


@pytest.mark.parametrize("value", [None, {}, "x", 3, True])
def test_only_a_list_is_a_list_of_definitions(value: object) -> None:
    with pytest.raises(InvalidRequest) as caught:
        parse_definitions(value, duration=None)
    assert [problem.path for problem in caught.value.problems] == ["segment_definitions"]


def test_paths_begin_where_the_caller_says() -> None:
    with pytest.raises(InvalidRequest) as caught:
        parse_definitions([definition(id=3)], duration=None, path="response_format.segment_definitions")
    assert [problem.path for problem in caught.value.problems] == ["response_format.segment_definitions[0].id"]
