"""A person's own templates: save, rename, remove, restore, and carry them over as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from segments.core.definition import parse_definitions
from segments.core.errors import InvalidRequest, InvalidState, Problem, TooMany
from segments.core.request import parse_json
from segments.domain import access
from segments.models import SavedDefinitions

#: Most of one person.
MOST = 200
#: Marks our files, so that another JSON is not taken for one.
KIND = "cuepoint-templates"
LONGEST_NAME = 100


def save(user: AbstractBaseUser, *, name: str, text: str, replace: bool = False) -> SavedDefinitions:
    """Keep valid definitions under a name. Raises InvalidState for a taken name unless it is to be replaced."""
    name = _name(name)
    parse_definitions(parse_json(text), duration=None)
    with transaction.atomic():
        known = access.saved_of(user).select_for_update().filter(name=name).first()
        if known is None:
            return _create(user, name, text)
        if not replace:
            raise _taken(name)
        known.text = text
        known.save(update_fields=["text", "updated_at"])
        return known


def rename(row: SavedDefinitions, *, name: str) -> SavedDefinitions:
    row.name = _name(name)
    try:
        with transaction.atomic():
            row.save(update_fields=["name", "updated_at"])
    except IntegrityError:
        raise _taken(row.name) from None
    return row


def remove(row: SavedDefinitions) -> None:
    """It can be brought back until it is purged."""
    SavedDefinitions.objects.filter(pk=row.pk).update(deleted_at=timezone.now())


def restore(row: SavedDefinitions) -> SavedDefinitions:
    """Under a name of its own, if the old one was given away meanwhile."""
    with transaction.atomic():
        if row.deleted_at is not None:
            row.name = _free(row.name, {each.name for each in access.saved_of(row.owner)})
            row.deleted_at = None
            row.save(update_fields=["name", "deleted_at"])
    return row


def to_json(rows: Iterable[SavedDefinitions]) -> str:
    """The file that `from_json` reads."""
    templates = [{"name": row.name, "definitions": json.loads(row.text)} for row in rows]
    return json.dumps({"kind": KIND, "version": 1, "templates": templates}, indent=2, ensure_ascii=False) + "\n"


def from_json(user: AbstractBaseUser, text: str, *, name: str = "") -> list[SavedDefinitions]:
    """Add the templates of a file, all or none. A bare list of definitions becomes one template called `name`.

    Raises InvalidRequest with the place of everything that is wrong. A taken name gets a number.
    """
    entries = _entries(parse_json(text), name)
    with transaction.atomic():
        taken = {row.name for row in access.saved_of(user)}
        added = []
        for entry_name, definitions in entries:
            free = _free(_name(entry_name), taken)
            taken.add(free)
            added.append(_create(user, free, json.dumps(definitions, indent=2, ensure_ascii=False)))
        return added


def _entries(value: object, name: str) -> list[tuple[str, object]]:
    entries: list[tuple[str, str, object]]
    if isinstance(value, list):
        entries = [(name or "Imported", "", value)]
    elif isinstance(value, dict) and value.get("kind") == KIND and isinstance(value.get("templates"), list):
        entries = [_entry(each, f"templates[{at}]") for at, each in enumerate(value["templates"])]
    else:
        raise InvalidRequest([Problem("", "This file holds no templates. Choose one that was exported here.")])
    problems = [problem for _, path, definitions in entries for problem in _problems(definitions, path)]
    if problems:
        raise InvalidRequest(problems)
    return [(entry_name, definitions) for entry_name, _, definitions in entries]


def _entry(value: object, path: str) -> tuple[str, str, object]:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise InvalidRequest([Problem(path, "A template needs a name and definitions.")])
    return value["name"], f"{path}.", value.get("definitions")


def _problems(definitions: object, path: str) -> list[Problem]:
    try:
        parse_definitions(definitions, duration=None)
    except InvalidRequest as error:
        return [Problem(f"{path}{p.path}", f"{p.message} ({path}{p.path})", p.code) for p in error.problems]
    return []


def _create(user: AbstractBaseUser, name: str, text: str) -> SavedDefinitions:
    if access.saved_of(user).count() >= MOST:
        raise TooMany(f"You have {MOST} templates, which is the most. Delete one first.")
    try:
        with transaction.atomic():
            return SavedDefinitions.objects.create(owner_id=user.pk, name=name, text=text)
    except IntegrityError:
        raise _taken(name) from None


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidRequest([Problem("name", f"Give the template a name of 1 to {LONGEST_NAME} characters.")])
    return name


def _taken(name: str) -> InvalidState:
    return InvalidState(f"You have a template called {name!r}. Choose another name, or replace it.")


def _free(name: str, taken: set[str]) -> str:
    """The name, or the first of "name 2", "name 3" … that is not taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[: LONGEST_NAME - 4]} {number}"
    return free
