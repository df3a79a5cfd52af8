"""The two models and nothing else: where text is, and what a strip of it says. Loaded once per process, on first use.

The models are PP-OCRv6 small (Apache-2.0), which lie inside the rapidocr wheel; nothing is ever downloaded. They are
run directly on onnxruntime, one thread per process: as many processes as cores read more pages than one with many
threads. Run directly they give what rapidocr keeps to itself, the probability of every candidate at every step.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from countersight.errors import CountersightError
from countersight.model import Agent
from countersight.read.glyphs import Floats

Pixels = NDArray[np.uint8]  # (height, width, 3), RGB


AGENT = Agent("ocr", f"2+rapidocr {version('rapidocr')}+onnxruntime {version('onnxruntime')}")
STRIP = 48  # pixels: the height of a line the recogniser was trained on
_NARROWEST = 32  # pixels: a strip this high and less wide holds no character
_FIND, _READ = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


@dataclass(frozen=True, slots=True)
class Engine:
    """The finder and the recogniser; ``characters[k]`` is what the recogniser's class ``k`` means, class 0 nothing."""

    finder: Any
    recogniser: Any
    characters: tuple[str, ...]

    def text_map(self, pixels: Pixels) -> Floats:
        """How likely each pixel lies in a line of text, 0 to 1. The sides must be multiples of 32."""
        found: Floats = self.finder.run(None, {"x": _scaled(pixels)})[0][0, 0]
        return found

    def read(self, strip: Pixels) -> Floats:
        """The probability of each class at each step along a strip of one line, left to right: (steps, classes)."""
        height, width = strip.shape[:2]
        wide = max(_NARROWEST, round(width * STRIP / height))
        resized = cv2.resize(strip, (wide, STRIP), interpolation=cv2.INTER_LINEAR)
        read: Floats = self.recogniser.run(None, {"x": _scaled(resized.astype(np.uint8))})[0][0]
        return read


@cache
def engine() -> Engine:
    """The engine of this process. Raises CountersightError where the installed rapidocr carries other models."""
    recogniser = _session(_READ)
    names = recogniser.get_modelmeta().custom_metadata_map["character"].splitlines()
    return Engine(_session(_FIND), recogniser, ("", *names, " "))


def _session(name: str) -> Any:
    import onnxruntime  # noqa: PLC0415 - it takes half a second, and most cases hold no scan

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # its pages are never given back, and lines differ in length
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(_model(name)), options, providers=["CPUExecutionProvider"])


def _model(name: str) -> Path:
    found = find_spec("rapidocr")
    path = Path(found.origin).parent / "models" / name if found and found.origin else Path(name)
    if not path.is_file():
        raise CountersightError(f"the OCR model {name} is not installed", way_out="install the rapidocr 3.10 wheel")
    return path


def _scaled(pixels: Pixels) -> Floats:
    """Pixels as the models take them: one picture, blue before green before red, each channel from -1 to 1."""
    planes = pixels[:, :, ::-1].transpose(2, 0, 1).astype(np.float32)
    return np.ascontiguousarray((planes / np.float32(127.5) - np.float32(1))[None])
