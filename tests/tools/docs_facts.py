"""What the tables of the documentation say beyond the code's own words.

A name that the code has and these tables lack stops ``tests.tools.docs`` with a ``KeyError``.
"""

from __future__ import annotations

from typing import NamedTuple

TOP_PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


class Field(NamedTuple):
    """A field of the record for the table of front matter keys."""

    form: str
    example: str
    elsewhere: str
    printed: str


FIELDS: dict[str, Field] = {
    "title": Field(
        "one line of text", "title: Why we fold",
        "the first level-one heading; else the slug, in words",
        "title block, running head, cover, file information",
    ),
    "subtitle": Field("one line of text", "subtitle: A printer's view", "–",
                      "title block, cover, file information"),
    "authors": Field(
        "a name, a list of names, or a list of maps", "author: Ada Lovelace",
        "`author` of galley.toml", "title block, cover, file information",
    ),
    "published": Field("a day, or a day with a time", "date: 2024-10-04",
                       "the file's name (`2024-10-04-title.md`)", "title block, file information"),
    "modified": Field("a day, or a day with a time", "lastmod: 2024-11-01T09:30:00+03:00", "–",
                      "title block (HTML, EPUB), file information"),
    "language": Field(
        "a language tag or the language's name", "lang: tr",
        "the file's suffix (`post.tr.md`), a folder (`tr/`), `language` of galley.toml",
        "every printed word of Galley's, the form of dates, quotes, hyphenation",
    ),
    "description": Field("text", "description: What a fold does to a page.", "–",
                         "file information"),
    "tags": Field("a list, or text with commas or spaces", "tags: [paper, print]", "–",
                  "colophon (HTML, EPUB), file information"),
    "categories": Field("a list, or text with commas or spaces", "categories: [Craft]", "–",
                        "title block, cover, file information"),
    "series": Field("text", "series: Paper", "–",
                    "colophon (HTML, EPUB), title block (PDF), file information"),
    "url": Field("a full or a site-relative address", "url: /2024/why-we-fold/", "–",
                 "colophon (HTML, EPUB), canonical link, file information"),
    "slug": Field("text without `/`", "slug: why-we-fold",
                  "the last part of `url`; else the file's name", "the names of the output files"),
    "image": Field("a path, or a map with `path` and `alt`", "image: /images/fold.jpg", "–",
                   "cover of the EPUB, link previews"),
    "rights": Field("text", "rights: CC BY 4.0", "`rights` of galley.toml",
                    "colophon (HTML, EPUB), file information"),
    "publisher": Field("text", "publisher: The Composing Room", "`publisher` of galley.toml",
                       "colophon (HTML, EPUB), file information"),
    "draft": Field("`true` or `false`", "draft: true", "a folder called `_drafts`",
                   "nowhere: the post is skipped"),
    "aliases": Field("a list of addresses", "aliases: [/old/fold/]", "–",
                     "nowhere: kept in the record"),
    "editions": Field("a list of editions", "editions: [pdf]", "–",
                      "nowhere: these are made besides those of galley.toml"),
}  # fmt: skip

SETTINGS: dict[str, tuple[str, str]] = {
    "title": ("Name of the publication: over the title on the web page, on the cover, in link "
              "previews.", 'title = "The Composing Room"'),
    "base_url": ("Where the posts live on the web. Makes site-relative addresses full ones.",
                 'base_url = "https://example.org"'),
    "language": ("Language of posts that do not say theirs.", 'language = "de"'),
    "timezone": ("Zone of times that name none, by its name in the IANA database. It also decides "
                 "when a day begins for future-dated posts.", 'timezone = "Europe/Istanbul"'),
    "author": ("Author of posts that name none.", 'author = "Ada Lovelace"'),
    "publisher": ("Publisher of posts that name none.", 'publisher = "The Composing Room"'),
    "rights": ("Licence or copyright line of posts that have none.", 'rights = "CC BY 4.0"'),
    "editions": ("What is made of every post. A post may ask for more.", 'editions = ["pdf"]'),
    "paper": ("Paper of the editions that are printed: `a4`, `a5`, `letter`, `legal`, or a sheet "
              "of your own: `148x210mm`, `6x9in` (width first), or, in mm, "
              "`{ width = 140, height = 216 }`. Type is smaller where a line would hold too few "
              "words.", 'paper = "letter"'),
    "theme": ("`report` or `classroom`, or a folder of `templates/themes/`. See "
              "[theming](theming.md#3-a-theme).", 'theme = "classroom"'),
    "look.accent": ("The house's colour: `#rgb` or `#rrggbb`.", 'accent = "#1d4f7a"'),
    "look.logo": ("A picture under the publication's folder, set small over the title.",
                  'logo = "static/logo.png"'),
    "text.typography": ("Curly quotes and apostrophes in the post's language, and dashes for "
                        "`--` between spaces.", "typography = false"),
    "text.hyphenate": ("Divide words at line ends, where there are patterns for the post's "
                       "language.", "hyphenate = false"),
    "text.contents": ("A list of contents: `auto` (long posts), `always` or `never`.",
                      'contents = "never"'),
    "html.page_marks": ("Show in the HTML edition where each page of the PDF begins: its number "
                        "in the margin, with an address (`#page-7`). The PDF is laid out for it.",
                        "page_marks = true"),
    "pdf.conformance": ("`archive`: PDF/A-3a and PDF/UA-1 in one file, with the post's Markdown "
                        "and its record inside; `plain`: PDF/UA-1 without these.",
                        'conformance = "plain"'),
    "repairs.threshold": ("The least confidence, 0 to 1, at which a repair is made; below it, it "
                          "is only proposed. See [deciding on repairs](repairs.md).",
                          "threshold = 0.9"),
    "repairs.numbers": ("`keep` or `drop` the numbers that titles have by hand (`3.`, `IV.`), "
                        "where every title of a section has one; other numbers always stay.",
                        'numbers = "drop"'),
    "limits.post_bytes": ("Bytes of a post's file.", ""),
    "limits.front_matter_bytes": ("Bytes of a post's front matter.", ""),
    "limits.yaml_depth": ("Lists and maps inside one another in the front matter, whatever its "
                          "format.", ""),
    "limits.html_depth": ("Elements inside one another in the finished text: quotes, lists, "
                          "HTML.", ""),
    "limits.table_span": ("Columns or rows that one table cell may span.", ""),
    "limits.combining_marks": ("Combining marks (stacked accents) in one paragraph.", ""),
    "limits.image_pixels": ("Pixels of a picture, width times height.", ""),
}  # fmt: skip
"""Meaning and example of each key of ``galley.toml``."""

EDITIONS = {
    "html": "one file for browsers and mail, with its type and pictures inside",
    "pdf": "pages to print and keep",
    "epub": "a book for e-readers",
    "handout": "what one hands out in a room: see [handouts](handouts.md)",
    "large-print": "pages for readers with low vision: see [print](print.md#large-print)",
}
"""What each edition is, in a few words."""

VARIANTS: dict[str, tuple[str, str]] = {
    "base": ("The edition that it is made from. `pdf` if you say nothing; not for a name that "
             "Galley has already.", 'base = "pdf"'),
    "suffix": ("What its files have after the slug. A hyphen and the name if you say nothing.",
               'suffix = "-small"'),
    "theme": ("As `theme` of the settings, for this edition alone.", 'theme = "gazette"'),
    "accent": ("As `look.accent`.", 'accent = "#000000"'),
    "contents": ("As `text.contents`.", 'contents = "never"'),
    "hyphenate": ("As `text.hyphenate`.", "hyphenate = false"),
    "conformance": ("As `pdf.conformance`.", 'conformance = "plain"'),
    "paper": ("As `paper` of the settings.", 'paper = "a5"'),
    "margins": ("Margins in mm. A side that you leave out is the paper's. `left` is the edge for "
                "binding or punching; `first_top` is the head of the first page.",
                "margins = { left = 26, right = 18 }"),
    "type_size": ("Size of the text in pt, 6 to 40 (10.5 if you say nothing). Lines, titles, "
                  "tables and small print keep their ratio to it.", "type_size = 12"),
    "links": ("`inline`: links are underlined. `notes`: each link has a number, and its address "
              "is printed at the end.", 'links = "notes"'),
    "qr": ("A QR code beside each address that is printed, and for the post itself.",
           "qr = false"),
    "notes": ("Space to write: `none`; `lines` or `grid`, to the foot of the last page; "
              "`margin`, beside the text.", 'notes = "lines"'),
    "footnotes": ("`page`: short notes stand at the foot of the page that calls them. `end`: all "
                  "of them after the text; so in the handout, and where there is `fit`.",
                  'footnotes = "end"'),
    "duplex": ("Printed on both sides: the margins are mirrored, a sheet is two pages.",
               "duplex = true"),
    "fit": ("The largest type, 9.5 to 13 pt, with which the post fits: `1 page`, `2 sheets`; "
            "or `no`.", 'fit = "2 sheets"'),
    "typeface": ("What the text is set in: `serif`, or `legible`, the face for readers with low "
                 "vision (Atkinson Hyperlegible).", 'typeface = "legible"'),
    "contrast": ("`normal`, or `high`: all type is black, also where the house has a colour.",
                 'contrast = "high"'),
    "small_type": ("Whether code, tables and notes may be smaller than the text. `false` stacks "
                   "the tables that then are too wide.", "small_type = false"),
}  # fmt: skip
"""Meaning and example of each key of an entry of ``[variants]``."""

STANDARDS = {
    "epubcheck": "EPUB 3.3: the package, its documents and what they refer to",
    "Ace": "accessibility of e-books, after EPUB Accessibility 1.1",
    "vnu": "HTML, after the WHATWG's living standard",
    "html-validate": "HTML, with its standard preset",
    "axe": "accessibility of pages (WCAG 2), at 320, 768 and 1280 px, in light and dark",
    "veraPDF PDF/UA-1": "ISO 14289-1, of files that claim it",
    "veraPDF PDF/A-3a": "ISO 19005-3, of files that claim it",
}
"""What each validator of ``galley audit`` is asked about."""

ARGUMENTS = {
    ("new", "FOLDER"): "where to make it",
    ("normalize", "FILE"): "one Markdown file",
    ("doctor", "--format"): "how to report (default: text)",
}
"""Arguments that need no word in ``--help``, and do in a table."""

SAFETY = {
    "tidies": "It changes blanks only. Read as Markdown, the post has the same blocks with the "
              "same words before and after; else the repair is refused.",
    "retitles": "It makes headings. No word changes, code and HTML stay as they are, no heading "
                "of the author's is lost, and no other heading appears; else the repair is "
                "refused.",
    "relists": "It says what belongs to which item of a list. Every word, every line of code and "
               "every heading stays what it is; else the repair is refused.",
    "sections": "It makes headings of items of a list and takes their text out of the list. Every "
                "word, every line of code and every heading of the author's stays what it is; else "
                "the repair is refused.",
    "recodes": "It says where code or raw HTML ends, so a line may turn from code into text or "
               "back. Every word stays; else the repair is refused.",
    "drops": "It may take away one line, and only one that repeats the title. Every other word, "
             "heading and line of code stays; else the repair is refused.",
    "unmakes": "It makes text of one heading. Every word, every other heading, code and HTML stay "
               "what they are; else the repair is refused.",
}  # fmt: skip

TEMPLATES = {
    "base/code.css.j2": "highlighted code: weight and slope of its words (HTML, EPUB)",
    "base/colophon.html.j2": "what stands after the text: series, tags, source, publisher, rights "
                             "(HTML, EPUB)",
    "base/contents.html.j2": "the list of contents (HTML)",
    "base/title-block.html.j2": "title, subtitle, authors, dates, categories (HTML, EPUB)",
    "epub/book.css.j2": "the style sheet of the e-book",
    "epub/chapter.xhtml.j2": "one file of the text",
    "epub/cover.toml.j2": "what stands on the cover picture, in which face and size",
    "epub/cover.xhtml.j2": "the page that shows the cover picture",
    "epub/nav.xhtml.j2": "contents, landmarks and page list, as reading systems show them",
    "html/layout.css.j2": "measure, masthead, title block, contents, colophon",
    "html/page.html.j2": "the page, from its first line to its last",
    "html/front.html.j2": "summary and key terms of the handout, for prints",
    "html/addresses.html.j2": "the addresses of the links, for prints",
    "html/own-notes.html.j2": "room for notes where the handout has some, for prints",
    "html/print.css.j2": "how the page prints from a browser",
    "html/style.css.j2": "colours by day and night, faces; takes in the other style sheets",
    "html/text.css.j2": "everything that stands in the text",
    "handout/edition.css.j2": "what the handout's style has of its own",
    "handout/foot.html.j2": "the foot of each page: date, version, rights, address",
    "handout/front.html.j2": "summary and key terms",
    "handout/title.html.j2": "the head of the first page, with the QR code of the post",
    "pdf/addresses.css.j2": "numbers of links, addresses, QR codes, room for notes",
    "pdf/addresses.html.j2": "the addresses at the end, where links are notes",
    "pdf/blocks.css.j2": "code, tables, pictures, callouts, cards",
    "pdf/contents.html.j2": "the list of contents, with page numbers",
    "large-print/edition.css.j2": "what large print's style has of its own",
    "pdf/edition.css.j2": "empty: an edition made from `pdf` has its rules in a file of this name",
    "pdf/look.css.j2": "empty: a theme has its rules for every edition of pages in such a file",
    "pdf/page.css.j2": "paper, margins, running heads, title block, contents",
    "pdf/post.html.j2": "the document that is set, from its first line to its last",
    "pdf/text.css.j2": "headings, paragraphs, lists, notes",
    "pdf/theme.css.j2": "empty: the place for a few rules of your own",
    "proof/index.html.j2": "the proof's list of posts, and the counts by rule",
    "proof/page.html.j2": "what all pages of the proof have around them",
    "proof/parts.html.j2": "pieces of these pages: a line, a state, a list of messages",
    "proof/post.html.j2": "the page of a post: outline, lines before and after, repairs",
    "proof/rules.html.j2": "what each rule does",
    "proof/script.js.j2": "keys, sorting, a button to copy; the pages work without",
    "proof/style.css.j2": "how the pages of the proof look, on the screen and on paper",
    "pdf/title.html.j2": "logo, series, title, subtitle, authors, date, categories",
    "pdf/writing.html.j2": "the room for the reader's notes",
}  # fmt: skip

ALL = ("html", "epub", "pdf")
VARIABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "record": (ALL, "the post's record, with the fields of [front matter](front-matter.md): "
                    "`record.title`, `record.authors` (each with `name`, `file_as`, `handle`, "
                    "`url`), `record.extra`, …; `record.absolute_url` is the address if it is a "
                    "full one"),
    "settings": (ALL, "galley.toml: `settings.title`, `settings.look.accent`, …"),
    "words": (ALL, "the printed words in the post's language: `words.contents`; also "
                   "`words.direction` (`ltr` or `rtl`)"),
    "accent": (ALL, "the house's colour; in the style sheet of HTML made dark enough to read on "
                    "`paper`"),
    "logo": (ALL, "none, or the logo: `src`, `width`, `height`; in PDF its address"),
    "contents": (("html", "pdf"), "the entries of the list of contents (`id`, `title`, "
                                  "`children`); empty for a short post"),
    "body": (("html", "pdf"), "the text, as markup"),
    "marks": (("html", "epub"), "marks of printed pages that begin outside the text, as markup: "
                                "`marks.title`, `marks.contents`, `marks.end`"),
    "pages": (("epub",), "the page list: `title` (the number), `address`"),
    "minutes": (("html",), "reading time, in whole minutes"),
    "reading_time": (("html", "epub"), "the same in words, for the title block; none in EPUB"),
    "meta": (("html",), "the `meta` elements of the record: attribute, key, content"),
    "policy": (("html",), "the Content Security Policy"),
    "style": (("html",), "the finished style sheet, for `page.html.j2`"),
    "structured": (("html",), "the record as JSON-LD"),
    "paper": (("html", "pdf"), "HTML: the ground by day, a colour. PDF: `width`, `height`, `top`, "
                               "`right`, `bottom`, `left`, `first_top`, `picture`, `outdent`, in "
                               "mm"),
    "screen": (("html",), "the ground by night"),
    "accent_dark": (("html",), "the accent made light enough to read on `screen` (style sheet "
                               "only)"),
    "faces": (("epub",), "the faces inside the book"),
    "face_rules": (("epub",), "their `@font-face` rules"),
    "cover": (("epub",), "the cover picture: `cover.name`"),
    "points": (("epub",), "the table of contents: `title`, `address`, `children`"),
    "chapters": (("epub",), "the files of the text"),
    "chapter": (("epub",), "in `chapter.xhtml.j2`, the file at hand: `title`, `kind`, `content`, "
                           "`opens`"),
    "last": (("epub",), "in `chapter.xhtml.j2`, whether this file is the last one"),
    "start": (("epub",), "the file where the text starts"),
    "listed": (("epub",), "whether the contents are a page of the book"),
    "notes": (("epub",), "the file of the notes, if they have one"),
    "document": (("pdf",), "all that is known of the post: `document.words`, …"),
    "running": (("pdf",), "the title as the running head shows it"),
    "hyphenated": (("pdf",), "whether words are divided and lines are justified"),
    "publication": (("pdf",), "the same as `settings.title`"),
    "options": (("pdf",), "the edition's own options"),
    "addresses": (("html", "pdf"), "the addresses of links, where links are notes: `number`, "
                                   "`href`, `printed`, `breakable`"),
    "own_notes": (("html",), "whether the handout has room for notes"),
    "running_head": (("html",), "the title as a CSS string, for prints (style sheet only)"),
    "running_foot": (("html",), "date, version and address as a CSS string (style sheet only)"),
    "page_number": (("html",), "a page's number of how many, for CSS's `content` (style sheet "
                               "only)"),
    "links_title": (("pdf",), "what stands over the addresses"),
    "codes": (("pdf",), "QR codes by the numbers of addresses, `post` for the post's own: "
                        "`address`, `modules`, `quiet`, `side()` in mm"),
    "summary": (("html", "pdf"), "the points of `handout.summary`"),
    "terms": (("html", "pdf"), "the pairs of `handout.terms`: term, meaning"),
    "home": (("pdf",), "the post's full address, with the places marked where a line may end"),
    "version": (("pdf",), "the post's `version`, or none"),
    "folio": (("pdf",), "the words around a page's number: `folio[0]`, `folio[2]` (with "
                        "`{pages}`)"),
    "serif": (("pdf",), "the families for text, ready for `font-family`"),
    "display": (("pdf",), "for the title"),
    "caption": (("pdf",), "for text of 9 pt and less: notes, captions"),
    "sans": (("pdf",), "for headings, tables and small print"),
    "mono": (("pdf",), "for code"),
    "ink": (("pdf",), "colour of text"),
    "secondary": (("pdf",), "colour of small print"),
    "number": (("pdf",), "colour of hand-made heading numbers"),
    "rule": (("pdf",), "colour of rules"),
    "hairline": (("pdf",), "colour of the finest rules"),
    "ground": (("pdf",), "colour behind code"),
    "link_rule": (("pdf",), "colour of the line under a link"),
}  # fmt: skip
"""Variable, the editions whose templates have it, what it holds."""
