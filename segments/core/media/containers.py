"""Media stage: names of containers, their types on the wire, and which of them browsers play. Pure decisions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath

from segments.core.media.facts import Playback

MIME = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "3gp": "video/3gpp",
    "3g2": "video/3gpp2",
    "matroska": "video/x-matroska",
    "webm": "video/webm",
    "avi": "video/x-msvideo",
    "mpegts": "video/mp2t",
    "mpeg": "video/mpeg",
    "mpegvideo": "video/mpeg",
    "flv": "video/x-flv",
    "asf": "video/x-ms-asf",
    "ogg": "video/ogg",
    "mxf": "application/mxf",
}
MP4_SOUND = {"aac", "mp3", None}
WEBM_PICTURES = {"vp8", "vp9", "av1"}
WEBM_SOUND = {"opus", "vorbis", None}
EIGHT_BIT = {"yuv420p", "yuvj420p"}


def container_name(names: str, filename: str, path: Path, metadata: Mapping[str, str]) -> str:
    """One name out of FFmpeg's comma list. What the bytes say wins; the file's extension only breaks a tie."""
    choices = names.split(",")
    if "mov" in choices:
        brand = metadata.get("major_brand", "").strip().lower()
        if brand == "qt":
            return "mov"
        if brand.startswith("3g"):
            return "3g2" if brand.startswith("3g2") else "3gp"
        extension = PurePath(filename).suffix.removeprefix(".").lower()
        return "mov" if not brand and extension == "mov" else "mp4"
    if "webm" in choices:
        return "webm" if _declares_webm(path) else "matroska"
    return choices[0]


def _declares_webm(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(128)
    at = head.find(b"\x42\x82")  # EBML DocType: id, size, text
    return at >= 0 and head[at + 3 : at + 7] == b"webm"


def mime_type(name: str) -> str:
    return MIME.get(name, "application/octet-stream")


def playback(name: str, codec: str, pixel_format: str, sound_codec: str | None) -> Playback:
    """What Chromium, Firefox and Safari have in common decides; sound alone never forces new pictures."""
    if name == "webm" and codec in WEBM_PICTURES and pixel_format in EIGHT_BIT and sound_codec in WEBM_SOUND:
        return "as_is"
    if codec == "h264" and pixel_format in EIGHT_BIT:
        return "as_is" if name == "mp4" and sound_codec in MP4_SOUND else "remux"
    return "transcode"
