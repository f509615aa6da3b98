"""The proof: pages that show the editor each repair where it was made, and what it would take to
have it otherwise.

    Manuscript --rows--> lines side by side --marks--> repairs among them --pages--> HTML

- :mod:`~pipeline.proof.rows` pairs the lines of the file with those of the repaired post and folds
  away what is the same; :mod:`~pipeline.proof.lines` marks what differs within a line.
- :mod:`~pipeline.proof.marks` says of each repair what it is and how to decide otherwise.
- :mod:`~pipeline.proof.outline` sets the headings before and after beside one another.
- :mod:`~pipeline.proof.summaries` counts, for the index.
- :mod:`~pipeline.proof.pages` fills the templates of ``templates/proof``.
- :mod:`~pipeline.proof.said` holds every word that the pages say of themselves.

A proof is for one desk: it works from the disk, asks the network for nothing, and its order and
bytes depend on the posts alone.
"""

from __future__ import annotations
