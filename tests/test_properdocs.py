"""ProperDocs, which carries MkDocs 1 on, builds the same site from the same files."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from copies import Copy, warnings


def _files(site: Path) -> dict[str, bytes]:
    files = [file for file in site.rglob("*") if file.is_file()]
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def test_properdocs_builds_the_same_site(built: Copy, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    done = built.run("properdocs", "build", "--strict", "-f", "mkdocs.yml", "-d", str(folder))
    assert done.returncode == 0, done.stdout
    assert warnings(done.stdout) == []
    ours, theirs = _files(built.site), _files(folder)
    assert sorted(theirs) == sorted(ours)
    mkdocs, properdocs = (
        f'<meta name="generator" content="mkdocs-{name}, '.encode()
        for name in (version("mkdocs"), f"ProperDocs {version('properdocs')}")
    )
    assert all(properdocs in text for name, text in theirs.items() if name.endswith(".html"))
    theirs = {name: text.replace(properdocs, mkdocs) for name, text in theirs.items()}
    different = [name for name in sorted(ours) if theirs[name] != ours[name]]
    assert different == []
