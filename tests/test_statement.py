"""The statement's rendering: what it gives, what it refuses, and on which line."""

import re
from pathlib import Path

import pytest

from builder.cache import Cache
from builder.errors import BuildError
from builder.formulas import StyleClasses, temml_rules
from builder.statement import Statement, render_statement
from builder.toolchain import Toolchain

from .statements import EXERCISE, FIRST_LINE, refusal, render, seen
from .toolchains import shared_toolchain, silent

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"


@pytest.fixture(scope="module")
def shipped() -> Statement:
    """The statement of the exercise in this repository."""
    return render_statement(EXERCISE, shared_toolchain())


def test_the_shipped_statement_keeps_its_sections_as_second_level_headings(
    shipped: Statement,
) -> None:
    headings = re.findall(r"<h2>(.+?)</h2>", shipped.html)
    written = re.findall(r"^## (.+)$", EXERCISE.statement, re.MULTILINE)
    assert headings == [name for name in written if not re.match("Hint|Remarks", name)]
    assert "<h1" not in shipped.html


def test_the_shipped_statement_needs_no_script_no_inline_style_and_no_other_host(
    shipped: Statement,
) -> None:
    assert not re.search(r"<script|\sstyle=|\son\w+=|\ssrc=", shipped.html)
    assert not re.search(r"url\(|@import|@font-face", shipped.css)


def test_no_dollar_sign_is_left_of_the_shipped_formulas(shipped: Statement) -> None:
    assert "$" not in shipped.html
    assert shipped.html.count('<math display="block"') == 2


def test_rendering_twice_gives_the_same_bytes(shipped: Statement) -> None:
    assert render_statement(EXERCISE, shared_toolchain()) == shipped


def test_a_formula_in_the_line_and_one_of_its_own_are_told_apart() -> None:
    page = render("with $x$ inside\n\n$$\ny\n$$\n").html
    assert "<p>with <math><mi>x</mi></math> inside</p>" in seen(page)
    assert re.search(r'<div class="math"><math display="block"[^>]*><mi>y</mi></math></div>', page)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("$x_1 < y$", "x_1 &lt; y"),
        ('$\\text{"b"}$', "\\text{&quot;b&quot;}"),
        ("$$\na\n  + b\n$$", "a + b"),
        ("```math\na > b\n```", "a &gt; b"),
    ],
)
def test_formulas_say_what_they_are_in_text(text: str, said: str) -> None:
    assert f' alttext="{said}"' in render(f"{text}\n").html


def test_browsers_translate_neither_code_nor_formulas(shipped: Statement) -> None:
    page = shipped.html + shipped.hints + shipped.remarks
    shown = re.findall(r"<(?:math|pre|code)\b[^>]*>", re.sub(r"(<pre[^>]*>)<code>", r"\1", page))
    assert {tag.split()[0] for tag in shown} == {"<math", "<pre", "<code"}
    assert [tag for tag in shown if 'translate="no"' not in tag] == []


def test_a_double_dollar_formula_within_a_paragraph_is_shown_on_its_own() -> None:
    assert 'so <math display="block"' in render("so $$x$$ holds\n").html


def test_a_formula_that_begins_a_line_which_ends_in_a_digit_is_found() -> None:
    assert "<math><mi>K</mi></math> is at least 1" in seen(render("$K$ is at least 1\n").html)


def test_a_statement_without_formulas_needs_no_node(tmp_path: Path) -> None:
    nothing = Toolchain(tmp_path, Cache(tmp_path), silent)
    assert render("Just *words*.\n", nothing).html == "<p>Just <em>words</em>.</p>\n"


def test_every_inline_style_becomes_a_class_with_a_rule() -> None:
    page = render("$$\n\\begin{cases}a&b\\\\c&d\\end{cases} \\color{red}{x}\n$$\n")
    assert "style=" not in page.html
    names = set(re.findall(r"style-\d+", page.html))
    assert len(names) >= 3
    for name in names:
        assert re.search(rf"^\.{name}\.{name} \{{ .+ \}}$", page.css, re.MULTILINE)


def test_a_class_joins_those_that_an_element_has_already() -> None:
    styles = StyleClasses()
    assert styles.replace_in('<mi class="a" style="x:y;">t</mi>') == '<mi class="a style-1">t</mi>'
    assert styles.replace_in('<mi style="x:y;">t</mi>') == '<mi class="style-1">t</mi>'
    assert styles.replace_in('<mi style="z:y;"/>') == '<mi class="style-2"/>'
    assert styles.rules() == [".style-1.style-1 { x:y; }", ".style-2.style-2 { z:y; }"]


def test_words_of_a_formula_that_look_like_a_style_stay_words() -> None:
    assert 'style="x"' not in StyleClasses().replace_in('<mi> style="x"</mi>')[:4]
    assert StyleClasses().replace_in('<mi> style="x"</mi>') == '<mi> style="x"</mi>'


def test_only_those_rules_of_temml_come_along_that_a_formula_calls_for() -> None:
    assert "wbk-sml-acc" in render("$\\hat{x}$\n").css
    assert "wbk-sml-acc" not in render("$x'$\n").css
    assert "Temml" not in render("$x' \\mathscr{L}$\n").css


def test_temml_may_not_restyle_every_formula_or_the_page() -> None:
    css = "\n".join(temml_rules(WEB / "node_modules", render("$$\n\\frac{a}{b}\n$$\n").html))
    assert not re.search(r"(^|\W)(body|math)\s*[{>*]", css)


def test_a_missing_style_sheet_of_temml_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"Temml-Local\.css.*missing") as caught:
        temml_rules(tmp_path, "<math></math>")
    assert "node_modules" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fine\n\n$$\n\\nope\n$$\n", 4),
        ("one\ntwo $\\frac{a$ three\n", 2),
        ("one $a_i$\ntwo $a_$\n", 2),
        ("- one\n- two\n  and $x^$\n", 3),
        ("> one\n> two $\\nope\n> x$\n", 2),
        ("| a |\n|---|\n| b |\n| $\\nope$ |\n", 4),
        ("one\n\nso $$\\left(a$$ it is\n", 3),
        ("fine\n\n$$\na\n+ b \\nope\n$$\n", 5),
        ("one\n\n\\[\na\n\\nope\n\\]\n", 5),
        ("one\ntwo \\(\\nope\\)\n", 2),
        ("one\n\n```math\na\n\\nope\n```\n", 5),
        ("one\n\n\\begin{align}\na\n\\nope\n\\end{align}\n", 5),
        ("one[^1]\n\n[^1]: so\n    $\\nope$\n", 4),
        ('!!! note "so"\n    one\n    $\\nope$\n', 3),
    ],
)
def test_bad_tex_is_refused_on_its_line(text: str, line: int) -> None:
    assert refusal(text).line == FIRST_LINE - 1 + line


def test_bad_tex_is_named_with_the_reason() -> None:
    problem = refusal("$\\nope$\n")
    assert "Unsupported function name: \\nope" in problem.cause
    assert problem.remedy.endswith("\\nope")
    assert "something is missing" in refusal("$a_$\n").cause


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("fine\n\n<details>\nx\n</details>\n", 3, "<details>"),
        ("one\ntwo <b>three</b>\n", 2, "<b>"),
        ("one\n\n<!-- a note -->\n", 3, "<!-- a note -->"),
        ("one\n![a plot](plot.png)\n", 2, "plot.png"),
        ("one\n\n$$\nx\n", 3, "not closed"),
        ("one\nsee [there](notes.md)\n", 2, "notes.md"),
        ("one\nsee [there](#notes)\n", 2, "#notes"),
        ("one\nsee [there](//example.org/x)\n", 2, "//example.org/x"),
        ("one\nsee [x](javascript:alert(1))\n", 2, "no such address: javascript:alert(1)"),
        ("one\n\n[y](data:text/html,x)\n", 3, "no such address: data:text/html,x"),
        ("one <file:///a>\n", 1, "no such address: file:///a>"),
        ("one\n\n```pythn\nx\n```\n", 3, "pythn"),
        ("one\n\n$\\ref{a}$\n", 3, "\\ref"),
    ],
)
def test_what_cannot_be_shown_is_refused_on_its_line(text: str, line: int, cause: str) -> None:
    problem = refusal(text)
    assert cause in problem.cause
    assert problem.line == FIRST_LINE - 1 + line


def test_signs_and_code_that_only_look_like_html_are_shown() -> None:
    page = render("a < b and `<b>`\n\n    <b>\n\n```text\n<i>\n```\n").html
    for shown in ("a &lt; b", "&lt;b&gt;", "&lt;i&gt;"):
        assert shown in page
    assert not re.search(r"<[bi]>", page)


def test_a_link_opens_apart_and_learns_nothing_of_the_page() -> None:
    page = render("[there](https://example.org/?a=1&b=2) and <https://example.org>\n").html
    links = re.findall(r"<a [^>]+>", page)
    assert len(links) == 2
    for link in links:
        assert 'target="_blank"' in link
        assert 'rel="noopener"' in link


def test_a_table_is_aligned_by_classes() -> None:
    page = render("| a | b |\n|:-:|---|\n| 1 | 2 |\n")
    assert '<td class="style-1">1</td>' in page.html
    assert "text-align:center" in page.css


def test_code_is_coloured_by_classes() -> None:
    page = render('```python\ndef f():\n    return "x"  # why\n```\n').html
    for kind, text in (("k", "def"), ("nf", "f"), ("c1", "# why")):
        assert f'<span class="{kind}">{text}</span>' in page


def test_code_keeps_its_empty_lines_and_trailing_newline() -> None:
    page = render("```\n\n  a\n\nb\n```\n").html
    assert seen(page) == '<pre class="highlight"><code>\n  a\n\nb\n</code></pre>\n'
