"""The names that the editor offers: described by the Python and NumPy that ship, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builder.cache import Cache
from builder.names import make_names
from builder.toolchain import Toolchain

from .toolchains import shared_toolchain


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(make_names(shared_toolchain()).read_text("utf-8"))
    return read


DESCRIBED = {
    ("builtins", "len"): ["function", "(obj, /)", "Return the number of items in a container."],
    ("builtins", "ValueError"): [
        "class",
        "",
        "Inappropriate argument value (of correct type).",
    ],
    ("math", "log"): [
        "function",
        "(x, [base=math.e])",
        "Return the logarithm of x to the given base.",
    ],
    ("math", "pi"): ["value", "", ""],
    ("numpy", "zeros"): [
        "function",
        "(shape, dtype=float, order='C', *, like=None)",
        "Return a new array of given shape and type, filled with zeros.",
    ],
    ("numpy", "add"): [
        "function",
        "(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, "
        "subok=True[, signature])",
        "Add arguments element-wise.",
    ],
    ("numpy", "where"): [
        "function",
        "(condition, [x, y], /)",
        "Return elements chosen from x or y depending on condition.",
    ],
    ("numpy.random", "default_rng"): [
        "function",
        "(seed=None)",
        "Construct a new Generator with the default BitGenerator (PCG64).",
    ],
}


@pytest.mark.parametrize(("module", "name"), DESCRIBED)
def test_a_name_is_told_with_its_parameters_and_its_docstring_s_first_line(
    names: dict[str, Any], module: str, name: str
) -> None:
    assert names["modules"][module][name] == DESCRIBED[module, name]


def test_what_is_private_or_of_a_prompt_or_only_imported_by_a_module_is_not_named(
    names: dict[str, Any],
) -> None:
    assert not {"exit", "quit", "license", "help"} & set(names["modules"]["builtins"])
    assert "_sys" not in names["modules"]["random"]
    assert all(not name.startswith("_") for held in names["modules"].values() for name in held)
    assert {"math", "numpy", "itertools"} <= set(names["importable"])
    assert not {"pip", "pyodide", "_pyodide", "js"} & set(names["importable"])
    assert {"lambda", "match"} <= set(names["keywords"])


def test_the_same_library_is_described_by_the_same_bytes(
    names: dict[str, Any], tmp_path: Path
) -> None:
    shared = shared_toolchain()
    again = Toolchain(shared.web, Cache(tmp_path), shared.say)
    again.__dict__["runtime"] = shared.runtime
    assert json.loads(make_names(again).read_text("utf-8")) == names
    assert make_names(again).read_bytes() == make_names(shared).read_bytes()
    assert " at 0x" not in make_names(again).read_text("utf-8")
