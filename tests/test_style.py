"""The code is as ruff and mypy want it; `make lint` mends what can be mended."""

from __future__ import annotations

import subprocess
import sys

import pytest

from copies import ROOT


@pytest.mark.parametrize(
    "tool",
    [
        "ruff check --no-cache hooks tests",
        "ruff format --no-cache --check --diff hooks tests",
        "mypy",
    ],
)
def test_is_in_order(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *tool.split()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{tool}:\n{done.stdout}"
