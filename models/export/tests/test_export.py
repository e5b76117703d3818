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
    assert manifest["specialTokens"] == {"fileSeparator": 5, "repositoryName": 3, "fileName": 6}


def test_both_graphs_point_to_the_same_bytes(out):
    def external(name):
        model = onnx.load(out / name, load_external_data=False)
        tensors = (tensor for tensor in model.graph.initializer if tensor.external_data)
        return {tensor.name: {entry.key: entry.value for entry in tensor.external_data} for tensor in tensors}

    assert external("model.onnx") == external("model-float-cache.onnx")
    assert {entry["location"] for entry in external("model.onnx").values()} == {"embedding.bin", "layers-0.bin", "layers-1.bin"}


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
