"""The press: decides what is due, has it made, and puts it in place.

    PATHs --gather--> posts --survey--> records --collisions, fingerprints--> jobs
          --workers, stages--> bytes --files--> build/  (and the ledger of what stands)

- :mod:`~pipeline.press.orders` has the values that go in and the events that come out.
- :mod:`~pipeline.press.gathering` finds the posts of each PATH and its publication root.
- :mod:`~pipeline.press.surveying` reads or recalls the records, and says which posts are due.
- :mod:`~pipeline.press.fingerprints` tells whether an edition would come out as it stands.
- :mod:`~pipeline.press.collisions` finds posts that would write the same file.
- :mod:`~pipeline.press.stages` takes one post through read, normalize, convert and render.
- :mod:`~pipeline.press.workers` does that in processes whose death costs one post.
- :mod:`~pipeline.press.files` writes atomically; :mod:`~pipeline.press.outcomes` and
  :mod:`~pipeline.press.ledger` say what stands, in the manifest too.

Only this process writes; workers hand back bytes.
"""

from __future__ import annotations

from pipeline.press.cleaning import clean
from pipeline.press.orders import Event, Finished, Listener, Noted, Order, Started, Summary
from pipeline.press.run import build

__all__ = [
    "Event", "Finished", "Listener", "Noted", "Order", "Started", "Summary", "build",
    "clean",
]  # fmt: skip
