"""Everyday slips on the way to a right solution: what a first run often meets."""

from __future__ import annotations

from .hostile import function
from .submissions import REFERENCE

_SCORES = """
scores = np.asarray(logits, dtype=np.float64)
shifted = scores - scores.max()
surprise = np.log(np.exp(shifted).sum()) - shifted
"""
_LOSS = "loss = float((1 - alpha) * surprise[target] + alpha * surprise.mean())\n"

SLIPS = {
    "forgotten return": function(_SCORES + _LOSS),
    "print in place of return": function(f"{_SCORES}{_LOSS}print(loss)"),
    "typo": function(f"{_SCORES}{_LOSS}return los"),
    "missing import": function(f"{_SCORES}{_LOSS}return loss").replace("import numpy as np", ""),
    "off by one": function(
        f"{_SCORES}return float((1 - alpha) * surprise[target + 1] + alpha * surprise.mean())"
    ),
    "wrong axis": function("shifted = logits - logits.max(axis=1)\nreturn float(shifted[target])"),
    "array returned": function(
        f"{_SCORES}return (1 - alpha) * surprise[target] + alpha * surprise"
    ),
    "endless loop": function("k = 0\nwhile k < len(logits):\n    best = logits[k]\nreturn best"),
    "recursion": function("return label_smoothing_loss(logits, target, alpha)"),
    "mutation": function(
        f"logits -= logits.max()\n{_SCORES}{_LOSS}return loss".replace("scores.max()", "0")
    ),
    "syntax": REFERENCE.replace("float(", "float((", 1),
    "missing max": function(
        "log_p = logits - np.log(np.exp(logits).sum())\n"
        "return float(-(1 - alpha) * log_p[target] - alpha * log_p.mean())"
    ),
}
