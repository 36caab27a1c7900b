"""Where are the boundaries? One entry per kind of stretch, and the choice among them."""

from __future__ import annotations

from dataclasses import dataclass

from segments.core.definition import SegmentDefinition
from segments.core.engines.local import meaning
from segments.core.engines.local.entries import Segmenter
from segments.core.engines.local.language import cosine, cue_score, plain, rarity, subject_stems
from segments.core.engines.local.segmenters import (
    dialogue,
    editorial,
    highlight,
    on_screen_text,
    person,
    pictures,
    query,
    scene,
    shot,
    slide,
    sounds,
    speaker_turn,
    topic,
    transition,
)
from segments.core.engines.local.segmenters.said_otherwise import BEYOND, PHRASES

#: In order of preference when two fit equally well.
SEGMENTERS: tuple[Segmenter, ...] = (
    shot.SEGMENTER,
    scene.SEGMENTER,
    slide.SEGMENTER,
    on_screen_text.SEGMENTER,
    topic.SEGMENTER,
    speaker_turn.SEGMENTER,
    dialogue.SEGMENTER,
    highlight.SEGMENTER,
    highlight.CALM,
    editorial.AD_BREAK,
    editorial.SEGMENTER,
    person.SEGMENTER,
    sounds.SPEECH,
    sounds.MUSIC,
    sounds.SILENCE,
    sounds.NOISE,
    transition.SEGMENTER,
    pictures.GREY,
    pictures.BLACK,
    pictures.STILL,
    pictures.CAMERA,
    pictures.MOTION,
    pictures.DARK,
    pictures.BRIGHT,
)
QUERY = query.SEGMENTER

#: A score from which a description clearly names a kind.
CLEAR = 0.6
_ALIKE = 0.5
#: How near in meaning.
_MEANS = 0.4


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen segmenter, how well it fits, and what came second."""

    segmenter: Segmenter
    score: float
    runner_up: str | None
    because: str

    def as_json(self) -> dict[str, object]:
        return {
            "as": self.segmenter.title,
            "segmenter": self.segmenter.name,
            "score": round(self.score, 3),
            "runner_up": self.runner_up,
            "because": self.because,
        }


def choose(definition: SegmentDefinition, text: str) -> Choice:
    """`text` is the description without its limits. Rules first, then likeness of words, else a search."""
    said, named = plain(text), plain(definition.id)
    scored = sorted(
        ((cue_score(said, s.cues) + 0.4 * cue_score(named, s.cues), -i, s) for i, s in enumerate(SEGMENTERS)),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    (best, _, segmenter), (second, _, other) = scored[:2]
    if best >= CLEAR:
        return Choice(segmenter, best, other.title if second > 0 else None, "The description names it.")
    if not subject_stems(text):
        return Choice(shot.SEGMENTER, 0.0, None, "The description only sets conditions; they choose among the shots.")
    return (
        _by_likeness(text)
        or _by_meaning(text)
        or Choice(QUERY, 0.0, segmenter.title if best > 0 else None, "No measured kind fits.")
    )


def _by_meaning(text: str) -> Choice | None:
    """The kind that people ask for in words of nearly the same meaning, where meanings are known."""
    if not meaning.known():
        return None
    near = {
        s.name: max(meaning.likeness(text, phrase) for phrase in (s.description, *PHRASES[s.name])) for s in SEGMENTERS
    }
    best, second = sorted(range(len(SEGMENTERS)), key=lambda i: (-near[SEGMENTERS[i].name], i))[:2]
    chosen = SEGMENTERS[best]
    if near[chosen.name] < max(_MEANS, *(meaning.likeness(text, phrase) for phrase in BEYOND)):
        return None
    return Choice(
        chosen, near[chosen.name], SEGMENTERS[second].title, "Its meaning is nearest to what the description says."
    )


def _by_likeness(text: str) -> Choice | None:
    papers = [subject_stems(s.description) for s in SEGMENTERS]
    weights = rarity(papers)
    asked = {word: weights.get(word, max(weights.values())) for word in subject_stems(text)}
    scores = [cosine(asked, {word: weights[word] for word in paper}) for paper in papers]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    if scores[best] < _ALIKE:
        return None
    return Choice(SEGMENTERS[best], scores[best], None, "The description reads like it.")
