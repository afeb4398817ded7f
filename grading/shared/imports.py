"""What to do about a name that was not imported, and about a module that is not here."""

from __future__ import annotations

import builtins
import difflib
import re
import sys

import numpy as np

UNDEFINED = re.compile(r"name '(\w+)' is not defined")

# Names by which people know what they have not imported.
_ALIASES = {
    "np": "numpy",
    "plt": "matplotlib.pyplot",
    "pd": "pandas",
    "sns": "seaborn",
    "tf": "tensorflow",
    "sp": "scipy",
}
# Names that mean no variable, however near one is: for Python, `np` is a slip of `n`.
_CERTAIN = {"np", "plt"}
_SUGGESTED = re.compile(r"Did you mean: '(\w+)'")
# What replaces the names of typing.
_TYPES = {"dict", "list", "set", "tuple"}
# Of Python's own modules, those whose names are hardly ever meant as a variable's.
_MODULES = {"numpy", "bisect", "collections", "functools", "heapq", "itertools", "json", "math"}
_MODULES |= {"operator", "os", "random", "re", "statistics", "sys", "time", "typing"}
# Of those that are not here, the ones whose names mean nothing else.
_LIBRARIES = {"keras", "matplotlib", "networkx", "pandas", "pytest", "scipy", "seaborn"}
_LIBRARIES |= {"sklearn", "sqlite3", "sympy", "tensorflow", "torch"}
_NAMES = {
    "collections": "Counter OrderedDict defaultdict deque namedtuple",
    "dataclasses": "dataclass",
    "decimal": "Decimal",
    "enum": "Enum",
    "fractions": "Fraction",
    "functools": "lru_cache partial reduce",
    "itertools": "accumulate combinations groupby islice permutations zip_longest",
    "math": "factorial fsum isqrt",
    "pathlib": "Path",
    "typing": "Any Callable Dict Iterable Iterator List NamedTuple Optional Sequence Set Tuple "
    "TypeVar Union",
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}

# What to do without a module that is not here.
_ADVICE = {
    "NumPy can do what is needed": "scipy torch tensorflow keras jax flax cupy numba sklearn "
    "statsmodels autograd einops xarray",
    "Use NumPy arrays, dicts and lists in place of it": "pandas polars",
    "Use json in place of it": "yaml ruamel toml ujson orjson simplejson",
    "Use fractions and math in place of it": "sympy",
    "Use zlib or gzip in place of it": "lzma _lzma bz2 _bz2 zstandard",
    "Use importlib in place of it": "imp",
    "Keep data in dicts and lists": "sqlite3 _sqlite3 dbm _dbm _gdbm sqlalchemy",
    "Keep a graph in a dict of lists": "networkx",
    "Nothing can be drawn here: print what you want to see": "tkinter _tkinter turtle matplotlib "
    "seaborn plotly bokeh altair pylab pygame PIL cv2 IPython",
    "There is no network here: use the function's arguments": "ssl _ssl requests urllib3 httpx "
    "aiohttp flask django",
    "Everything runs in one thread here: do the work in the function itself": "multiprocessing "
    "_multiprocessing joblib dask ray",
    "There is no terminal and no other program here": "curses _curses readline termios tty pty "
    "fcntl resource pwd grp syslog msvcrt winreg psutil",
    "Nothing can be installed here": "ensurepip pip venv idlelib distutils micropip",
    "The hidden tests run by themselves: leave your own out": "pytest",
}
_INSTEAD = {name: advice for advice, names in _ADVICE.items() for name in names.split()}

_HERE = "What is available: NumPy, and Python's own library as far as a browser can carry it."


def missing_module(module: str, where: str) -> str:
    """Return what to say of a module that is not here."""
    top = module.partition(".")[0]
    advice = f"{_INSTEAD[top]}." if top in _INSTEAD else _nearest(top)
    return " ".join(filter(None, (f"There is no module {module} here{where}.", advice, _HERE)))


def _nearest(module: str) -> str:
    """Return a question for a module that is here and is spelled almost alike, if there is one."""
    if module in sys.stdlib_module_names:
        return ""
    near = difflib.get_close_matches(module, ["numpy"], cutoff=0.7)
    near = near or difflib.get_close_matches(module, sys.stdlib_module_names, 1, 0.8)
    return f"Did you mean {near[0]}?" if near else ""


def missing_import(name: str, where: str, suggestion: str) -> str | None:
    """Return what to say of a name that wants an import, or None if it is not known to.

    Args:
        name: what was used.
        where: the line, in words.
        suggestion: Python's own, in which a name that is there goes before our guess.
    """
    if _is_near(suggestion) and name not in _CERTAIN:
        return None
    begin = f"`{name}` is used{where} but was not imported."
    module = _ALIASES.get(name, name)
    if module.partition(".")[0] in _LIBRARIES:
        return missing_module(module, where).replace("There is", f"{begin} There is", 1)
    if name in _ALIASES:
        return f"{begin} Write `import {module} as {name}` at the top."
    if name in _MODULES:
        return f"{begin} Write `import {name}` at the top."
    if name in _HOME:
        return f"{begin} Write `from {_HOME[name]} import {name}` at the top."
    return None


def _is_near(suggestion: str) -> bool:
    """Whether Python suggests a name of the learner's: its own are near to `pd` and `heapq` too."""
    found = _SUGGESTED.search(suggestion)
    return found is not None and not (found[1] in vars(builtins) and found[1] not in _TYPES)


def in_numpy(name: str, suggestion: str) -> str:
    """Return how NumPy's function or number of a name is written, where it has one; else nothing.

    Args:
        name: what was used.
        suggestion: Python's own, in which a name of the learner's goes before our guess.
    """
    value = vars(np).get(name)
    is_number = type(value) is float and len(name) > 1
    if _is_near(suggestion) or not (is_number or callable(value)) or isinstance(value, type):
        return ""
    return f"NumPy's is written np.{name}, below `import numpy as np`."
