"""What a forge runs for us: pinned, with the least rights, and never a stranger's code with any."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from copies import ROOT

FOLDER: Final = ROOT / ".github/workflows"
FILES: Final = sorted(FOLDER.glob("*.yml"))
# What goes beyond reading, by file and job; such a job takes no code from anywhere.
RIGHTS: Final = {
    ("comment", "comment"): {"pull-requests"},
    ("links", "tell"): {"issues"},
    ("pages", "deploy"): {"pages", "id-token"},
}


def _texts() -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in FILES}


def faults(name: str, text: str) -> Iterator[str]:
    """What is not as it must be in a workflow."""
    flow: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (`on` is no yes)
    if flow.get("permissions") != {}:
        yield "rights of the whole file"
    if "pull_request_target" in text:
        yield "pull_request_target"
    if "concurrency" not in flow:
        yield "no concurrency"
    for line in re.findall(r"uses:.*", text):
        if not re.fullmatch(r"uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line):
            yield f"not pinned: {line}"
    for key, job in flow["jobs"].items():
        given = job.get("permissions")
        rights = {right for right, value in (given or {}).items() if value != "read"}
        if given is None or rights != RIGHTS.get((name, key), set()):
            yield f"rights of {key}: {given}"
        if "timeout-minutes" not in job:
            yield f"no end of {key}"
        for step in job["steps"]:
            if "${{" in step.get("run", ""):
                yield f"an expression in a command of {key}"
            if "checkout@" in step.get("uses", ""):
                if step.get("with", {}).get("persist-credentials") != "false":
                    yield f"{key} keeps credentials"
                if rights:
                    yield f"{key} has rights and code"


def test_workflows_are_as_they_must_be() -> None:
    assert len(FILES) >= 6
    assert {
        name: found for name, text in _texts().items() if (found := [*faults(name, text)])
    } == {}
    jobs = {
        (name, job)
        for name, text in _texts().items()
        for job in yaml.load(text, Loader=yaml.BaseLoader)["jobs"]  # noqa: S506 (as above)
    }
    assert jobs >= set(RIGHTS)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("test", "permissions: {}", "permissions: write-all", "rights of the whole file"),
        ("test", "  pull_request:", "  pull_request_target:", "pull_request_target"),
        ("test", "concurrency:", "other:", "no concurrency"),
        ("test", " # v7.0.1", "", "not pinned"),
        ("test", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "not pinned"),
        ("test", "contents: read", "contents: write", "rights of test"),
        ("test", "    timeout-minutes: 45\n", "", "no end of test"),
        ("test", "run: .ci/run", "run: echo ${{ github.event.pull_request.title }}", "expression"),
        ("test", "persist-credentials: false", "fetch-depth: 0", "keeps credentials"),
        ("review", "contents: read", "pull-requests: write", "rights of compare"),
        (
            "pages",
            "      - uses: actions/deploy-pages@",
            "      - uses: actions/checkout@",
            "has rights and code",
        ),
    ],
)
def test_what_must_not_be_would_be_found(name: str, old: str, new: str, told: str) -> None:
    text = _texts()[name]
    assert old in text
    assert any(told in found for found in faults(name, text.replace(old, new, 1)))


def test_an_action_is_pinned_to_one_commit() -> None:
    pins = set(re.findall(r"uses: (\S+)@(\S+) # (\S+)", "\n".join(_texts().values())))
    assert len(pins) == len({action for action, *_ in pins})


def test_the_commands_that_they_run_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = set(re.findall(r"(?m)run: make (\S+)$", "\n".join(_texts().values())))
    assert asked >= {"check", "site"}
    targets = {*re.findall(r"(?m)^([a-z-]+):", makefile), ".venv/.ready"}
    assert asked - targets == set()


def test_a_linter_of_workflows_finds_nothing() -> None:
    """zizmor, offline: injections, rights, unpinned actions, credentials that are kept."""
    zizmor = Path(sysconfig.get_path("scripts"), "zizmor")
    asked = [zizmor, "--offline", "--no-progress", "--persona", "pedantic", ROOT / ".github"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
