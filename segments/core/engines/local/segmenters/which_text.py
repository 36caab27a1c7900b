"""Which writing is meant: its role, what must be in it, and whether only the first or the last of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from segments.core.engines.local.language import plain
from segments.core.engines.local.patterns import ADDRESS, DATE, PRICE, SCORE
from segments.core.evidence.model import TextRole, TextSpan

#: What a role is called, and the roles that may be meant: place and size do not always tell them apart.
_ROLES: tuple[tuple[str, tuple[TextRole, ...]], ...] = (
    (r"lower thirds?|name ?(?:tags?|plates?)|banners?|tickers?|straps?|chyrons?", ("lower_third",)),
    (r"captions?|subtitles?", ("caption",)),
    (r"score ?boards?", ("scoreboard",)),
    (r"signs?|labels?", ("sign", "other", "title")),
    (r"titles?|inter ?titles?|title cards?|headings?|headlines?", ("title", "slide", "other")),
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"prices?", PRICE),
    (r"dates?", DATE),
    (r"e ?mail(?: address(?:es)?)?|urls?|web ?(?:sites?|address(?:es)?)", ADDRESS),
    (r"scores?", SCORE),
)
_QUOTED = re.compile(r"[\"“«]([^\"”»]{1,80})[\"”»]|(?:^|\s)'([^']{2,80})'(?=[\s.,;]|$)")
#: "the word GOAL", "reads 0 - 0", "says EXIT": what follows stands in the picture.
_NAMED = re.compile(r"\b(?:words?|letters) ([A-Z0-9][A-Z0-9'&-]*(?: [A-Z0-9][A-Z0-9'&-]*)*)\b")
_READS = re.compile(
    r"\b(?:reads|says|saying|reading|shows) ((?:[A-Z0-9][A-Z0-9'&:-]*|[-–:])(?: (?:[A-Z0-9][A-Z0-9'&:-]*|[-–:]))*)"
)
_LAST = re.compile(
    r"\b(?:the )?(?:last|final|closing|end(?:ing)?) (?:title|credits?|card|text|caption|slide)\b|\bcredits\b"
)
_FIRST = re.compile(r"\b(?:the )?(?:first|opening) (?:title|credits?|card|text|caption|slide)\b")


@dataclass(frozen=True, slots=True)
class WhichText:
    """`contains` are plain words that must all be there, `pattern` a regular expression that must match."""

    roles: tuple[TextRole, ...] = ()
    pattern: str = ""
    contains: tuple[str, ...] = ()
    only: Literal["", "first", "last"] = ""
    said: tuple[str, ...] = ()

    def fits(self, text: TextSpan) -> bool:
        if self.roles and text.role not in self.roles:
            return False
        if self.pattern and not re.search(self.pattern, text.text, re.IGNORECASE):
            return False
        return all(squeezed(wanted) in squeezed(text.text) for wanted in self.contains)


def squeezed(text: str) -> str:
    """Letters and digits alone: readers lose blanks, and dashes have many forms."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def which_text(description: str) -> WhichText:
    """Read from the words of a description as it was written (capitals count)."""
    said = plain(description)
    contains = _contained(description)
    role = None if contains else next(((w, r) for p, r in _ROLES if (w := _found(p, said))), None)
    pattern = None if contains else next(((w, p) for name, p in _PATTERNS if (w := _found(name, said))), None)
    if pattern and role and role[1] != ("scoreboard",):
        role = None  # "the price on the label": what it says is surer than how it is called
    if pattern and role:
        pattern = None
    only: Literal["", "first", "last"] = "last" if _LAST.search(said) else "first" if _FIRST.search(said) else ""
    if only and _found("credits?", said):
        role = None
    words = [*(f'"{wanted}"' for wanted in contains), *([role[0]] if role else []), *([pattern[0]] if pattern else [])]
    return WhichText(
        role[1] if role else (),
        pattern[1] if pattern else "",
        contains,
        only,
        (*words, *([f"the {only}"] if only else [])),
    )


def _contained(description: str) -> tuple[str, ...]:
    quoted = [(m[1] or m[2]).strip() for m in _QUOTED.finditer(description)]
    named = [m[1] for pattern in (_NAMED, _READS) for m in pattern.finditer(description)]
    return tuple(dict.fromkeys(wanted for wanted in (*quoted, *named) if squeezed(wanted)))


def _found(pattern: str, said: str) -> str:
    match = re.search(rf"\b(?:{pattern})\b", said)
    return match.group() if match else ""


def chosen(texts: Sequence[TextSpan], which: WhichText) -> list[TextSpan]:
    """Roles are told by place and size, which errs: where no text has the role, none is meant."""
    return [text for text in texts if which.fits(text)]
