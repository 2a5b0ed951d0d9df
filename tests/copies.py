"""Projects in a folder of their own, to build, to break, to mend: the guide, or a small one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import samples

ROOT: Final = samples.ROOT
NEEDED: Final = ("mkdocs.yml", "hooks", "overrides", "content", "data")


def environment(**more: str) -> dict[str, str]:
    """This process's variables, without those that change the site or what a build says."""
    kept = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL")}
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "NO_COLOR": "1"}
    return kept | quiet | more


class Copy:
    """A project in the folder `root`; where nothing is, a copy of the guide is made."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"
        self.said = ""  # What the build said, once there was one.
        for name in () if root.exists() else NEEDED:
            _take(name, root)

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Runs a Python module in the folder, with what it says in `stdout`."""
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=environment(**{"PYTHONPATH": str(self.root / "hooks")} | more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def build(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Builds the site the way `make site` does."""
        return self.run("mkdocs", "build", "--strict", *arguments, **more)

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Changes a file in one place."""
        text = self.read(path)
        assert text.count(old) == 1, f"{path} has {text.count(old)} times {old!r}"
        self.write(path, text.replace(old, new))


def asset(site: Path, name: str) -> str:
    """The address of a script or style sheet of ours: its name on the site tells its content."""
    stem, _, ending = name.rpartition(".")
    (found,) = site.glob(f"assets/{stem}.*.min.{ending}")
    return found.relative_to(site).as_posix()


def small(root: Path) -> Copy:
    """The project of `samples` with the guide's settings, theme, hook and assets.

    It is built in a tenth of the time that the guide takes.
    """
    samples.write(root)
    for name in ("hooks", "overrides", "content/assets"):
        _take(name, root)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, _ = settings.partition("\nnav:\n")
    nav = "nav:\n  - Home: index.md\n  - Understand:\n      - understand/one.md\n"
    samples.put(root, "mkdocs.yml", f"{before}\n{nav}")
    # What the model below asks for.
    families, makers = "data/vocabulary/families.yml", "data/organisations.yml"
    samples.put(root, families, samples.FILES[families] + "pythia: {label: Pythia}\n")
    samples.put(
        root, makers, samples.FILES[makers] + "eleutherai: {name: EleutherAI, type: non-profit}\n"
    )
    return Copy(root)


def _take(name: str, root: Path) -> None:
    """Copies a folder or file of the guide."""
    if (ROOT / name).is_dir():
        leave = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, root / name, ignore=leave, dirs_exist_ok=True)
    else:
        root.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)


def warnings(output: str) -> list[str]:
    """The lines of a build's output that are more than information."""
    return [line for line in output.splitlines() if not line.startswith(("INFO", "DEBUG"))]


# A model that is nowhere else, with as little as a record may have; its name tries to be HTML.
MODEL: Final = """\
name: Quillfeather 9 <b>
family: pythia
developers: [eleutherai]
description: A model that only the tests know.
released: 2025-01-02
kind: {input: [text], output: [text]}
access: weights
parts:
  weights:
    state: released
    evidence:
      - {url: "https://model.example/weights", via: primary}
evidence:
  released:
    - {url: "https://model.example/news", via: primary}
"""
