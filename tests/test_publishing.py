"""`make site`: the new site comes at once and whole, or the old one stays as it was."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

import copies
import interruptions
import reproduce
from copies import Copy
from interruptions import PAGE, beside, digest, publish, start

NEW = "\n\nA sentence that only the new site has.\n"


@pytest.fixture(scope="module")
def published(small: Callable[[], Copy]) -> Copy:
    """The small project with its site."""
    copy = small()
    code, said = publish(copy)
    assert code == 0, said
    assert copy.site.stat().st_mode & 0o777 == 0o777 & ~_umask()
    return copy


def _umask() -> int:
    probe = subprocess.run(["sh", "-c", "umask"], capture_output=True, text=True, check=True)
    return int(probe.stdout, 8)


@pytest.fixture
def page(published: Copy) -> Iterator[str]:
    """The text of a page, which is put back."""
    text = published.read(PAGE)
    yield text
    published.write(PAGE, text)


@pytest.mark.parametrize(
    ("text", "before", "told"),
    [
        ('{{ model("alhpa") }}', "", "Did you mean `alpha`?"),
        ("[a](gone.md)", "", "Aborted with 1 warnings in strict mode!"),
        (NEW, "from fieldguide.problems import Problem; "
         "publishing.checks.check = lambda site: [Problem('a/index.html', 1, 2, 'it is bad')];",
         "a/index.html:1:2: it is bad."),
    ],
    ids=["mistake", "warning", "check"],
)  # fmt: skip
def test_whatever_is_wrong_leaves_the_old_site(
    published: Copy, page: str, text: str, before: str, told: str
) -> None:
    old = digest(published.site)
    published.write(PAGE, f"{page}\n\n{text}\n")
    code, said = publish(published, before=before)
    assert code == 1
    assert told in said
    assert "Traceback" not in said
    assert said.endswith("site/ is as it was.\n")
    assert (digest(published.site), beside(published)) == (old, [])


def test_a_file_that_cannot_be_written_whole_leaves_the_old_site(
    published: Copy, page: str
) -> None:
    """A limit on the size of files, which all systems have, stands for a full disk."""
    old = digest(published.site)
    pages = [file.stat().st_size for file in published.site.rglob("*.html")]
    limit = max(pages) - 1  # A part of the largest page could be written.
    published.write(PAGE, page + NEW)
    limited = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
    process = start(published, preexec_fn=limited)
    said, _ = process.communicate()
    assert process.returncode == 1
    assert "The site cannot be written: [Errno 27] File too large" in said
    assert "Traceback" not in said
    assert (digest(published.site), beside(published)) == (old, [])


def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "guide", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        copy = copies.small(tmp_path / "guide")
        assert publish(copy)[0] == 0
        old = digest(copy.site)
        copy.write(PAGE, copy.read(PAGE) + NEW)
        with suppress(OSError):
            (tmp_path / "ballast").write_bytes(bytes(64_000_000))
        code, said = publish(copy)
        assert code == 1
        assert "No space left on device" in said
        assert "Traceback" not in said
        assert (digest(copy.site), beside(copy)) == (old, [])
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_stopped_at_any_moment_it_leaves_one_whole_site(small: Callable[[], Copy]) -> None:
    """`make interruptions` does so more often."""
    seen = interruptions.run(small(), 3)
    assert seen["old"] + seen["new"] == 3


def test_two_at_once_come_one_after_the_other(published: Copy) -> None:
    old = digest(published.site)
    both = [start(published), start(published)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("Another build of this site is under way" in text for text in said) == 1
    assert (digest(published.site), beside(published)) == (old, [])


def test_what_a_killed_run_left_is_put_right(published: Copy, page: str) -> None:
    """Here the system does not exchange folders but only renames them."""
    published.site.rename(published.root / ".site.old")  # Killed between the two renames.
    (published.root / ".site.new").mkdir()
    (published.root / ".site.new/half.html").write_text("half")
    published.write(PAGE, page + '{{ model("alhpa") }}')
    old = digest(published.root / ".site.old")
    assert publish(published)[0] == 1
    assert (digest(published.site), beside(published)) == (old, [])
    published.write(PAGE, page + NEW)
    elsewhere = published.root / "elsewhere"  # A link to the site stays one.
    published.site.rename(elsewhere)
    published.site.symlink_to(elsewhere.name)
    assert publish(published)[0] == 0
    assert published.site.is_symlink()
    assert "only the new site has" in (elsewhere / "understand/one/index.html").read_text()
    published.site.unlink()
    elsewhere.rename(published.site)
    assert publish(published, before="publishing._exchanged = lambda *_: False;")[0] == 0
    assert "only the new site has" in (published.site / "understand/one/index.html").read_text()
    assert not list(published.site.glob("half.html"))
    assert beside(published) == []


def test_builds_in_unlike_places_give_the_same_bytes(tmp_path: Path) -> None:
    """`make reproduce` does so with the whole guide."""
    different, number = reproduce.differences(tmp_path, copies.small)
    assert different == []
    assert number > 100
