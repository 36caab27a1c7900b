"""What stands in a stretch, as words: the text shown, the lines said, and plain names for what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.engines.local.camera import measured_motion, measured_size
from segments.core.engines.local.language import plain, stem, stems
from segments.core.engines.local.measures import colours, faces, mean, rows, sound_share, texts, words
from segments.core.evidence.model import Evidence, SoundKind
from segments.core.timeline import Span

_SOUND_WORDS: dict[SoundKind, tuple[str, ...]] = {
    "speech": ("speech", "speaking", "talking", "voice"),
    "music": ("music", "song"),
    "silence": ("silence", "silent", "quiet"),
    "noise": ("noise",),
}


def documents(evidence: Evidence, spans: Sequence[Span]) -> list[list[str]]:
    """One list of stems per span."""
    return [document(evidence, span) for span in spans]


def document(evidence: Evidence, span: Span) -> list[str]:
    found = [s for text in texts(evidence, span) for s in stems(text.text)]
    found += [s for line in words(evidence, span) for s in stems(line.text)]
    return found + [stem(tag) for tag in tags(evidence, span)]


def tags(evidence: Evidence, span: Span) -> list[str]:
    """Names for what clearly holds in the span."""
    found = [name for name, share in colours(evidence, span) if share >= 0.25]
    where = rows(evidence, span)
    if where is not None and evidence.looks is not None:
        brightness = mean(evidence.looks.brightness, where)
        found += ["dark", "night"] if brightness < 0.2 else ["bright"] if brightness > 0.6 else []
    for kind, names in _SOUND_WORDS.items():
        if (sound_share(evidence, span, kind) or 0.0) >= 0.5:
            found += names
    if texts(evidence, span):
        found += ["text", "caption", "writing"]
    for measured in (measured_motion(evidence, span), measured_size(evidence, span)):
        found += [word for meaning in (measured.meanings if measured else ()) for word in plain(meaning).split()]
    seen = faces(evidence, span)
    if seen and sum(bool(face.boxes) for face in seen) >= 0.5 * len(seen):
        found += ["face", "person"]
    return found
