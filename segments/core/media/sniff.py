"""Media stage: what a file that is no video is instead, told from its first bytes, in words for people."""

from __future__ import annotations

from pathlib import Path

from segments.core.errors import MediaUnreadable

HEAD_BYTES = 4096
PLAYLIST = "This is a playlist that points to other files, not a video. Upload the video file itself."

#: First bytes → what to say. Order matters only where one is the beginning of another.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"ffconcat", PLAYLIST),
    (b"#EXTM3U", PLAYLIST),
    (b"v=0\r\n", PLAYLIST),
    (b"v=0\n", PLAYLIST),
    (b"PK\x03\x04", "This is a ZIP archive, not a video. Unpack it and upload the video inside."),
    (b"Rar!", "This is a RAR archive, not a video. Unpack it and upload the video inside."),
    (b"7z\xbc\xaf", "This is a 7z archive, not a video. Unpack it and upload the video inside."),
    (b"\x1f\x8b", "This is a compressed archive, not a video. Unpack it and upload the video inside."),
    (b"%PDF", "This is a PDF document, not a video. Choose a video file."),
    (b"\x89PNG", "This is a picture (PNG), not a video. Choose a video file."),
    (b"\xff\xd8\xff", "This is a picture (JPEG), not a video. Choose a video file."),
    (b"GIF8", "This is a GIF picture, not a video. Export it as MP4 first."),
    (b"\x7fELF", "This is a program, not a video. Choose a video file."),
    (b"MZ", "This is a program, not a video. Choose a video file."),
)


def refuse_what_is_no_video(path: Path) -> None:
    """Raise MediaUnreadable with the reason when the beginning already shows that this is no video."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise MediaUnreadable("This file is empty (0 bytes). Upload it again, or choose another file.")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, words in SIGNATURES:
        if start.startswith(signature):
            raise MediaUnreadable(words)
    if _is_text(head):
        markup = start[:1] == b"<"
        if markup and b"<MPD" in head:
            raise MediaUnreadable(PLAYLIST)
        kind = "a web page or drawing" if markup else "text"
        raise MediaUnreadable(f"This file contains {kind}, not a video. Choose a video file.")


def _is_text(head: bytes) -> bool:
    """No control bytes, and decodable: no container format that we accept begins like that."""
    if any(byte < 9 or 13 < byte < 27 for byte in head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3  # a character cut in two by our own limit
    return True
