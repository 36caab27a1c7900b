"""Video reasoning: a summary of the film and of each scene, put together from what was measured.

No language model takes part: every sentence repeats a measurement, a reason for a boundary, or words that are said or
written in the film. `rests_on` names the segments behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from segments.core.engines.local.measures import legible
from segments.core.engines.local.prose import clock, colours_told, count, lower, prose, quoted, sounds_told
from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.modules.defined import Defined
from segments.core.modules.scenes import Scenes
from segments.core.progress import Report
from segments.core.timeline import Segment

MAX_TOPICS = 8


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
        f"Scene {index + 1} runs from {clock(scene.start)} to {clock(scene.end)} in {count(len(shots), 'shot')}.",
        f"It begins there: {lower(str(because))}" if because and index else "",
        scene.content,
    ]
    spoken = [
        ("transcription", n)
        for n, line in enumerate(earlier.get("transcription", ()))
        if scene.start <= (line.start + line.end) / 2 < scene.end
    ]
    rests_on = (("scenes", index), *(("shots", shot) for shot in shots), *spoken)
    metadata = {"kind": "scene", "scene_index": index, "topics": list(topics), "evidence": []}
    return ModuleSegment(scene.start, scene.end, prose(sentences), metadata, rests_on=rests_on)


def _summary(evidence: Evidence, earlier: Earlier, topics: Sequence[Sequence[str]]) -> ModuleSegment:
    film, scenes = evidence.facts.whole, earlier["scenes"]
    ranked = [word for word, _ in Counter(word for each in topics for word in each).most_common(MAX_TOPICS)]
    sentences = [
        f"The film lasts {clock(film.end)} and has {count(len(scenes), 'scene')} "
        f"in {count(len(earlier['shots']), 'shot')}.",
        colours_told(evidence, film),
        sounds_told(evidence, film),
        quoted("On the screen it reads", (text.text for text in evidence.texts or ())),
        quoted("It is said", (line.text for line in evidence.words or ())),
        f"Key words: {', '.join(ranked)}." if ranked else "",
    ]
    metadata = {"kind": "summary", "scene_index": None, "topics": ranked, "evidence": []}
    rests_on = tuple(("scenes", index) for index in range(len(scenes)))
    return ModuleSegment(film.start, film.end, prose(sentences), metadata, rests_on=rests_on)
