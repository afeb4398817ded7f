"""Code that counts on what never fires in WebAssembly is told so where it fails, and only there."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator

import pytest

from builder.grade import Judge
from builder.report_table import report_table
from grading.candidate import loading
from grading.candidate.silence import counts_on_warnings
from grading.candidate.tracebacks import FILE

from .squares import SQUARE, proved_judge

COUNTING = [
    "import numpy as np\nwith np.errstate(over='raise'): pass",
    "from numpy import errstate as loud\n@loud(over='raise')\ndef f(x): return x",
    "import numpy\nnumpy.seterr(all='raise')",
    "import numpy as np\nnp.seterr('warn')",
    "import numpy as np\nnp.seterrcall(print)\nnp.seterr(divide='ignore', over='call')",
    "import numpy as np\nwith np.errstate(under='print', call=None): pass",
    "import numpy as np\nnp.seterr(invalid='log')",
    "import warnings\nwarnings.simplefilter('error')",
    "import warnings\nwarnings.simplefilter(action='error', category=RuntimeWarning)",
    "from warnings import filterwarnings\nfilterwarnings('error', '.*overflow')",
    "import warnings as w\ndef f(x):\n  with w.catch_warnings():\n    w.simplefilter('error')",
    "import numpy as np\nmode = 'raise'\nwith np.errstate(all=mode): pass",
    "import numpy as np\nwith np.errstate(**{'over': 'raise'}): pass",
    "import numpy as np\noptions = dict(over='raise')\nnp.seterr(**options)",
    "import numpy as np\nloud = np.errstate\nwith loud(over='raise'): pass",
    "import functools, numpy as np\nloud = functools.partial(np.errstate, over='raise')",
    "import numpy as np\nnp.seterr(over='warn' if __debug__ else 'ignore')",
    "import warnings\nwith warnings.catch_warnings(action='error'): pass",
    "import warnings\naction = 'error'\nwarnings.simplefilter(action)",
    "import warnings\nwith warnings.catch_warnings(record=True) as heard: pass",
]
OTHERS = [
    "",
    "# np.errstate(all='raise')",
    "import numpy as np\nwith np.errstate(divide='ignore'): pass",
    "import numpy as np\nold = np.seterr(all='ignore')\nnp.seterr(**old)",
    "import numpy as np\nmode = 'ignore'\nwith np.errstate(all=mode): pass",
    "import numpy as np\nwith np.errstate(all='ignore'): print('log', 'raise')",
    "import warnings\nwith warnings.catch_warnings(): print('error')",
    "import warnings\nwith warnings.catch_warnings(action='ignore', record=False): 'error'",
    "from numpy import errstate as quiet\nwith quiet(all='ignore'): pass",
    "from numpy import errstate, seterr",
    "import numpy as np\nnp.seterrcall(print)",
    "note = 'np.seterr(all=1)'",
    "import warnings\nwarnings.simplefilter('ignore')",
    "import warnings\nwarnings.warn('error')",
    "def simplefilter(x): return x\nsimplefilter(1)",
    "not Python",
    "x = " + "(" * 90 + ")" * 90,
]


def test_code_that_counts_on_warnings_is_known_by_its_names() -> None:
    assert [source for source in COUNTING if not counts_on_warnings(source)] == []
    assert [source for source in OTHERS if counts_on_warnings(source)] == []


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of the squares exercise."""
    with proved_judge(tmp_path_factory.mktemp("squares"), {}) as opened:
        yield opened


def heard_at_loading(source: str) -> tuple[bool, list[str]]:
    """Return what is said of a source that is loaded, and the files of the warnings meanwhile."""
    request = {"source": source, "entry_points": [{"name": "f", "parameters": []}]}
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        answer = json.loads(loading.load(json.dumps(request)))
    return answer["counts_on_warnings"], [warning.filename for warning in heard]


def test_a_warning_of_the_compiler_is_heard_once_and_never_in_the_way() -> None:
    odd = "def f(): return 1 is 1\n"
    assert heard_at_loading(odd) == (False, [FILE])
    assert heard_at_loading(f"{odd}import warnings\nwarnings.simplefilter('error')") == (
        True,
        [FILE],
    )


SENTENCE = "they never fire in WebAssembly"


def test_the_sentence_is_said_once_where_such_code_fails(judge: Judge) -> None:
    for body in ("return 0", "raise KeyError(1)"):
        report = judge.grade(f"{COUNTING[0]}\ndef f(x): {body}\n").report
        assert report["outcome"] in ("failed", "error")
        assert report["message"].count(SENTENCE) == 1
        assert report_table(report).count(SENTENCE) == 1
        assert SENTENCE not in judge.grade(f"def f(x): {body}\n").report["message"]
    passed = judge.grade(f"{COUNTING[0]}\n{SQUARE}").report
    assert (passed["outcome"], SENTENCE in passed["message"]) == ("passed", False)
