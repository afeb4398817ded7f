"""Which Python files of a folder some of them import: read from their text, without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .reading import read_bytes

# For syntax that only the page's newer Python can read.
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+\(?([\w, \t\n]*)"
    r"|import[ \t]+([\w., \t]+))",
    re.MULTILINE,
)
_IMPORTERS = ("import_module", "__import__", "importorskip")


@dataclass(frozen=True)
class Imported:
    """A module that is imported: how many folders above the file's it begins, and on which line."""

    level: int
    parts: tuple[str, ...]
    line: int | None = None


def reachable(folder: Path, roots: Iterable[Path], withheld: Callable[[Path], bool]) -> set[Path]:
    """Return the files below a folder that some files import, and these, at whatever distance.

    A test file's folder is where its imports begin, as pytest has it. What is withheld is not
    followed either.
    """
    roots = list(roots)
    bases = {folder, *(_base(folder, root) for root in roots)}
    found = _reached(folder, roots, bases, withheld)
    if any(b"sys.path" in read_bytes(path) for path in found):  # imports may begin anywhere, then
        more = {path.parent for path in folder.rglob("*.py")}
        found = _reached(folder, roots, bases | more, withheld)
    return found


def _reached(
    folder: Path, roots: list[Path], bases: set[Path], withheld: Callable[[Path], bool]
) -> set[Path]:
    found: set[Path] = set()
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        if path in found or withheld(path):
            continue
        found.add(path)
        packages = [above / "__init__.py" for above in path.parents if folder in above.parents]
        waiting += [init for init in packages if init.is_file()]
        for name in imports_of(read_bytes(path)):
            begins = [path.parents[name.level - 1]] if name.level else bases
            for begin in begins:
                if begin == folder or folder in begin.parents:
                    waiting += _files(begin, name.parts)
    return found


def _base(folder: Path, path: Path) -> Path:
    """Return the folder from which pytest imports a file: the first above it that is no package."""
    above = path.parent
    while above != folder and (above / "__init__.py").is_file():
        above = above.parent
    return above


def _files(begin: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files that importing a dotted name runs, as far as there are any."""
    place = begin
    for part in parts:
        package, module = place / part / "__init__.py", place / f"{part}.py"
        place = place / part
        if package.is_file():
            yield package
        elif module.is_file():
            yield module
            return
        elif not place.is_dir():
            return


def imports_of(source: bytes) -> Iterator[Imported]:
    """Yield what a file imports; the names that it imports of a module may be modules as well."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield from _names_in_text(source.decode("utf-8", "replace"))
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (_name(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            stem = tuple((node.module or "").split(".")) if node.module else ()
            names = (alias.name for alias in node.names)
            yield from (Imported(node.level, (*stem, name), node.lineno) for name in names)
        elif isinstance(node, ast.Call) and _called(node) in _IMPORTERS:
            yield from (_name(text, node.lineno) for text in _texts(node))
        elif isinstance(node, ast.Assign) and "pytest_plugins" in map(ast.unparse, node.targets):
            yield from (_name(text, node.lineno) for text in _texts(node.value))


def _names_in_text(text: str) -> Iterator[Imported]:
    for dots, module, names, modules in _IMPORT.findall(text):
        yield from (_name(each.split()[0]) for each in modules.split(",") if each.split())
        stem = tuple(module.split(".")) if module else ()
        for each in names.split(","):
            if each.split():
                yield Imported(len(dots), (*stem, each.split()[0]))


def _name(dotted: str, line: int | None = None) -> Imported:
    bare = dotted.lstrip(".")
    return Imported(len(dotted) - len(bare), tuple(bare.split(".")), line)


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _texts(node: ast.AST) -> list[str]:
    constants = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
    return [text for text in constants if isinstance(text, str) and text.strip(".")]
