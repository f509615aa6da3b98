"""Galley turns a folder of Markdown posts into editions that people print, read and hand out.

The flow, in the words that the modules carry::

    source/*.md --read--> Source --normalize--> Manuscript --convert--> Document
                --render--> bytes --write--> build/

- :mod:`pipeline.read` takes a file apart: strict UTF-8, front matter, one metadata record.
- :mod:`pipeline.normalize` repairs the Markdown by a table of rules, each repair a line edit.
- :mod:`pipeline.convert` makes sanitized, sectioned XHTML of it, with its images and notes.
- :mod:`pipeline.editions` renders a document as HTML, EPUB or PDF, its words and templates by
  :mod:`pipeline.words` and :mod:`pipeline.templating`, its faces from :mod:`pipeline.fonts`.
- :mod:`pipeline.press` runs the jobs, decides what is unchanged and writes atomically.
- :mod:`pipeline.cli` is the only module that knows them all.
"""

__version__ = "0.1.0"
