"""Stretches in which a reference image is seen: a logo, a picture, a page that was shown before."""

from __future__ import annotations

from segments.core.definition import SegmentDefinition
from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.segmenters.edges import middle
from segments.core.evidence.model import Evidence, Reference, Sighting

TITLE = "stretches in which a reference image is seen"


def segmenter(definition: SegmentDefinition) -> Segmenter:
    """For the images that the description names as `<@name>`."""
    names = tuple(source.name for source in definition.mentioned_sources)

    def find(evidence: Evidence, _description: str) -> Found:
        found: list[Candidate] = []
        notes: list[str] = []
        for name in names:
            seen = evidence.references.get((definition.id, name), Reference(problem="nothing was compared"))
            found += [_candidate(name, each, evidence) for each in seen.sightings]
            notes += _notes(name, seen)
        return Found(_joined(found), tuple(notes), tuple(f"shows <@{name}>" for name in names))

    return Segmenter("reference", TITLE, TITLE, frozenset({"pictures"}), (), find)


def _notes(name: str, seen: Reference) -> list[str]:
    if seen.problem:
        return [f"reference image <@{name}> was not looked for: {seen.problem}."]
    notes = [f"reference image <@{name}>: {seen.caution}."] if seen.caution else []
    return notes if seen.sightings else [*notes, f"reference image <@{name}> is seen nowhere in what was analysed."]


def _candidate(name: str, seen: Sighting, evidence: Evidence) -> Candidate:
    sure = 0.5 * seen.likeness + 0.5 * seen.inliers / (seen.inliers + 6)
    numbers = {"image": name, "matches": seen.matches, "inliers": seen.inliers, "likeness": seen.likeness}
    facts = f"{seen.inliers} of {seen.matches} matching points lie as in the image, likeness {seen.likeness:.2f}"
    return Candidate(
        _edge(seen.before, seen.start, evidence),
        _edge(seen.end, seen.after, evidence),
        Reason(f"<@{name}> comes into the picture: {facts}.", sure, numbers),
        Reason(f"<@{name}> is seen no longer.", sure, numbers),
        sure,
    )


def _edge(earlier: float, later: float, evidence: Evidence) -> float:
    """Between two compared pictures: at the change of shot there, else in the middle."""
    changes = [middle(each) for each in evidence.transitions or () if earlier < middle(each) <= later]
    return changes[-1] if changes else (earlier + later) / 2


def _joined(found: list[Candidate]) -> list[Candidate]:
    """Several images seen at once are one stretch, whose reasons are those of its ends."""
    joined: list[Candidate] = []
    for each in sorted(found, key=lambda candidate: (candidate.start, candidate.end)):
        last = joined[-1] if joined else None
        if last is None or each.start > last.end:
            joined.append(each)
        elif each.end > last.end:
            confidence = max(last.confidence, each.confidence)
            joined[-1] = Candidate(last.start, each.end, last.start_reason, each.end_reason, confidence)
    return joined
