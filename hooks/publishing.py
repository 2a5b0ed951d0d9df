"""`make site`: builds beside the old site, checks, and puts the new one in its place at once.

Whatever happens before that – a mistake in the data, a warning, a full disk, a broken link, someone
who stops it – the old site stays whole. A lock keeps two runs apart. The build inherits it, so it
is free only when nobody writes any more, and what lies there then was left behind.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fieldguide import checks
from fieldguide.problems import count

_HERE, _EXCHANGE = -100, 2  # Of `renameat2`: AT_FDCWD and RENAME_EXCHANGE in Linux's headers.


def publish(site: Path) -> str:
    """Builds the project in the current folder to `site`; returns what went wrong, if anything did.

    New and old stand beside it for a while, as `.site.new` and `.site.old`: renaming works within
    one file system only.
    """
    site = site.resolve()  # A link stays one.
    new, old = (site.with_name(f".{site.name}.{which}") for which in ("new", "old"))
    with _alone(site.with_name(f".{site.name}.lock")) as lock:
        if old.exists() and not site.exists():  # Stopped between the two renames.
            old.rename(site)
        _remove(new, old)
        try:
            with suppress(OSError):  # Without a copy to write over, the build takes longer.
                shutil.copytree(site, new, symlinks=True, copy_function=os.link)
            done = subprocess.run(  # noqa: S603 (words of ours)
                [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(new)],
                pass_fds=(lock,),
                check=False,
            )
            if done.returncode:
                return "The build failed"
            if problems := checks.check(new):
                return "\n".join([*map(str, problems), f"The built site has {count(problems)}"])
            _put(new, site, old)
        finally:
            _remove(new, old)
    return ""


@contextmanager
def _alone(file: Path) -> Iterator[int]:
    """Waits until no other run is under way; the lock goes with the last process that has it."""
    import fcntl  # Not on Windows, where `mkdocs build` remains.

    lock = os.open(file, os.O_CREAT | os.O_RDWR, 0o666)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another build of this site is under way: this one begins after it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def _put(new: Path, site: Path, old: Path) -> None:
    """Puts `new` in the place of `site`.

    Linux exchanges two folders in one step. Elsewhere it takes two: between them there is no site
    for some millionths of a second, and a run that is stopped just then is put right by the next.
    """
    if not site.exists():
        new.rename(site)
    elif not _exchanged(new, site):
        site.rename(old)
        new.rename(site)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system exchanged two folders; False where it, or its file system, cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return bool(rename) and not rename(
        _HERE, os.fsencode(one.absolute()), _HERE, os.fsencode(other.absolute()), _EXCHANGE
    )


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Publishes to `site`, or to the folder that is named; the exit code."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        wrong = publish(site)
    except KeyboardInterrupt:
        wrong = "Stopped"
    except OSError as error:
        wrong = f"The site cannot be written: {error}"
    if wrong:
        kept = f"{site}/ is as it was." if site.exists() else f"There is no {site}/ yet."
        print(f"{wrong}. {kept}", file=sys.stderr)
    else:
        print(f"The new site is checked, and in {site}/.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
