"""``make setup``: system libraries, ``.venv`` from the hashed lock, the fonts. Nothing else.

Standard library only: any Python from 3.11 on runs it before ``.venv`` exists. Each step is noted
in a stamp, so a second run does none of it again; what the stamp depends on is compared by
content, since a fresh clone has fresh file times.

Usage: ``python3 -m pipeline.bootstrap [--dev] [--say-ready]``, from the top folder. Exit code 0,
or 2 with one clear message.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pipeline import __version__, system

OLDEST = (3, 11)
TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
STAMP = VENV / "galley-setup.json"
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}

KEPT_PIP_VARIABLES = frozenset(
    "PIP_" + name
    for name in (
        "CACHE_DIR CERT CLIENT_CERT CONFIG_FILE CONSTRAINT DEFAULT_TIMEOUT EXTRA_INDEX_URL "
        "FIND_LINKS INDEX_URL KEYRING_PROVIDER NO_CACHE_DIR NO_INDEX PROXY RETRIES TIMEOUT "
        "TRUSTED_HOST"
    ).split()
)
"""How packages are reached is the machine's business; what pip does with them is ours."""


class SetUpError(Exception):
    """Set-up cannot go on; its text says why and what to do."""


def main(arguments: list[str]) -> int:
    """Set up what is missing; 0 when all is there, 2 when it cannot be."""
    try:
        _on_a_new_enough_python(arguments)
        changed = set_up(dev="--dev" in arguments)
    except (SetUpError, OSError) as error:
        print(f"galley set-up: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("galley set-up: interrupted; the next make goes on from here", file=sys.stderr)
        return 130
    if "--say-ready" in arguments and not changed:
        say("everything is in place")
    return 0


def set_up(*, dev: bool) -> bool:
    """Do the steps whose stamp is out of date; tell whether there was any.

    A first run, another interpreter or a moved folder makes ``.venv`` anew. Raises ``SetUpError``.
    """
    wanted, done = _fingerprints(), _read_stamp()
    if not _has_command():
        done.pop("runtime", None)
    parts = ["runtime", "dev"] if dev else ["runtime"]
    if all(done.get(key) == wanted[key] for key in ("base", *parts)):
        return False
    start = time.monotonic()
    if done.get("base") != wanted["base"]:
        _bring_system_libraries()
        _make_environment()
        done = _note({"base": wanted["base"]})
    for part in parts:
        if done.get(part) != wanted[part]:
            _STEPS[part]()
            done = _note({**done, part: wanted[part]})
    say(f"ready ({time.monotonic() - start:.0f} s)")
    return True


def say(text: str) -> None:
    """One line of progress."""
    print(f"galley set-up: {text}", flush=True)


def _on_a_new_enough_python(arguments: list[str]) -> None:
    if sys.version_info >= OLDEST:
        return
    for minor in range(15, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, "-m", "pipeline.bootstrap", *arguments])  # noqa: S606
    raise SetUpError(
        f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}. "
        "Install one and run: make PYTHON=/path/to/it"
    )


def _fingerprints() -> dict[str, str]:
    """What each step depends on: the interpreter and the place; the locks and pyproject.toml."""

    def digest(*names: str) -> str:
        return hashlib.sha256(b"\0".join((TOP / name).read_bytes() for name in names)).hexdigest()

    return {
        "base": f"{os.path.realpath(sys.executable)} {sys.version.split()[0]} {TOP}",
        "runtime": f"{__version__} {digest('pyproject.toml', LOCKS['runtime'])}",
        "dev": digest(LOCKS["dev"]),
    }


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _note(done: dict[str, str]) -> dict[str, str]:
    STAMP.write_text(json.dumps(done, indent=1) + "\n", encoding="utf-8")
    return done


def _has_command() -> bool:
    return all((VENV / "bin" / name).exists() for name in ("python", "galley"))


def _bring_system_libraries() -> None:
    needs = system.missing()
    if not needs:
        return
    names = ", ".join(need.name for need in needs)
    rights = system.may_install()
    if rights is None:
        raise SetUpError(
            f"this machine lacks {names}. Run this, then make again:\n\n    {system.cure(needs)}\n"
        )
    packages = system.packages(needs, "apt")
    say(f"this machine lacks {names}; installing {' '.join(packages)} with apt")
    trouble = system.install(packages, rights)
    if trouble is not None:
        raise SetUpError(
            f"apt could not install them. Run this, then make again:\n\n"
            f"    {system.cure(needs)}\n\nIt said:\n{trouble}"
        )
    # A fresh interpreter looks again: this one may have cached that a module is not there.
    check = "import sys; from pipeline import system; sys.exit(bool(system.missing()))"
    if subprocess.run([sys.executable, "-c", check], cwd=TOP, check=False).returncode:  # noqa: S603
        raise SetUpError(f"apt installed {' '.join(packages)}, yet {names} cannot be loaded")


def _make_environment() -> None:
    say(f"making .venv with Python {sys.version.split()[0]}")
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "python -m venv failed")


def _install_lock(lock: str) -> None:
    pins = (TOP / lock).read_text(encoding="utf-8").splitlines()
    count = sum("==" in line for line in pins)
    say(f"installing {count} packages of {lock} (this takes a minute)")
    _pip("--require-hashes", "--prefer-binary", "--no-compile", "-r", lock)


def _install_project() -> None:
    """Editable, with the build tools that the lock brought: no index is asked."""
    _pip("--no-deps", "--no-index", "--no-build-isolation", "--no-compile", "-e", ".", own=True)


def _pip(*arguments: str, own: bool = False) -> None:
    """``pip install``; ``own`` leaves out the machine's pip configuration altogether."""
    keep = frozenset() if own else KEPT_PIP_VARIABLES
    environment = {
        name: value
        for name, value in os.environ.items()
        if name in keep or not name.startswith(("PIP_", "PYTHON"))
    }
    environment["PIP_USER"] = "0"  # a pip.conf may ask for it, and a .venv cannot
    if own:
        environment["PIP_CONFIG_FILE"] = os.devnull
    pip = (str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet")
    options = ("--disable-pip-version-check", "--no-input")
    _run(
        [*pip, *options, *arguments],
        "pip could not install (is the network reachable?)",
        environment,
    )


def _compile() -> None:
    """Byte code for everything, once: without it each run compiles for half a second."""
    compile_all = ("-m", "compileall", "-q", "-j", "0")
    folders = (str(VENV / "lib"), str(TOP / "pipeline"))
    # Packages may carry files that are not meant for this Python: that one does not compile.
    subprocess.run(  # noqa: S603
        [str(VENV / "bin" / "python"), *compile_all, *folders], check=False, capture_output=True
    )


def _make_fonts() -> None:
    say("making the fonts")
    _run([str(VENV / "bin" / "python"), "-m", "pipeline.fonts"], "the fonts could not be made")


def _set_up_runtime() -> None:
    _install_lock(LOCKS["runtime"])
    _install_project()
    _compile()
    _make_fonts()


def _set_up_dev() -> None:
    _install_lock(LOCKS["dev"])
    _compile()


_STEPS = {"runtime": _set_up_runtime, "dev": _set_up_dev}


def _run(command: list[str], trouble: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603
        command,
        cwd=TOP,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        last_lines = "\n".join(done.stdout.strip().splitlines()[-25:])
        raise SetUpError(f"{trouble}:\n{last_lines}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
