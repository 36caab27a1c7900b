"""Words compared by meaning: the arithmetic always; with the model where it is installed (README, extra `meaning`)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from segments.core.engines.local import meaning, minilm
from segments.core.engines.local.plan import plan, warnings
from segments.core.engines.local.segmenters import SEGMENTERS, query
from segments.core.engines.local.segmenters.said_otherwise import PHRASES
from tests.core.engines import made

INSTALLED = meaning._folder()
with_model = pytest.mark.skipif(INSTALLED is None, reason=f"the model is not installed: {meaning.HOW}")


@pytest.fixture
def model() -> None:
    meaning.use(INSTALLED)


def chosen(description: str) -> str:
    return plan(made.definition(description)).choice.segmenter.name


def test_without_the_model_words_count_as_written_and_a_search_says_so() -> None:
    assert not meaning.known()
    assert meaning.likeness("a", "a") == 0.0
    assert chosen("An orchestra performs") == "query"
    said = warnings(plan(made.definition("An orchestra performs")))
    assert any(meaning.HOW in line for line in said)


def test_another_file_is_not_taken_for_the_model(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    (tmp_path / "vocab.txt").write_text("[CLS]")
    with pytest.raises(minilm.WrongModel):
        minilm.MiniLM(tmp_path)
    meaning.use(tmp_path)
    assert not meaning.known()
    assert "damaged or another one" in meaning.status()


def test_every_kind_has_phrases_that_people_use_for_it() -> None:
    assert {segmenter.name for segmenter in SEGMENTERS} == set(PHRASES)


def test_the_activation_is_that_of_the_error_function() -> None:
    x = np.linspace(-6, 6, 241, dtype=np.float32)
    exact = [float(v) * (1 + math.erf(float(v) / math.sqrt(2))) / 2 for v in x]
    assert np.abs(minilm._gelu(x) - exact).max() < 1e-5


def test_numbers_are_read_from_the_safetensors_format() -> None:
    numbers = np.arange(6, dtype="<f4").reshape(2, 3)
    header = json.dumps({"__metadata__": {}, "w": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}).encode()
    raw = len(header).to_bytes(8, "little") + header + numbers.tobytes()
    assert np.array_equal(dict(minilm._tensors(raw))["w"], numbers)


def test_text_is_cut_into_words_and_signs() -> None:
    assert minilm._words("The Café's price: €249!") == ["the", "cafe", "'", "s", "price", ":", "€", "249", "!"]
    assert minilm._words("東京 tower") == ["東", "京", "tower"]


@with_model
@pytest.mark.usefixtures("model")
def test_likeness_is_that_published_with_the_model() -> None:
    """The figures of the model's own card."""
    happy = "That is a happy person"
    assert meaning.likeness(happy, "That is a happy dog") == pytest.approx(0.695, abs=0.001)
    assert meaning.likeness(happy, "That is a very happy person") == pytest.approx(0.943, abs=0.001)
    assert meaning.likeness(happy, "Today is a sunny day") == pytest.approx(0.257, abs=0.001)


@with_model
@pytest.mark.usefixtures("model")
def test_the_same_words_give_the_same_bytes() -> None:
    assert INSTALLED is not None
    one, other = minilm.MiniLM(INSTALLED), minilm.MiniLM(INSTALLED)
    assert (
        one.vector("Bees on the roofs of the city").tobytes() == other.vector("Bees on the roofs of the city").tobytes()
    )


@with_model
@pytest.mark.usefixtures("model")
def test_a_kind_is_understood_in_other_words_and_what_no_kind_answers_is_searched_for() -> None:
    assert chosen("An orchestra performs") == "music"
    assert chosen("A dog runs across the meadow") == "query"
    assert chosen("Somebody is crying") == "query"


@with_model
@pytest.mark.usefixtures("model")
def test_a_search_finds_what_is_said_in_other_words() -> None:
    spoken = made.lines((0, 9, "The beekeepers collect their honey."), (10, 19, "Trains will run at night again."))
    evidence = made.evidence(20, words=spoken, transitions=(made.cut(10),), looks=made.looks(20))
    found = query.find(evidence, "railway traffic after dark")
    assert [(c.start, c.end) for c in found.candidates] == [(10, 20)]
    assert query.find(evidence, "a cooking recipe").candidates == []
