"""Finished editions read again: does each say what the record says, and is it what it claims to be?

    bytes --reading--> what is said, place by place --agreement--> disagreements with the record

- :mod:`.places` is the table: every place of an edition that repeats a field of the record.
- :mod:`.html_card`, :mod:`.epub_card`, :mod:`.pdf_card` read one kind of file each, as another
  program would: nothing here knows how the editions were made.
- :mod:`.content` looks at what the text holds, to test what is said of its accessibility.
- :mod:`.agreement` compares.
- :mod:`.judges` are the standards' own validators; :mod:`.standards` says which edition each
  of them judges.
"""

from __future__ import annotations

from pipeline.audit.agreement import Disagreement, compare, disagreements

__all__ = ["Disagreement", "compare", "disagreements"]
