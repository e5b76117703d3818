"""manifest.json: what the engine needs to know of a model before it opens it, and the digest of every file it reads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from checkpoint import DecoderConfig
from corrections import CORRECTIONS_FILE
from weights import EMBEDDING_FILE, LAYER_FILES

INT8_CACHE_GRAPH, FLOAT_CACHE_GRAPH = "model.onnx", "model-float-cache.onnx"
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")
ENGINE_FILES = (INT8_CACHE_GRAPH, FLOAT_CACHE_GRAPH, EMBEDDING_FILE, *LAYER_FILES, CORRECTIONS_FILE, *TOKENIZER_FILES)


@dataclass(frozen=True)
class ModelIdentity:
    """What a checkpoint does not say of itself."""

    name: str
    display_name: str
    license: str
    source: str


def describe_file(path: Path) -> dict:
    """{path, bytes, sha256} of one file, read in pieces."""
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.name, "bytes": path.stat().st_size, "sha256": digest}


def known_profile(directory: Path, name: str) -> dict:
    """What was measured of the model `name` by its manifest in `directory`; empty for another model and where there is none."""
    try:
        manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return manifest.get("profile", {}) if manifest["name"] == name else {}


def write_manifest(
    directory: Path,
    identity: ModelIdentity,
    config: DecoderConfig,
    positions: int,
    special: dict[str, int],
    end_of_text: list[int],
    profile: dict,
) -> dict:
    """Describes the ENGINE_FILES of `directory` in its manifest.json and returns what was written."""
    manifest = {
        "format": 2,
        "name": identity.name,
        "displayName": identity.display_name,
        "license": identity.license,
        "source": identity.source,
        "files": [describe_file(directory / name) for name in ENGINE_FILES],
        "graphs": {"int8": {"file": INT8_CACHE_GRAPH}, "float32": {"file": FLOAT_CACHE_GRAPH}},
        "decoder": {
            "layers": config.layers,
            "heads": config.heads,
            "keyValueHeads": config.key_value_heads,
            "headDimension": config.head_dimension,
            "hiddenSize": config.hidden_size,
            "vocabularySize": config.vocabulary_size,
            "contextLength": positions,
        },
        "tokenizer": {"file": TOKENIZER_FILES[0]},
        "endOfText": end_of_text,
        "specialTokens": special,
        "profile": profile,
    }
    (directory / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest
