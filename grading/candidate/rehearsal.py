"""A run without a submission: browsers compile what is used when it is used first."""

from __future__ import annotations

import json
import sys

import numpy as np

from grading.shared import wire

from .calling import call
from .loading import load


def rehearse(text: str) -> str:
    """Load and call a function of our own, so that a submission does not wait for first uses."""
    source = "import numpy as np\n\ndef f(x):\n    return float(np.exp(x - x.max()).sum())\n"
    x = {"name": "x", "kind": "POSITIONAL_OR_KEYWORD", "optional": False}
    request = {"source": source, "entry_points": [{"name": "f", "parameters": [x]}]}
    array = wire.encode(np.array([0.5, 1.5]))
    for _ in range(2):
        load(json.dumps(request))
        call(json.dumps({"function": "f", "args": [array], "kwargs": {}}))
    del sys.modules["solution"]
    return text
