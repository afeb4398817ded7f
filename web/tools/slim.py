"""Compile Python trees for shipping; runs inside Pyodide, so the bytecode fits its Python.

Docstrings become empty strings (removing them, as -OO does, breaks NumPy's import), the
optimisation level is 1 and the .pyc files are unchecked-hash and stand where the
.py was.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import marshal
import zipfile
from collections.abc import Iterable, Iterator

Member = tuple[str, bytes]

MAGIC_313 = 3571
UNCHECKED_HASH = 0b01
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def slim_archive(archive: bytes, root: str, drop: list[str], blank: list[str]) -> bytes:
    """Turn a zip of sources into a stored zip of bytecode.

    Args:
        archive: a zip or wheel.
        root: the folder that it will be unpacked to.
        drop: folders, endings and paths that are left out.
        blank: modules that keep their names and lose their content.

    Raises:
        ValueError: if this Python is not the one that the bundle ships.
    """
    magic = int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little")
    if magic != MAGIC_313:
        raise ValueError(f"bytecode magic {magic} instead of {MAGIC_313}: another Python")
    return store_zip(_slim(_members(archive), root, drop, blank))


def store_zip(members: Iterable[Member]) -> bytes:
    """Zip without compression: the transport compresses, and importing stays cheap."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return stored.getvalue()


def compile_module(source: bytes, path: str) -> bytes:
    """Return the content of the .pyc of a module that will live at ``path``."""
    tree = ast.parse(source, path)
    _empty_docstrings(tree)
    code = compile(tree, path, "exec", dont_inherit=True, optimize=1)
    header = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little")
    return header + importlib.util.source_hash(source) + marshal.dumps(code)


def _members(archive: bytes) -> Iterator[Member]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for name in sorted(opened.namelist()):
            if not name.endswith("/"):
                yield name, opened.read(name)


def _slim(
    members: Iterable[Member], root: str, drop: list[str], blank: list[str]
) -> Iterator[Member]:
    for name, content in members:
        if _is_dropped(name, drop):
            continue
        if name.endswith(".py"):
            source = b"" if name in blank else content
            yield f"{name}c", compile_module(source, f"{root}/{name}")
        else:
            yield name, content


def _is_dropped(name: str, drop: Iterable[str]) -> bool:
    folders = name.split("/")[:-1]
    return any(name == entry or name.endswith(entry) or entry in folders for entry in drop)


def _empty_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            assert isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            first.value.value = ""
