"""The command, from a GGUF file to a directory that the engine opens."""

import hashlib
import json

import onnx
import pytest

from conftest import SPECIAL
from export import main
from manifest import ENGINE_FILES


@pytest.fixture(scope="module")
def out(tiny, tokenizer_directory, tmp_path_factory):
    root = tmp_path_factory.mktemp("export")
    (root / "calibration").mkdir()
    (root / "calibration" / "words.txt").write_text(" ".join(f"word{i % 150}" for i in range(0, 900, 7)))
    assert run(tiny.path, tokenizer_directory, root / "calibration", root / "out") == 0
    return root / "out"


def run(gguf, tokenizer, calibration, out):
    return main([str(gguf), "--tokenizer", str(tokenizer), "--calibration", str(calibration), "--out", str(out)])


def test_manifest_describes_every_file_the_engine_reads(out):
    manifest = json.loads((out / "manifest.json").read_text())
    assert [file["path"] for file in manifest["files"]] == list(ENGINE_FILES)
    for file in manifest["files"]:
        content = (out / file["path"]).read_bytes()
        assert file == {"path": file["path"], "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_manifest_describes_the_decoder(out):
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["format"] == 2
    assert manifest["profile"] == {"longestShortRun": 10}
    assert manifest["decoder"] == {
        "layers": 3, "heads": 4, "keyValueHeads": 2, "headDimension": 32, "hiddenSize": 128,
        "vocabularySize": 160, "contextLength": 128,
    }  # fmt: skip
    assert manifest["endOfText"] == [SPECIAL.index("<|endoftext|>"), SPECIAL.index("<|im_end|>")]
    assert manifest["specialTokens"] == {"fileSeparator": 5}


def test_both_graphs_point_to_the_same_bytes(out):
    def external(name):
        model = onnx.load(out / name, load_external_data=False)
        tensors = (tensor for tensor in model.graph.initializer if tensor.external_data)
        places = ({entry.key: entry.value for entry in tensor.external_data} for tensor in tensors)
        return {(place["location"], place["offset"], place["length"]) for place in places}

    corrected, plain = external("model.onnx"), external("model-float-cache.onnx")
    assert {place for place in corrected if place[0] != "corrections.bin"} == plain
    assert {file for file, _, _ in plain} == {"embedding.bin", "layers-0.bin", "layers-1.bin"}


def test_every_product_has_a_bias_and_the_normed_inputs_a_shift(out):
    model = onnx.load(out / "model.onnx", load_external_data=False)
    products = {node.input[1].removesuffix("codes").removesuffix("fine_").removesuffix("."): node for node in model.graph.node if node.op_type == "MatMulNBits"}
    assert len(products) == 4 * 3 + 1
    for name, node in products.items():
        assert node.input[5] == f"{name}.bias"
        assert node.input[0].endswith(".shifted") == name.endswith(("query_key_value", "gate_up", "embedding")), name


def test_the_same_command_gives_the_same_bytes(out, tiny, tokenizer_directory, tmp_path):
    assert run(tiny.path, tokenizer_directory, out.parent / "calibration", tmp_path) == 0
    for name in (*ENGINE_FILES, "manifest.json"):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes(), name


def test_what_was_measured_of_a_model_is_kept(out, tiny, tokenizer_directory, tmp_path):
    confidence = {"weights": [1, 2, 3], "intercept": 4}
    for name, kept in (("smollm2-135m", {"confidence": confidence}), ("other", {})):
        (tmp_path / "manifest.json").write_text(json.dumps({"name": name, "profile": {"confidence": confidence}}))
        assert run(tiny.path, tokenizer_directory, out.parent / "calibration", tmp_path) == 0
        assert json.loads((tmp_path / "manifest.json").read_text())["profile"] == {**kept, "longestShortRun": 10}


def test_a_tokenizer_of_another_model_is_refused(out, tiny, tokenizer_directory, tmp_path, capsys):
    text = (tokenizer_directory / "tokenizer.json").read_text().replace('"word9"', '"other9"')
    (tmp_path / "tokenizer.json").write_text(text)
    assert run(tiny.path, tmp_path, out.parent / "calibration", tmp_path / "out") == 1
    assert "is 'word9' in" in capsys.readouterr().err


def test_bad_input_is_one_sentence_and_exit_code_1(out, tokenizer_directory, tmp_path, capsys):
    assert run(tmp_path / "absent.gguf", tokenizer_directory, out.parent / "calibration", tmp_path) == 1
    assert capsys.readouterr().err.count("\n") == 1
