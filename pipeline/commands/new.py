"""``galley new``: a publication that can be built at once."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from pipeline.commands.report import printable, say
from pipeline.diagnostics import fault

GALLEY_TOML = """\
# Settings of this publication. Every line is optional; take the # away to use one.
# docs/configuration.md in Galley's sources tells what each does.

title = "{title}"
language = "en"            # of posts that do not say; folders such as tr/ or de/ say it too
# base_url = "https://example.org"   # makes the posts' addresses full ones
# author = "Your Name"               # of posts that name no author
# publisher = "Your House"
# rights = "CC BY 4.0"
# timezone = "Europe/Istanbul"       # of dates without a zone; UTC otherwise

# editions = ["html", "pdf", "epub"] # what is made of every post
# paper = "letter"                   # a4 otherwise; also a5, legal

# [variants.a5]                      # an edition of your own: galley build -e a5
# base = "pdf"
# paper = "a5"
# type_size = 9.5

# [variants.handout]                 # make handout, or galley build -e handout
# notes = "lines"                    # space to write
# duplex = true

# [look]
# accent = "#7a2e1d"                 # colour of rules and callouts
# logo = "static/images/logo.png"    # small, over the title

# [text]
# typography = true                  # curly quotes in the post's language
# hyphenate = true
# contents = "auto"                  # or "always", "never"

# [pdf]
# conformance = "archive"            # PDF/A-3a with the post inside; or "plain"

# [repairs]
# threshold = 0.8                    # how sure Galley must be to repair structure, 0 to 1
# numbers = "keep"                   # or "drop": hand-made numbers where all titles have one
"""

SAMPLE = """\
---
title: A first post
author: Your Name
date: 2025-01-15
description: What a post may hold, and how it is written.
tags: [sample]
---

A post is a Markdown file. The lines between the dashes above are its front matter: title,
author and date. Everything below them is the text, which opens like this, with a paragraph.

## Headings and lists

Two number signs make a heading, three a smaller one. A list needs a blank line before it:

- one thing,
- another with *emphasis*,
- and a third with a [link](https://commonmark.org/help/).

### Steps

1. Write.
2. Build.
3. Read what came out, on paper if you can.

## A note and a table

> [!NOTE]
> What stands in such a block is set apart in every edition.

| Edition | Made for         |
|---------|------------------|
| PDF     | paper            |
| EPUB    | e-readers        |
| HTML    | browsers and mail |

## Code and footnotes

Code is left exactly as it is:

```python
def greet(name):
    return f"Good morning, {name}!"
```

A footnote[^1] goes to the end of the text.

[^1]: This one says that pictures lie in `static/images/` and are shown with
    `![What it shows](/images/name.png)`.
"""

IMAGES_NOTE = """\
Pictures go here. In a post, ![What it shows](/images/name.png) shows the file name.png of this
folder. PNG, JPEG, WebP, GIF and SVG will do.
"""

TEMPLATES_NOTE = """\
Templates of your own go here, and may stay away. A file with the name of one of Galley's, in a
folder of the same name (base, html, pdf or epub), takes its place; docs/theming.md in Galley's
sources shows how.
"""


def files(title: str) -> dict[str, str]:
    """What a new publication holds, by relative path."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return {
        "galley.toml": GALLEY_TOML.replace("{title}", quoted),
        "source/a-first-post.md": SAMPLE,
        "static/images/README.txt": IMAGES_NOTE,
        "templates/README.txt": TEMPLATES_NOTE,
    }


def run(arguments: Namespace) -> int:
    """Make the publication. Raises ``Fault`` S012 if something is in the way, S011 if the folder
    cannot be written."""
    folder = Path(arguments.folder)
    content = files(_title(folder))
    for name in content:
        if os.path.lexists(folder / name):
            raise fault(
                "S012", f"{folder / name} is there already",
                hint="name another folder; new overwrites nothing",
            )  # fmt: skip
    try:
        for name, text in content.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with open(folder / name, "x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise fault(
            "S011", f"{error.filename or folder} cannot be made: {error.strerror}",
            hint="check the permissions, or name another folder",
        ) from error  # fmt: skip
    say(_next(folder, tuple(content)), sys.stdout)
    return 0


def _title(folder: Path) -> str:
    words = folder.resolve().name.replace("-", " ").replace("_", " ").split()
    return printable(" ".join(words)).capitalize() or "A publication"


def _next(folder: Path, names: tuple[str, ...]) -> str:
    import shlex

    made = "\n".join(f"  {printable(str(folder / name))}" for name in names)
    go = f"cd {shlex.quote(str(folder))} && " if folder != Path() else ""
    return f"Made\n{made}\n\nNow build it:\n  {go}galley build\nThe editions will be in build/."
