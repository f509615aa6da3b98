"""Whatever HTML an author left in a post, nested anyhow and half of it never closed, the editions
are valid and every word is in them."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.conftest import Galley
from tests.converting import document
from tests.sizes import share
from tests.test_editions_valid import JUDGES, complaints

ELEMENTS = """
    a aside b bdo blockquote caption center code dd del details dfn div dl dt em figcaption
    figure h2 h3 i ins kbd label li mark math mfrac mi mrow object ol p pre q rt ruby section
    small span strong sub summary sup table tbody td tfoot th thead time tr ul
""".split()
VOID = ("br", "hr", '<img src="no.png" alt="w0">')
JUDGED = {
    "html": ("vnu", "html-validate"),
    "epub": ("epubcheck",),
    "pdf": ("PDF/A-3a", "PDF/UA-1"),
}


class Soup:
    """Random markup from one seed. Every word in it is another one."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = 0

    def markup(self, depth: int = 0) -> str:
        return "".join(self._piece(depth) for _ in range(self.random.randint(1, 4)))

    def _piece(self, depth: int) -> str:
        if depth > 5 or self.random.random() < 0.3:
            self.words += 1
            return f"w{self.words} "
        name = self.random.choice((*ELEMENTS, *VOID))
        if name.startswith("<") or name in VOID:
            return name if name.startswith("<") else f"<{name}>"
        closed = self.random.random() < 0.9
        inner = self.markup(depth + 1)
        return f"<{name}{self._attributes(name)}>{inner}{f'</{name}>' * closed}"

    def _attributes(self, name: str) -> str:
        some = {"a": 'href="https://example.org/x"', "td": 'colspan="3"', "th": 'rowspan="2"'}
        own = some.get(name, self.random.choice(("", "", 'id="i1"', 'lang="klingon"')))
        return f" {own}" if own and self.random.random() < 0.7 else ""


def post(seed: int) -> str:
    return f"A paragraph.\n\n<div>{Soup(seed).markup()}</div>\n\nAnother paragraph.\n"


def words(text: str) -> list[str]:
    """In their order, but for what a table or a list puts in another one."""
    return sorted(re.findall(r"\bw[1-9]\d*\b", re.sub(r"<[^>]*>", " ", text)))


@pytest.mark.parametrize("seed", range(60))
def test_every_word_of_it_is_kept(seed: int) -> None:
    text = post(seed)
    assert words(document(text).body) == words(text)


@pytest.fixture(scope="module")
def editions(galley: Galley, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("soup")
    (folder / "posts").mkdir()
    for seed in share(range(200)):
        front = f"---\ntitle: Post {seed}\ndate: 2024-01-01\nlang: en\n---\n"
        (folder / "posts" / f"{seed:03}.md").write_text(front + post(seed), encoding="utf-8")
    done = galley("build", folder / "posts", "-o", folder / "out", "--jobs", "2")
    assert done.code == 0, done.text
    return folder / "out"


@pytest.mark.prove
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        pytest.param(kind, name, marks=pytest.mark.validator(JUDGES[name][2]))
        for kind, names in JUDGED.items()
        for name in names
    ],
)
def test_editions_of_it_are_valid(kind: str, name: str, editions: Path) -> None:
    files = sorted(editions.rglob(f"*.{kind}"))
    assert len(files) == len(share(range(200)))
    assert complaints(JUDGES[name][1], files) == []
