"""DAISY Ace, axe and html-validate: each one Node process for many files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pipeline.audit.judges.packages import NODE, NODE_HOME
from pipeline.audit.judges.running import Folder, Verdicts, as_json, by_lines, run

WIDTHS = (320, 768, 1280)
"""The widths of the window, in px, at which a page is judged: a telephone, a tablet, a desk."""


def ace(paths: Iterable[Path]) -> Verdicts:
    """EPUB Accessibility by DAISY Ace: each violation with its impact."""
    with tempfile.TemporaryDirectory(prefix="galley-ace-") as home:
        variables = {
            "NODE_PATH": str(NODE.modules),
            "PUPPETEER_EXECUTABLE_PATH": _chromium(),
            "XDG_STATE_HOME": home,  # it keeps a log and settings of its own
            "XDG_CONFIG_HOME": home,
        }
        return by_lines(["node", str(NODE_HOME / "ace.cjs")], paths, variables)


def axe(paths: Iterable[Path], widths: tuple[int, ...] = WIDTHS) -> Verdicts:
    """Accessibility of HTML pages by axe, in light and dark at each width: broken rules."""
    command = ["node", str(NODE_HOME / "axe.cjs"), _chromium(), *map(str, widths)]
    return by_lines(command, paths, {"NODE_PATH": str(NODE.modules)})


def html_validate(paths: Iterable[Path]) -> Verdicts:
    """HTML by html-validate with its standard preset."""
    script = NODE.modules / "html-validate" / "bin" / "html-validate.mjs"
    with Folder(paths) as folder:
        options = ["--preset", "standard", "--formatter", "json"]
        command = ["node", str(script), *options, *sorted(folder.names)]
        said = run(command, folder.path, passing=(0, 1))  # 1 says that it found something
        verdicts: Verdicts = dict.fromkeys(folder.paths, ())
        for result in as_json(said, "html-validate"):
            path = folder.names[Path(result["filePath"]).name]
            verdicts[path] += tuple(
                f"{message['ruleId']} {message['line']}:{message['column']} {message['message']}"
                for message in result["messages"]
            )
        return verdicts


def _chromium() -> str:
    return shutil.which("chromium") or "chromium"
