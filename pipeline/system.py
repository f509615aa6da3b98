"""What Galley needs of the machine beside Python packages, and the one command that brings it.

Standard library only, and nothing of the project: ``make`` runs this before ``.venv`` exists, and
``galley doctor`` says the same things afterwards.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """Something the machine must have: how to see it, and which package of which system has it.

    ``libraries`` are the file names under which the loader may know it (Linux, macOS); a need
    without them is Python's own ``venv`` with its pip.
    """

    name: str
    libraries: tuple[str, ...]
    packages: dict[str, tuple[str, ...]]


NEEDS = (
    Need(
        "venv",
        (),
        {"apt": ("python3-venv",), "dnf": ("python3",), "brew": ("python",)},
    ),
    Need(
        "Pango",
        ("libpango-1.0.so.0", "libpango-1.0.dylib"),
        {"apt": ("libpango-1.0-0",), "dnf": ("pango",), "brew": ("pango",)},
    ),
    Need(
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
        {"apt": ("libpangoft2-1.0-0",), "dnf": ("pango",), "brew": ("pango",)},
    ),
    Need(
        "HarfBuzz-Subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        {"apt": ("libharfbuzz-subset0",), "dnf": ("harfbuzz",), "brew": ("harfbuzz",)},
    ),
)
"""Everything, in the order in which it is named to the reader."""

INSTALL = {
    "apt": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "brew": "brew install",
}
"""How each package manager is asked; the first one found on the machine is taken."""

LIBRARY_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib")
"""Where Homebrew puts libraries that the loader does not find by name alone."""


def missing() -> tuple[Need, ...]:
    """The needs that this machine does not meet, in the order of ``NEEDS``."""
    return tuple(need for need in NEEDS if not _is_there(need))


def manager() -> str | None:
    """``apt``, ``dnf`` or ``brew``: the package manager here, or None."""
    commands = {"apt": "apt-get", "dnf": "dnf", "brew": "brew"}
    return next((name for name, command in commands.items() if shutil.which(command)), None)


def packages(needs: tuple[Need, ...], system: str) -> tuple[str, ...]:
    """The packages of ``system`` that meet ``needs``, each once."""
    names = (name for need in needs for name in need.packages[system])
    return tuple(dict.fromkeys(_for_this_python(name) for name in names))


def command(names: tuple[str, ...], system: str) -> str:
    """The one line that the reader can paste, with ``sudo`` where that system wants it."""
    rights = "" if system == "brew" or os.geteuid() == 0 else "sudo "
    return f"{rights}{INSTALL[system]} {' '.join(names)}"


def cure(needs: tuple[Need, ...]) -> str:
    """What brings ``needs``: a command for this system, or their names where none is known."""
    system = manager()
    if system is not None:
        return command(packages(needs, system), system)
    return "install with your system's package manager: " + ", ".join(n.name for n in needs)


def may_install() -> tuple[str, ...] | None:
    """What to put before an apt command so that it has the right to install; None without it."""
    if manager() != "apt":
        return None
    if os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo")
    if sudo is not None and _run([sudo, "-n", "true"]).returncode == 0:
        return (sudo, "-n")
    return None


def install(names: tuple[str, ...], rights: tuple[str, ...]) -> str | None:
    """Install Debian packages; None when that went well, else the last lines of what apt said."""
    quiet = ("-qq", "-o", "DPkg::Lock::Timeout=120")
    _run([*rights, "apt-get", "update", *quiet])  # if this fails, the lists at hand may do
    words = INSTALL["apt"].split()
    done = _run([*rights, "env", "DEBIAN_FRONTEND=noninteractive", *words, *quiet, *names])
    return None if done.returncode == 0 else (done.stdout + done.stderr).strip()[-2000:]


def _run(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own words, no shell
        words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def _is_there(need: Need) -> bool:
    if not need.libraries:
        return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))
    return any(_loads(name) for name in need.libraries)


def _loads(library: str) -> bool:
    for name in (library, *(str(Path(folder, library)) for folder in LIBRARY_FOLDERS)):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def _for_this_python(package: str) -> str:
    """``python3-venv`` serves Debian's own python3; another one there has a package of its name."""
    if package != "python3-venv":
        return package
    default, this = (os.path.realpath(path) for path in ("/usr/bin/python3", sys.executable))
    if default == this or not this.startswith("/usr/bin/"):
        return package
    return f"python3.{sys.version_info.minor}-venv"
