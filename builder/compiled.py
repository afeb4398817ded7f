"""What V8 has compiled of Pyodide's script, so that no realm in Node compiles it again."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from . import limits
from .cache import key_of
from .node import find_node
from .runtime import PYODIDE_FILES

if TYPE_CHECKING:
    from .toolchain import Toolchain

ASSET = "pyodide.asm.compiled"


def compile_script(toolchain: Toolchain) -> Path:
    """Return the file of what the Node that is here has compiled, or take it from the cache.

    Raises:
        BuildError: if Node fails.
    """
    scripts = [toolchain.script(name).read_bytes() for name in ("compile", "thread")]
    key = key_of(*scripts, PYODIDE_FILES["pyodide.asm.js"], find_node().version)
    return toolchain.cache.file("compiled", key, partial(_compile, toolchain))


def _compile(toolchain: Toolchain) -> bytes:
    files = toolchain.interpreter_files
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, ASSET)
        job = {
            "thread": str(toolchain.script("thread").resolve()),
            "assets": {name: str(path.resolve()) for name, path in files.items()},
            "bootSeconds": limits.BOOT_SECONDS,
            "to": str(out),
        }
        toolchain.run("compile", job)
        return out.read_bytes()
