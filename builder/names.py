"""The names that the editor offers, with their signatures: those of the library that ships."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .cache import key_of
from .progress import amount
from .runtime import Runtime

if TYPE_CHECKING:
    from .toolchain import Toolchain

# What learners of such exercises import; the names of all others are offered after `import` alone.
MODULES = (
    *("builtins", "abc", "array", "bisect", "cmath", "collections", "collections.abc", "copy"),
    *("csv", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "heapq"),
    *("io", "itertools", "json", "math", "operator", "pathlib", "random", "re", "statistics"),
    *("string", "sys", "textwrap", "time", "typing", "numpy", "numpy.fft", "numpy.linalg"),
    *("numpy.random", "numpy.testing"),
)


def make_names(toolchain: Toolchain) -> Path:
    """Return the file of names, made by the page's Python or taken from the cache.

    Raises:
        BuildError: if Node or Pyodide fails.
    """
    key = key_of(toolchain.script("names").read_bytes(), Runtime.pins(), repr(MODULES))
    return toolchain.cache.file("names", f"{key}.json", partial(_describe, toolchain))


def _describe(toolchain: Toolchain) -> bytes:
    runtime = toolchain.runtime
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "names.json")
        job = {
            "pyodide": str(runtime.asm_js.parent.resolve()),
            "wheels": [str(runtime.numpy_wheel.resolve())],
            "modules": MODULES,
            "to": str(out),
        }
        toolchain.run("names", job)
        data = out.read_bytes()
    toolchain.say(f"names of the library described, {amount(len(data))}")
    return data
