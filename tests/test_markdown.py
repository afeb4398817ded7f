"""Markdown as instructors write it: what GitHub or MkDocs would show is shown, or refused."""

from __future__ import annotations

import re

import pytest

from .statements import FIRST_LINE, refusal, render, seen

# Each stays the text that it is.
NO_FORMULAS = [
    "It costs from $5 to $6, say.",
    "US$ 7 and US$ 8",
    "US$7 or A$8, at most 9 US$",
    "$HOME and $USER",
    "$HOME/bin:$PATH",
    "$HOME/$USER",
    "$a+$b",
    "It was $100 (US$ 120).",
    "$5 for one or two for 9$",
    "$ 5 and $ 6",
    "$",
    "the sign $ and again $",
    "$x $",
]


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_prices_and_variables_are_no_formulas(text: str) -> None:
    assert render(f"{text}\n").html == f"<p>{text}</p>\n"


def test_dollar_signs_that_are_escaped_stay() -> None:
    page = render("\\$x\\$, `$y$`, \\$\\$ and $z$\n").html
    assert "<p>$x$, <code>$y$</code>, $$ and <math><mi>z</mi></math></p>" in seen(page)


# Each is a formula: how many, and whether it stands on lines of its own.
FORMULAS = {
    "$x$": (1, False),
    "the $n$th of $K$": (2, False),
    "$5$ and $6$": (2, False),
    "$2n$, $n-1$": (2, False),
    "from $ \\alpha $ on": (1, False),
    "2$\\pi$": (1, False),
    "для$x$": (1, False),
    "设$x$为$y$": (2, False),
    "($x$)-$y$, $z$.": (3, False),
    "$x$ costs $5": (1, False),
    "_$x$_ and **$K$**": (2, False),
    "~~$x$~~ ($y$)": (2, False),
    "## Of $n$ in US$ 5": (1, False),
    "US$ 5 is $x$": (1, False),
    "$HOME is $x$": (1, False),
    "\\(x\\)": (1, False),
    "so \\(a_i = b\\) and \\( \\alpha \\)": (2, False),
    "$`x`$ as on GitHub": (1, False),
    "\\[x\\]": (1, True),
    "\\[\nx\n+ y\n\\]": (1, True),
    "so\n\\[\nx\n\\]\nholds": (1, True),
    "> \\[\n> x\n> \\]": (1, True),
    "- one\n\n  \\[ x \\]": (1, True),
    "so \\[x^2\\] holds": (1, True),
    "$$x$$": (1, True),
    "$$\nx\n$$": (1, True),
    "```math\nx\n```": (1, True),
    "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}": (1, True),
    "\\begin{equation*}\na\n\\end{equation*}": (1, True),
    "| a |\n|---|\n| $\\vert x \\vert$ |": (1, False),
}


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_those_of_github_and_mkdocs(text: str) -> None:
    page = render(f"{text}\n").html
    count, own = FORMULAS[text]
    assert page.count("<math") == count, page
    assert page.count('<math display="block"') == (count if own else 0)
    assert not re.search(r"\\[\[\](){}a-z]", seen(page)), "raw markup is left"


# Brackets that somebody escaped, as exports from word processors do.
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("in \\[0, 1\\] or a\\[i\\]", "in [0, 1] or a[i]"),
        ("f \\(see the last section\\)", "f (see the last section)"),
        ("- \\[ \\] later", "[ ] later"),
        ("\\[x\\] is a list", "[x] is a list"),
        ("\\\\(x\\\\)", "\\(x\\)"),
    ],
)
def test_escaped_brackets_around_no_formula_stay_brackets(text: str, shown: str) -> None:
    assert shown in render(f"{text}\n").html


def test_a_bar_that_ends_a_cell_within_a_formula_is_refused_on_its_line() -> None:
    problem = refusal("| a | b |\n|---|---|\n| 1 | 2 |\n| $|x|$ | 3 |\n")
    assert problem.line == FIRST_LINE + 3
    assert "bar" in problem.cause and "\\vert" in problem.remedy
    for row in ("| $5 | $6 |", "|$x$|$\\alpha$|", "| $HOME | $x$ |", "| US$ | $6|"):
        render(f"| a | b |\n|---|---|\n{row}\n")


# Markup of GitHub's and MkDocs's, and what it comes to.
SHOWN = {
    "~~x~~ and ~y~": "<p><s>x</s> and <s>y</s></p>",
    "a ~ b, ~5 to ~6": "<p>a ~ b, ~5 to ~6</p>",
    "see https://a.example/b_c_d.": '<a href="https://a.example/b_c_d" target="_blank"',
    "(www.example.org)": '(<a href="http://www.example.org" target="_blank" rel="noopener">www.',
    "me@example.org": '<a href="mailto:me@example.org"',
    "in solution.py, see numpy.org": "<p>in solution.py, see numpy.org</p>",
    "- [ ] one\n- [x] two": 'checkbox" checked="" aria-label="done"> two</li>',
    "* [link](https://a.example) [x]": "[x]</li>",
    "one[^n]\n\n[^n]: *Why*.": '<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>',
    "one[^n], [^n]\n\n[^n]: Why.": '<a href="#fnref1:1" aria-label="back to the text">',
    "> [!NOTE]\n> *So*.": '<div class="callout note">\n<p class="callout-title">Note</p>\n<p><em>',
    "> [!CAUTION]\n> No.": '<div class="callout warning">\n<p class="callout-title">Caution</p>',
    "> [!nothing]\n> No.": "<blockquote>",
    '!!! danger "*Mind* it"\n    No.': 'warning">\n<p class="callout-title"><em>Mind</em> it</p>',
    '!!! note ""\n    No.': '<div class="callout note">\n<p>No.</p>\n</div>',
    "??? tip\n    `x`\n\n    - y": '<details class="callout tip">\n<summary>Tip</summary>\n<p>',
    "???+ toolbar\n    x": '<details class="callout note" open="">\n<summary>Toolbar</summary>',
    "Term\n:   what it is": "<dl>\n<dt>Term</dt>\n<dd>what it is</dd>\n</dl>",
    "# One\n\n## Two": "<h2>One</h2>\n<h3>Two</h3>",
    "One\n===\n\nTwo\n---": "<h2>One</h2>\n<h3>Two</h3>",
    "## One\n\n###### Six": "<h2>One</h2>\n<h6>Six</h6>",
    "# One\n\n###### Six": "<h2>One</h2>\n<h6>Six</h6>",
    "## A *b*, c\n\n[to](#a-b-c)": '<h2 id="section-a-b-c">A <em>b</em>, c</h2>',
    "## Tests\n\n## Tests\n\n[to](#tests-1)": '<a href="#section-tests-1">to</a>',
    "## Übung\n\n[to](#übung)": '<a href="#section-übung">to</a>',
    "one\\\ntwo": "one<br>\ntwo",
}


@pytest.mark.parametrize("text", SHOWN)
def test_what_other_renderers_show_is_shown(text: str) -> None:
    page = render(f"{text}\n").html
    assert SHOWN[text] in page.replace("<br />", "<br>"), page
    assert not re.search(r"\sstyle=|<script|\son\w+=", page)


@pytest.mark.parametrize(
    ("text", "line", "cause", "remedy"),
    [
        ('one\n\n=== "A"\n    x\n', 3, "tabs", "one after the other"),
        ("one\n\n##Hint\n\ntwo\n", 3, "no blank: ##Hint", "one behind its signs"),
        ("[TOC]\n\n## A\n", 1, "table of contents", "Leave"),
        ("one\ntwo {: .wide }\n", 2, "attributes", "Leave"),
        ('one\n\n--8<-- "x.md"\n', 3, "not included", "Copy"),
        ("a ==mark== here\n", 1, "==mark==", "**"),
        ("one\na ^^line^^ here\n", 2, "^^line^^", "backticks"),
        ("press ++ctrl+alt+x++\n", 1, "keys", "backticks"),
        ("one\nfine :tada:\n", 2, ":tada:", "Type the character"),
        ("the HTML\n\n*[HTML]: a language\n", 3, "abbreviations", "in the text"),
        ("::: warning\nx\n:::\n", 1, ":::", "!!! note"),
        ("/// tip | Title\nx\n///\n", 1, "///", "!!! note"),
        ("one\n\n\\begin{cases}\na\n\\end{cases}\n", 3, "\\begin{cases}", "$$"),
        ("so \\begin{align}a\\end{align} holds\n", 1, "\\begin{align}", "$$"),
        ("one\ntwo {--old--} {++new++}\n", 2, "{--old--}", "as it is to be"),
        ("a {>>why<<} b\n", 1, "{>>why<<}", "backticks"),
        ("one\n\n```mermaid\ngraph TD\n```\n", 3, "drawing in mermaid", "in words"),
        ("one\n\n[^1]: nobody asks\n", 3, "footnote [^1]", "where it belongs"),
        ("## One\n\nsee [two](#two)\n", 3, "no section '#two'", "#one"),
        ("one\n\n<details><summary>x</summary>\n", 3, "<details>", "???"),
        ("one<br>two\n", 1, "<br>", "backslash"),
        ("H<sub>2</sub>O\n", 1, "<sub>", "$x_i$"),
        ("one\n\n<!-- todo -->\n", 3, "todo", "shown to learners"),
        ("<Foo>\n", 1, "<Foo>", "&lt;"),
        ("xmpp:me@example.org\n", 1, "xmpp", "https://"),
        ("one\ntext[^1] and\n", 2, "no such footnote: [^1]", "`[^…]: …`"),
        ("one\ntwo [^why], **x**. [^2]\n", 2, "no such footnote: [^2]", "`[^…]: …`"),
        ("one\n[the docs][docs]\n", 2, "address: [the docs][docs]", "`[text](https://…)`"),
        ("[the\ndocs][1]\n", 1, "no such address: [the\ndocs][1]", "`[…]: https://…`"),
        ("one\nsee [`np.sum`][np-sum] or [docs][]\n", 2, "[`np.sum`][np-sum]", "[text]"),
        ("one\n\n[docs][]\n", 3, "no such address: [docs][]", "[text]"),
        ("one\n[the docs](https://a.example/b c)\n", 2, "cannot be read", "%20"),
        ("[x]: javascript:a\n\n[x]\n", 1, "no such address", "https://"),
        ("see [[Page]]\n", 1, "[[Page]]", "[text](https://…)"),
        ("see\n[[Other page|it]]\n", 2, "[[Other page|it]]", "backticks"),
        ("one\n\n| a | b |\n|---|\n| 1 | 2 |\n", 4, "as many cells", "\\|"),
        ("| a |\n| --- | :-: |\n| 1 | 2 |\n", 2, "as many cells", "\\|"),
        ("a | b\n-|-|-\n1 | 2\n", 2, "as many cells", "\\|"),
        ("one\n\n| a | b |\n| 1 | 2 |\n", 3, "`|---|`", "as many"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | 5 |\n", 4, "5 would be lost", "`\\|`"),
        ("> a | b\n> --|--\n> | 1 | 2 | 3\n", 3, "3 would be lost", "`\\|`"),
        (
            "| a | b | c |\n|---|---|---|\n| `x` | `int | None` | the number |\n",
            *(3, "a bar in code ends the table's cell", "`\\|`"),
        ),
    ],
)
def test_what_another_renderer_would_show_in_its_own_way_is_refused_on_its_line(
    text: str, line: int, cause: str, remedy: str
) -> None:
    problem = refusal(text)
    assert problem.line == FIRST_LINE - 1 + line
    assert cause in problem.cause and remedy in problem.remedy


@pytest.mark.parametrize(
    "text",
    [
        '## "onload="x\n\n[to](#onloadx)',
        '!!! \'x"onload="y\' "<b>"\n    z'.replace("<b>", "a &lt; b"),
        'https://a.example/"onload="x',
        "[x](https://a.example '\"onload=\"x')",
        'one[^"onload="x]\n\n[^"onload="x]: two',
        '> [!NOTE"onload="x]\n> y',
        '- [x] "onload="x',
        '``` python "onload="x\ny\n```',
        '$"onload="x$ and \\(\\text{"onload="x}\\)',
        "[x](https://a.example) `<javascript:alert>`",
    ],
)
def test_no_markup_of_a_statement_leaves_its_place(text: str) -> None:
    page = render(f"{text}\n").html
    for tag in re.findall(r"<[a-z][^>]*>", page):
        bare = re.sub(r'"[^"]*"', "", tag)
        assert not re.search(r"onload|javascript|style=|<script", bare), tag
    assert not re.search(r'href="(?!https?:|#|mailto:)', page)


@pytest.mark.parametrize(
    "text",
    [
        "a[0][1], x[i][j], [0][1] and [i][j], xs[key][value], list[int][0]",
        "[1, 2, 3][0], [[1, 2], [3, 4]], [[1]], [[x]], [[nan]], np.array([[one]])",
        "the class [^0-9], [a-z][A-Z] or [^ab]*, [^1]+",
        "an interval [a, b)(c, d], [note] and [docs], f[x](y: int)",
        "|x| and |y|, a || b",
    ],
)
def test_brackets_and_bars_of_a_text_that_are_no_markup_stay(text: str) -> None:
    assert render(f"{text}\n").html == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "\\[the docs][docs], [the docs]\\[docs], text\\[^1] and \\[[Page]]",
        "`[the docs][docs]`, `x[^1]`, `[[Page]]` and `[x](javascript:y)`",
        "`xs`[key][value] and `f(x)`[one][two]",
        "$a[one][two]$ and $x[^1]$",
        "so $$\n|x|\n|y|\n$$ holds",
        "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | |\n| `x \\| y` | ``a`b`` |\n| \\` | \\` |",
        "> a | b\n> --|--\n> 1 | 2\n> | 1 | 2 |",
        "- | a | b |\n  |---|---|\n  | 1 | 2 |",
        "[the docs][docs] and [docs][]\n\n[docs]: https://a.example",
    ],
)
def test_markup_that_is_escaped_or_code_and_tables_that_lose_nothing_are_shown(text: str) -> None:
    assert render(f"{text}\n").html


def test_text_that_only_looks_like_markup_of_others_stays() -> None:
    for text in (
        "a == b == c, a==b",
        "C++ and C++",
        "#12, #one, ##3 and a ##b, `##c`",
        "at 10:30:15, a[1:2:3], ratio a:b:c, std::x::y",
        "the set {.5, 1} and {a}",
        "`==x==` and `:tada:`",
        "x ^ y ^^ z",
        "a [^b] c",
        "a/b///c, --x-- and x++ {i++}, {--i}",
        "`\\begin{cases}`",
    ):
        assert re.sub("<[^>]+>|`", "", render(f"{text}\n").html).strip() == text.replace("`", "")
