import dataclasses

import numpy as np
import pytest

from checkpoint import Checkpoint, UnsupportedCheckpoint
from conftest import write_gguf


def test_reads_configuration_and_weights_in_the_usual_layout(tiny):
    checkpoint = Checkpoint(tiny.path)
    assert dataclasses.asdict(checkpoint.config) == pytest.approx(dataclasses.asdict(tiny.config), rel=1e-6)
    assert checkpoint.quantisation == "F32"
    for name, weight in tiny.weights.items():
        np.testing.assert_array_equal(checkpoint.weight(name), weight, err_msg=name)


def test_refuses_another_architecture(tiny, tmp_path):
    write_gguf(tmp_path / "other.gguf", tiny.config, tiny.weights, architecture="gpt2")
    with pytest.raises(UnsupportedCheckpoint, match="architecture 'gpt2' is not supported; allowed: 'llama'"):
        Checkpoint(tmp_path / "other.gguf")


@pytest.mark.parametrize(
    ("tensor", "message"),
    [("output", "an output matrix of its own"), ("rope_freqs", "rotary scaling")],
)
def test_refuses_tensors_that_the_graph_has_no_place_for(tiny, tmp_path, tensor, message):
    write_gguf(tmp_path / "more.gguf", tiny.config, tiny.weights | {tensor: tiny.weights["token_embd"]})
    with pytest.raises(UnsupportedCheckpoint, match=message):
        Checkpoint(tmp_path / "more.gguf")


def test_names_the_tensor_that_is_missing(tiny, tmp_path):
    weights = {name: weight for name, weight in tiny.weights.items() if name != "blk.1.ffn_up"}
    write_gguf(tmp_path / "less.gguf", tiny.config, weights)
    with pytest.raises(UnsupportedCheckpoint, match="no tensor 'blk.1.ffn_up.weight'"):
        Checkpoint(tmp_path / "less.gguf")


def test_refuses_what_is_no_gguf_file(tmp_path):
    (tmp_path / "text.gguf").write_text("certainly not a checkpoint")
    with pytest.raises(UnsupportedCheckpoint, match="not a readable GGUF file"):
        Checkpoint(tmp_path / "text.gguf")
    with pytest.raises(UnsupportedCheckpoint, match="is not a file"):
        Checkpoint(tmp_path / "absent.gguf")
