"""Everything that people read passes the translation layer, in templates and in forms, messages and errors."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "allonce"
TEMPLATES = [path for path in sorted(ROOT.rglob("templates/**/*")) if path.suffix in {".html", ".txt"}]
SOURCES = [path for path in sorted(ROOT.rglob("*.py")) if not {"tests", "migrations", "commands"} & set(path.parts)]
# Words that are the same in every language, each with the reason why.
SAME_EVERYWHERE = {
    "Allonce": "the name of the product",
    "UTC": "the name of a time zone",
    "PDF": "the name of a format",
    "AM": "a User ID of the demo",
    "/mobile/": "an address of the product",
    "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX": "the shape of a recovery code",
    "SMTP": "the name of a protocol",
    "mm": "a unit",
    "x": "stands between two sizes",
}
# What people read of an element's attributes.
SPOKEN = {"title", "aria-label", "placeholder", "alt", "data-label", "aria-description"}
# Arguments and class attributes that people read.
SAID = {"label", "help_text", "message", "empty_label", "verbose_label", "subject", "heading"}
TRANSLATE = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "N_"}
TRANSLATED = re.compile(
    r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{#.*?#\}",
    re.DOTALL,
)
# Blocks that fill in attributes of the body: codes, no words.
CODES = re.compile(r"\{%\s*block (?:product|body_attributes)\s*%\}.*?\{%\s*endblock\s*%\}", re.DOTALL)
HANDED_ON = re.compile(r"\{%\s*include\b.*?%\}", re.DOTALL)
LITERAL = re.compile(r"""\w+=(["'])([A-Z].*?)\1""")
ADDRESS = re.compile(r"\S*@\S+")
MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}|\b[^\W\d_]\b")


class _Reader(HTMLParser):
    """Collects words that stand in the page as they were written."""

    SILENT = {"script", "style", "svg", "code", "pre"}

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        for name, value in attrs:
            if name in SPOKEN and value:
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def bare_words(template: str) -> list[str]:
    """Text with letters that no translation tag or variable holds."""
    text = CODES.sub("", TRANSLATED.sub("", template))
    handed = [literal for tag in HANDED_ON.findall(text) for _quote, literal in LITERAL.findall(tag)]
    reader = _Reader()
    reader.feed(MARKUP.sub("", text))
    return [said for each in (*reader.found, *handed) if (said := _without_names(each))]


def _without_names(text: str) -> str:
    text = ADDRESS.sub("", text)
    for name in SAME_EVERYWHERE:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", text)
    return " ".join(text.split()) if LETTERS.search(text) else ""


def bare_strings(source: str) -> list[str]:
    """Literals given to people by forms, messages and errors without passing through translation."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        found += _in_call(node) if isinstance(node, ast.Call) else []
        found += list(_in_error(node)) if isinstance(node, ast.ClassDef) else []
    return found


def _in_call(node: ast.Call) -> list[str]:
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    speaks = isinstance(owner, ast.Name) and owner.id in {"messages", "forms"}
    given = [each.value for each in node.keywords if speaks and each.arg in SAID]
    if isinstance(owner, ast.Name) and owner.id == "messages":
        given += node.args[1:]
    return [said for each in given if (said := _bare(each))]


def _in_error(node: ast.ClassDef) -> Iterator[str]:
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    if not any(base.endswith("Error") or base in {"NotFound", "Forbidden", "TooMany", "NotAdmitted"} for base in bases):
        return
    for line in node.body:
        names = [target.id for target in getattr(line, "targets", []) if isinstance(target, ast.Name)]
        if isinstance(line, ast.Assign) and "message" in names and (said := _bare(line.value)):
            yield said


def _bare(node: ast.AST) -> str:
    """The words of a literal, or nothing if it is none."""
    return _without_names(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.promise("LEGAL-LANGUAGE")
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_something_that_cannot_be_translated(path: Path) -> None:
    assert not bare_words(path.read_text())


@pytest.mark.promise("LEGAL-LANGUAGE")
def test_a_form_a_message_or_an_error_says_something_that_cannot_be_translated() -> None:
    found = {str(path.relative_to(ROOT)): bare_strings(path.read_text()) for path in SOURCES}
    assert not {path: said for path, said in found.items() if said}


@pytest.mark.promise("LEGAL-LANGUAGE")
def test_english_is_not_the_one_language_shipped() -> None:
    from allonce.project import settings

    assert settings.LANGUAGE_CODE == "en-gb"
    assert settings.USE_I18N


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello</p>",
        '<a title="Hello">{{ x }}</a>',
        "<p>{% translate 'a' %} and</p>",
        '<button aria-label="Close">x</button>',
    ],
)
def test_bare_words_are_overlooked(template: str) -> None:
    assert bare_words(template)


@pytest.mark.parametrize(
    "template", ["<p>{% translate 'Hello' %}</p>", "<p>{{ name }}, 12 mm</p>", "<svg><text>a b</text></svg>", "Allonce"]
)
def test_translated_words_are_taken_for_bare_ones(template: str) -> None:
    assert not bare_words(template)


@pytest.mark.parametrize(
    "source",
    ["forms.CharField(label='Name')", "messages.success(request, 'Saved.')", "class A(UserError):\n  message = 'No.'"],
)
def test_bare_strings_are_overlooked(source: str) -> None:
    assert bare_strings(source)
