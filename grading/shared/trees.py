"""What a tree is made of."""

from __future__ import annotations

import re
from typing import Any

Tree = Any

CODES = "?bBhHiIlLqQefdFD"
DTYPE = re.compile(r"[<>|](b1|[iu][1248]|f[248]|c8|c16)")

# The tag of a recorded answer of the reference's that is more than a value: one that raised,
# printed something, or changed an argument.
RECORD = "answer"


def is_record(tree: Tree) -> bool:
    """Whether a recorded answer is more than a value."""
    return type(tree) is dict and tree.get("t") == RECORD
