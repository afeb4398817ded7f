"""The pages that are measured, each in a folder: ours, an ordinary one, and PyScript's."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import build
from builder.cache import Cache
from builder.compress import compress
from builder.downloads import Source, SourceError, fetch_first
from builder.node import find_node
from builder.progress import Say
from builder.runtime import Runtime
from builder.toolchain import Toolchain

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

# The newest on 2026-11-24.
PYSCRIPT = "@pyscript/core@0.7.31"
PYSCRIPT_SHA256 = "b2ca1a0c0956aebd990a7c8524cca1eb061444a8319a7264d2f31ef30bea276a"

_PYODIDE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
_LOCK = "pyodide-lock.json"


def lay_out(folder: Path, say: Say) -> dict[str, Path]:
    """Build every site below a folder and return them by name."""
    sites = {name: folder / name for name in ("ours", "naive", "pyscript")}
    if build.main([str(ROOT), "--out", str(sites["ours"])]) != 0:
        raise SystemExit("the bundle was not built")
    toolchain = Toolchain(build.WEB, Cache(build.CACHE), say)
    runtime = toolchain.runtime
    _lay_naive(sites["naive"], runtime)
    _lay_pyscript(sites["pyscript"], runtime, say)
    for name in ("naive", "pyscript"):
        _compress(sites[name], toolchain)
    return sites


def _lay_naive(site: Path, runtime: Runtime) -> None:
    shutil.copytree(HERE / "naive", site)
    _copy_pyodide(site / "pyodide", runtime)
    (site / "wheels").mkdir()
    for wheel in runtime.pytest_wheels:
        shutil.copy(wheel, site / "wheels")
    tests = {path.name: path.read_text("utf-8") for path in (ROOT / "hidden_tests").glob("*.py")}
    files = {"wheels": [wheel.name for wheel in runtime.pytest_wheels], "tests": tests}
    (site / "files.json").write_text(json.dumps(files), "utf-8")


def _lay_pyscript(site: Path, runtime: Runtime, say: Say) -> None:
    shutil.copytree(HERE / "pyscript", site)
    _copy_pyodide(site / "pyodide", runtime)
    kept = build.CACHE / PYSCRIPT_SHA256 / "pyscript.tgz"
    archive = fetch_first([Source(f"npm {PYSCRIPT}", _pack_pyscript)], PYSCRIPT_SHA256, kept, say)
    with tarfile.open(archive, "r:gz") as tar:
        members = [m for m in tar.getmembers() if m.name.startswith("package/dist/")]
        members = [m for m in members if not m.name.endswith(".map")]
        tar.extractall(site, members, filter="data")
    (site / "package" / "dist").rename(site / "pyscript")
    config = {"interpreter": "/pyodide/pyodide.mjs"}
    (site / "pyscript.json").write_text(json.dumps(config), "utf-8")


def _pack_pyscript(folder: Path) -> Path:
    node = find_node()
    command = [*node.npm, "pack", "--loglevel=error", "--ignore-scripts", PYSCRIPT]
    done = subprocess.run(command, cwd=folder, env=node.environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SourceError(done.stderr.strip())
    return next(folder.glob("*.tgz"))


def _copy_pyodide(folder: Path, runtime: Runtime) -> None:
    folder.mkdir()
    for name in (*_PYODIDE, _LOCK):
        shutil.copy(runtime.asm_js.parent / name, folder)
    shutil.copy(runtime.numpy_wheel, folder)


def _compress(site: Path, toolchain: Toolchain) -> None:
    """Put compressed copies beside the files, as the build does for ours."""
    files = {
        str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }
    copies = compress(files, False, toolchain)
    for name, data in copies.items():
        if len(data) < len(files[name.rpartition(".")[0]]):
            (site / name).write_bytes(data)
