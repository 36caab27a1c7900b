"""What is said of each way in which a run can fail, in the words of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.core import errors
from segments.domain import jobs
from segments.domain.failures import SENTENCES, TELLING
from tests import factories

#: The sentences that were agreed on, with the step that each offers.
AGREED = {
    "media_unreadable": ("We could not open this file. It may be damaged or not a video.", "Choose another video"),
    "media_no_video": ("This file has sound but no picture.", "Choose another video"),
    "media_limits": ("This video is outside what we accept.", "Choose another video"),
    "media_decode_failed": ("Too much of this video is damaged to analyse it.", "Choose another video"),
    "media_timeout": ("Reading this file took too long.", "Try again"),
    "resource_limit": ("This video needs more memory than one run may use.", "Try again"),
    "storage_full": ("The disk of this server is full.", "Delete videos"),
    "url_blocked": ("This address is not allowed. Only public web addresses work.", "Choose another video"),
    "url_fetch_failed": ("The address did not give us a video.", "Check it"),
    "worker_lost": ("The run was interrupted several times.", "Try again"),
    "deadline": ("The run hit its time limit.", "Shorten the range"),
    "internal": ("Something broke on our side.", "Try again"),
}
TELLS_ITSELF = "An own sentence with the limit: 4 GB."


def _codes(base: type[errors.CuepointError]) -> Iterator[str]:
    for kind in base.__subclasses__():
        yield kind.code
        yield from _codes(kind)


def _panel(client: Client, owner: User, code: str, message: str) -> str:
    job = factories.job(factories.video(owner), factories.SHOT)
    with jobs.held(factories.claimed(job)) as row:
        jobs.fail(row, code, message)
    return client.get(f"/jobs/{job.uid}/panel/").content.decode()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_code_has_its_sentence_its_step_and_folded_details(local: Client, owner: User, code: str) -> None:
    sentence = SENTENCES[code]
    page = _panel(local, owner, code, "")
    title = re.findall(r"outcome__title.*?</h2>", page, re.DOTALL)[0]

    assert 'data-state="failed"' in page
    assert sentence.text in title
    assert code not in title
    assert f">{sentence.action}</button>" in page
    assert code in page[page.index("<summary>Technical details") :]
    assert "data-copy>Copy</button>" in page


@pytest.mark.parametrize("code", sorted(AGREED))
def test_agreed_sentences_are_used(code: str) -> None:
    assert (SENTENCES[code].text, SENTENCES[code].action) == AGREED[code]


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_value_that_helps_is_told_and_inner_words_are_not(local: Client, owner: User, code: str) -> None:
    title = re.findall(r"outcome__title.*?</h2>", _panel(local, owner, code, TELLS_ITSELF), re.DOTALL)[0]

    assert (TELLS_ITSELF in title) == (code in TELLING)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_blame_nobody(code: str) -> None:
    text, action = SENTENCES[code].text, SENTENCES[code].action

    assert text.endswith(".")
    assert not action.endswith(".")
    assert "!" not in text + action
    assert "oops" not in text.lower()
    assert "_" not in text


def test_every_failure_of_media_and_engines_has_a_sentence() -> None:
    ending = {errors.MediaError.code, *_codes(errors.MediaError), errors.EngineUnavailable.code}

    assert ending - {"media_error", "error"} <= SENTENCES.keys()
