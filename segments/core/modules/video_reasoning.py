"""Video reasoning: a summary of the film and of each scene, put together from what was measured.

No language model takes part: every sentence repeats a measurement, a reason for a boundary, or words that are said or
written in the film. `rests_on` names the segments behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from segments.core.engines.local.measures import colours, legible, sound_share
from segments.core.evidence.model import Evidence, SoundKind
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.modules.defined import Defined
from segments.core.modules.scenes import Scenes
from segments.core.progress import Report
from segments.core.timeline import Segment, Span

#: Below this share of the film a sound or a colour is left out of the summary.
LEAST_SOUND, LEAST_COLOUR = 0.1, 0.3
THROUGHOUT = 0.95
MAX_TOPICS, MAX_QUOTES = 8, 3
_HEARD: tuple[tuple[SoundKind, str], ...] = (
    ("speech", "somebody speaks"),
    ("music", "music plays"),
    ("silence", "it is silent"),
)


class VideoReasoning(Defined):
    name = "video_reasoning"
    title = "Video reasoning"
    description = "A summary of the film and of each scene, from measurements and words; no language model takes part"
    group: Group = "reasoning"
    depends_on = ("shots", "grouped_shots", "scenes")
    #: The scenes once more, for the words that set each apart and the reasons for its boundaries.
    definition = {
        **Scenes.definition,
        "fields": [
            {"name": "topics", "type": "array", "description": "Key words", "items": {"type": "string"}},
        ],
    }

    def needs(self) -> frozenset[str]:
        return super().needs() | {"pictures", "text", "sound", "words"}

    def find(self, evidence: Evidence, earlier: Earlier, report: Report) -> list[ModuleSegment]:
        told = self.segments(evidence, report)
        topics = [_topics(scene) for scene in told]
        summary = _summary(legible(evidence), earlier, topics)
        scenes = enumerate(zip(earlier["scenes"], told, strict=True))
        return [summary, *(_scene(n, scene, why, topics[n], earlier) for n, (scene, why) in scenes)]


def _topics(scene: Segment) -> list[str]:
    found = scene.fields.get("topics")
    return [str(word) for word in found] if isinstance(found, list | tuple) else []


def _scene(index: int, scene: ModuleSegment, told: Segment, topics: Sequence[str], earlier: Earlier) -> ModuleSegment:
    shots = scene.metadata["shot_indexes"]
    start = told.reasons.get("start")
    because = start.get("because") if isinstance(start, dict) else None
    sentences = [
        f"Scene {index + 1} runs from {_clock(scene.start)} to {_clock(scene.end)} in {_count(len(shots), 'shot')}.",
        f"It begins there: {_lower(str(because))}" if because and index else "",
        scene.content,
    ]
    spoken = [
        ("transcription", n)
        for n, line in enumerate(earlier.get("transcription", ()))
        if scene.start <= (line.start + line.end) / 2 < scene.end
    ]
    rests_on = (("scenes", index), *(("shots", shot) for shot in shots), *spoken)
    metadata = {"kind": "scene", "scene_index": index, "topics": list(topics), "evidence": []}
    return ModuleSegment(scene.start, scene.end, _prose(sentences), metadata, rests_on=rests_on)


def _summary(evidence: Evidence, earlier: Earlier, topics: Sequence[Sequence[str]]) -> ModuleSegment:
    film, scenes = evidence.facts.whole, earlier["scenes"]
    ranked = [word for word, _ in Counter(word for each in topics for word in each).most_common(MAX_TOPICS)]
    sentences = [
        f"The film lasts {_clock(film.end)} and has {_count(len(scenes), 'scene')} "
        f"in {_count(len(earlier['shots']), 'shot')}.",
        _colours(evidence, film),
        _sounds(evidence, film),
        _quoted("On the screen it reads", (text.text for text in evidence.texts or ())),
        _quoted("It is said", (line.text for line in evidence.words or ())),
        f"Key words: {', '.join(ranked)}." if ranked else "",
    ]
    metadata = {"kind": "summary", "scene_index": None, "topics": ranked, "evidence": []}
    rests_on = tuple(("scenes", index) for index in range(len(scenes)))
    return ModuleSegment(film.start, film.end, _prose(sentences), metadata, rests_on=rests_on)


def _colours(evidence: Evidence, film: Span) -> str:
    named = [name for name, share in colours(evidence, film) if share >= LEAST_COLOUR]
    return f"Its pictures are mostly {' and '.join(named)}." if named else ""


def _sounds(evidence: Evidence, film: Span) -> str:
    if evidence.facts.audio_codec is None:
        return "It has no sound."
    shares = [(words, sound_share(evidence, film, kind) or 0.0) for kind, words in _HEARD]
    heard = [
        f"{words} {'throughout' if share >= THROUGHOUT else f'for about {share:.0%} of it'}"
        for words, share in shares
        if share >= LEAST_SOUND
    ]
    return f"By its sound, {', '.join(heard)}." if heard else ""


def _quoted(words: str, texts: Iterable[str]) -> str:
    chosen = list(dict.fromkeys(" ".join(text.split()) for text in texts))[:MAX_QUOTES]
    return f"{words}: {', '.join(f'“{_short(text)}”' for text in chosen)}." if chosen else ""


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def _prose(sentences: Iterable[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _clock(seconds: float) -> str:
    whole = int(seconds + 0.5)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
