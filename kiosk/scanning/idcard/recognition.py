"""Turns a picture of one line into text, and a frame into places of lines. Knows nothing of cards.

The models are those in the wheel of rapidocr-onnxruntime, run by onnxruntime on one thread; that package's own code is
not imported. Nothing is loaded before the first `load_models`.
"""

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from kiosk.scanning.image import Image

_MODELS = {"lines": "ch_PP-OCRv4_det_infer.onnx", "text": "ch_PP-OCRv4_rec_infer.onnx"}
_LINE_HEIGHT = 48
_WIDEST_LINE = 960
_LOOK_SIDE = 736
_IS_TEXT, _IS_LINE, _GROWN = 0.3, 0.5, 1.6
_MOST_LINES = 24


@dataclass(frozen=True)
class Line:
    """What a line says; of each character how sure it is, and where along the line it stands: both 0..1.

    Its repr says nothing of the text: it may be a person's.
    """

    text: str
    sureness: tuple[float, ...]
    places: tuple[float, ...]

    def __repr__(self) -> str:
        return f"Line({len(self.text)} characters)"


def is_installed() -> bool:
    """Whether the extra `id-card` of the package is there, with its models."""
    return all(file is not None and file.is_file() for file in map(_model_file, _MODELS.values())) and _has_runtime()


def _has_runtime() -> bool:
    return importlib.util.find_spec("onnxruntime") is not None


def _model_file(name: str) -> Path | None:
    spec = importlib.util.find_spec("rapidocr_onnxruntime")
    folders = (spec.submodule_search_locations or []) if spec else []
    return next((Path(folder) / "models" / name for folder in folders), None)


class Models:
    """Both models; sessions of onnxruntime may be used by several threads. Raises OSError where one is missing."""

    def __init__(self) -> None:
        self._text, self._lines = _session(_MODELS["text"]), _session(_MODELS["lines"])
        signs = self._text.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._signs = ["", *signs, " "]

    def read_line(self, line_bgr: Image, widest: int = _WIDEST_LINE) -> Line:
        """Text of a picture of one line (height × width × 3 BGR, 8 bit), made 48 px high and up to `widest` wide."""
        height, width = line_bgr.shape[:2]
        wide = int(np.clip(round(width * _LINE_HEIGHT / height), _LINE_HEIGHT, widest))
        how = cv2.INTER_AREA if height > _LINE_HEIGHT else cv2.INTER_CUBIC
        shares = self._run(self._text, cv2.resize(line_bgr, (wide, _LINE_HEIGHT), interpolation=how))[0]
        best = shares.argmax(axis=1)
        is_new = (best != 0) & (best != np.concatenate(([0], best[:-1])))
        at = np.flatnonzero(is_new)
        sureness = (float(one) for one in shares[at, best[at]])
        places = (float(one) for one in (at + 0.5) / len(best))
        return Line("".join(self._signs[sign] for sign in best[at]), tuple(sureness), tuple(places))

    def find_lines(self, frame_bgr: Image) -> list[Image]:
        """Corners of every line of text (4 × 2 float32 px, clockwise from where it begins), the longest first."""
        height, width = frame_bgr.shape[:2]
        scale = min(1.0, _LOOK_SIDE / max(height, width))
        size = tuple(max(32, round(side * scale / 32) * 32) for side in (width, height))
        shares = self._run(self._lines, cv2.resize(frame_bgr, size, interpolation=cv2.INTER_AREA))[0, 0]
        boxes = _boxes(shares)
        back = np.array([width / size[0], height / size[1]], np.float32)
        return [box * back for box in boxes[:_MOST_LINES]]

    def _run(self, session: Any, picture_bgr: Image) -> Image:
        values = (picture_bgr.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)[None]
        name = session.get_inputs()[0].name
        return np.asarray(session.run(None, {name: np.ascontiguousarray(values)})[0])


@lru_cache(maxsize=1)
def load_models() -> Models:
    """The models, loaded once in a process (0.3 s). Raises OSError where the extra is not installed."""
    return Models()


def _session(name: str) -> Any:
    file = _model_file(name)
    if file is None or not file.is_file() or not _has_runtime():
        raise OSError(f"{name} is missing: install gighall with its extra id-card")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _boxes(shares: Image) -> list[Image]:
    """Lines in the map of the finding model, grown as the model was taught (unclip ratio of DBNet)."""
    is_text = cv2.dilate((shares > _IS_TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(is_text, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes: list[tuple[float, Image]] = []
    for contour in contours:
        (x, y), (wide, tall), degrees = cv2.minAreaRect(contour)
        if min(wide, tall) < 3 or _mean_inside(shares, contour) < _IS_LINE:
            continue
        more = wide * tall * _GROWN / (2 * (wide + tall)) * 2
        box = cv2.boxPoints(((x, y), (wide + more, tall + more), degrees))
        boxes.append((max(wide, tall), _along_text(box)))
    boxes.sort(key=lambda one: -one[0])
    return [box for _, box in boxes]


def _mean_inside(shares: Image, contour: Image) -> float:
    x, y, w, h = cv2.boundingRect(contour)
    mask = np.zeros((h, w), np.uint8)
    cv2.fillPoly(mask, [contour - np.array([x, y])], 1)
    return float(cv2.mean(shares[y : y + h, x : x + w], mask)[0])


def _along_text(box: Image) -> Image:
    """Corners clockwise from the left end of the longer side."""
    if np.linalg.norm(box[1] - box[0]) < np.linalg.norm(box[2] - box[1]):
        box = np.roll(box, -1, axis=0)
    along = box[1] - box[0]
    return np.asarray(box if along[0] >= 0 else np.roll(box, -2, axis=0), np.float32)
