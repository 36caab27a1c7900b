"""What people read when a run or a video failed: one sentence and one next step per code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    action: str  # the button
    kind: str  # what the button does: choose_video, retry, delete_videos, check_address, shorten


SENTENCES: dict[str, Sentence] = {
    "media_unreadable": Sentence(
        "We could not open this file. It may be damaged or not a video.", "Choose another video", "choose_video"
    ),
    "media_no_video": Sentence("This file has sound but no picture.", "Choose another video", "choose_video"),
    "media_limits": Sentence("This video is outside what we accept.", "Choose another video", "choose_video"),
    "media_too_long": Sentence("This video is longer than we accept.", "Choose another video", "choose_video"),
    "media_decode_failed": Sentence(
        "Too much of this video is damaged to analyse it.", "Choose another video", "choose_video"
    ),
    "media_timeout": Sentence("Reading this file took too long.", "Try again", "retry"),
    "resource_limit": Sentence("This video needs more memory than one run may use.", "Try again", "retry"),
    "storage_full": Sentence("The disk of this server is full.", "Delete videos", "delete_videos"),
    "url_blocked": Sentence(
        "This address is not allowed. Only public web addresses work.", "Choose another video", "check_address"
    ),
    "url_fetch_failed": Sentence("The address did not give us a video.", "Check it", "check_address"),
    "too_large": Sentence("This file is larger than we accept.", "Choose another video", "choose_video"),
    "worker_lost": Sentence("The run was interrupted several times.", "Try again", "retry"),
    "deadline": Sentence("The run hit its time limit.", "Shorten the range", "shorten"),
    "modules_failed": Sentence("Some modules could not be finished.", "Try again", "retry"),
    "internal": Sentence("Something broke on our side.", "Try again", "retry"),
    "invalid_request": Sentence("A setting of this run does not fit this video.", "Change the settings", "shorten"),
    "engine_unavailable": Sentence("The chosen engine cannot run here at the moment.", "Try again", "retry"),
    "upload_expired": Sentence("The upload was not finished in time.", "Choose another video", "choose_video"),
    "aborted": Sentence("The upload was cancelled.", "Choose another video", "choose_video"),
}


def sentence(code: str) -> Sentence:
    return SENTENCES.get(code, SENTENCES["internal"])


#: Codes whose own message names a value that helps (the limit, the setting), shown with the sentence.
TELLING = {
    "url_blocked",
    "url_fetch_failed",
    "too_large",
    "media_limits",
    "media_too_long",
    "media_unreadable",
    "media_no_video",
    "invalid_request",
    "engine_unavailable",
    "modules_failed",
}
