"""Templates under "Mine": names, undo, and files that carry them over."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from segments.core.errors import InvalidRequest, InvalidState, TooMany
from segments.domain import access, reconcile, saved_definitions
from segments.models import SavedDefinitions
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = json.dumps([factories.SHOT], indent=4)


def names(user: User) -> list[str]:
    return [row.name for row in access.saved_of(user)]


def test_the_text_is_kept_as_it_was_written(anna: User) -> None:
    row = saved_definitions.save(anna, name="  My   shots ", text=TEXT)

    assert (row.name, access.saved_for(anna, row.uid).text) == ("My shots", TEXT)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x00b"])
def test_a_name_is_needed(anna: User, name: str) -> None:
    with pytest.raises(InvalidRequest):
        saved_definitions.save(anna, name=name, text=TEXT)


def test_only_valid_definitions_are_kept(anna: User) -> None:
    with pytest.raises(InvalidRequest):
        saved_definitions.save(anna, name="broken", text='[{"id": "shot"}]')
    assert names(anna) == []


def test_a_taken_name_is_replaced_only_when_asked(anna: User) -> None:
    first = saved_definitions.save(anna, name="shots", text=TEXT)
    other = json.dumps([{**factories.SHOT, "id": "other"}])
    with pytest.raises(InvalidState, match="'shots'"):
        saved_definitions.save(anna, name="shots", text=other)
    saved_definitions.save(anna, name="shots", text=other, replace=True)

    assert [(row.pk, row.text) for row in access.saved_of(anna)] == [(first.pk, other)]


def test_renaming_refuses_a_taken_name(anna: User) -> None:
    saved_definitions.save(anna, name="a", text=TEXT)
    row = saved_definitions.save(anna, name="b", text=TEXT)
    with pytest.raises(InvalidState):
        saved_definitions.rename(row, name="a")
    saved_definitions.rename(access.saved_for(anna, row.uid), name="c")

    assert names(anna) == ["a", "c"]


def test_what_was_deleted_comes_back_under_a_free_name(anna: User) -> None:
    row = saved_definitions.save(anna, name="shots", text=TEXT)
    saved_definitions.remove(row)
    saved_definitions.save(anna, name="shots", text=TEXT)
    saved_definitions.restore(access.saved_for(anna, row.uid, deleted=True))

    assert names(anna) == ["shots", "shots 2"]


def test_what_was_deleted_long_ago_is_gone(anna: User) -> None:
    row = saved_definitions.save(anna, name="shots", text=TEXT)
    kept = saved_definitions.save(anna, name="kept", text=TEXT)
    SavedDefinitions.objects.filter(pk=row.pk).update(deleted_at=timezone.now() - 2 * reconcile.UNDO)
    reconcile.purge_deleted()

    assert list(SavedDefinitions.objects.all()) == [kept]


def test_a_file_carries_templates_to_another_person(anna: User) -> None:
    saved_definitions.save(anna, name="shots", text=TEXT)
    saved_definitions.save(anna, name="Übergänge", text=TEXT)
    text = saved_definitions.to_json(access.saved_of(anna))
    bob = factories.user("bob")
    saved_definitions.save(bob, name="shots", text=TEXT)
    saved_definitions.from_json(bob, text)

    assert names(bob) == ["shots", "shots 2", "Übergänge"]
    assert all(json.loads(row.text) == [factories.SHOT] for row in access.saved_of(bob))


def test_a_bare_list_becomes_one_template(anna: User) -> None:
    saved_definitions.from_json(anna, TEXT, name="from a colleague")

    assert names(anna) == ["from a colleague"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON"),
        ("{}", "holds no templates"),
        ('{"kind": "cuepoint-templates", "templates": [{"name": "x"}]}', "templates[0]"),
        ('{"kind": "cuepoint-templates", "templates": [7]}', "needs a name"),
        ('{"kind": "cuepoint-templates", "templates": [{"name": "x", "definitions": [{"id": "a"}]}]}', "description"),
    ],
)
def test_a_wrong_file_adds_nothing_and_says_where(anna: User, text: str, words: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        saved_definitions.from_json(anna, text)

    assert words in " ".join(problem.message for problem in refused.value.problems)
    assert names(anna) == []


def test_there_is_a_most(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_definitions, "MOST", 1)
    saved_definitions.save(anna, name="a", text=TEXT)
    with pytest.raises(TooMany):
        saved_definitions.from_json(anna, TEXT, name="b")
