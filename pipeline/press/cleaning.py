"""``galley clean``: take away what builds have put there, and nothing else."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.diagnostics import fault
from pipeline.press import files, ledger, proofs


def clean(out: Path) -> int:
    """Remove the outputs that the manifest lists and the pages of the proof, then ledger and
    manifest, then empty folders; how many outputs went. Raises ``Fault`` P010 for what cannot be
    read or removed."""
    import shutil

    if not (out / ledger.HOME).is_dir() and not (out / ledger.MANIFEST).is_file():
        return 0
    try:
        with files.locked(out / ledger.LOCK):
            listed = [
                output["path"]
                for post in ledger.manifest_posts(out)
                for output in post["editions"].values()
            ]
            listed += proofs.listed(out)
            gone = files.remove(out, sorted(set(listed)))
            files.sweep([out, *{(out / path).parent for path in listed}])
            (out / ledger.MANIFEST).unlink(missing_ok=True)
            shutil.rmtree(out / ledger.HOME)
    except OSError as error:
        raise fault(
            "P010", f"{error.filename or out} cannot be removed: {error.strerror}",
            hint="check the permissions of the output folder",
        ) from error  # fmt: skip
    except (msgspec.MsgspecError, KeyError, TypeError, AttributeError) as error:
        raise fault(
            "P010", f"{out / ledger.MANIFEST} is not a manifest that Galley wrote",
            hint="remove the outputs by hand",
        ) from error  # fmt: skip
    return gone
