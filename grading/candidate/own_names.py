"""The names of code that goes on after a learner's file, beside those of the file."""

from __future__ import annotations

import ast
from collections.abc import Iterator, KeysView
from typing import Any


class OwnNames(dict[str, Any]):
    """Names that are new, or imported, over those of the file, which are read and changed there.

    A name that the file lacks is missing in its functions here as in the tests, whatever a case
    imports to be called.
    """

    def __init__(self, of_file: dict[str, Any]) -> None:
        super().__init__(__name__=of_file.get("__name__"))
        self._of_file = of_file
        self._imported = set[str]()

    def keep_imports(self, tree: ast.AST) -> None:
        """Keep what code is about to import from the file, where that has a name like it."""
        imports = (n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom))
        names = (name for each in imports for name in each.names)
        self._imported.update(name.asname or name.name.split(".")[0] for name in names)

    def _is_of_file(self, name: str) -> bool:
        is_own = dict.__contains__(self, name) or name in self._imported
        return name in self._of_file and not is_own

    def __missing__(self, name: str) -> Any:
        return self._of_file[name]

    def __setitem__(self, name: str, value: Any) -> None:
        if self._is_of_file(name):
            self._of_file[name] = value
        else:
            super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        if self._is_of_file(name):
            del self._of_file[name]
        else:
            super().__delitem__(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._of_file

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        return dict.fromkeys([*self._of_file, *super().keys()]).keys()
