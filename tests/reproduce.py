"""Builds the guide twice where everything else differs: `make reproduce`.

Two checkouts in folders of other names and depths, other time zones, locales, hash seeds, umasks,
days and orders of the files in a folder: the same bytes must come out. `SOURCE_DATE_EPOCH` is set
in one of them only, for no byte of the site turns on the moment at which it was built.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from copies import Copy

# Python runs a module of this name before all else: folders give their files in another order, and
# all clocks go wrong.
CUSTOM: Final = """\
import os, random, time, datetime
listdir, scandir, gone, real = os.listdir, os.scandir, {gone}, datetime.datetime
def shuffled(found):
    found = sorted(found, key=lambda one: getattr(one, "name", one))
    random.Random({seed}).shuffle(found)
    return found
class Entries:
    def __init__(self, entries): self.entries = entries
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
def scan(path="."):
    with scandir(path) as found:
        return Entries(iter(shuffled(found)))
os.listdir = lambda path=".": shuffled(listdir(path))
os.scandir = scan
clock = time.time
time.time = lambda: clock() + gone
class Later(real):
    @classmethod
    def now(cls, tz=None): return real.now(tz) + datetime.timedelta(seconds=gone)
    @classmethod
    def utcnow(cls): return cls.now()
datetime.datetime = Later
"""
PLACES: Final = (
    ("a", 0o022, 1, 0, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
    (
        "deeper/down and with spaces/b",
        0o077,
        2,
        40_000_000,
        {
            "TZ": "America/Adak",
            "LC_ALL": "C.UTF-8",
            "LANG": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "2",
            "SOURCE_DATE_EPOCH": "1000000000",
            "HOME": "/nonexistent",
        },
    ),
)


def differences(folder: Path, make: Callable[[Path], Copy]) -> tuple[list[str], int]:
    """The files in which two builds differ, and how many files there are."""
    sites = []
    for place, umask, seed, gone, variables in PLACES:
        copy = make(folder / place)
        custom = folder / f"custom-{seed}"
        custom.mkdir()
        (custom / "sitecustomize.py").write_text(CUSTOM.format(seed=seed, gone=gone))
        path = os.pathsep.join([str(custom), str(copy.root / "hooks")])
        before = os.umask(umask)
        try:
            done = copy.build(PYTHONPATH=path, **variables)
        finally:
            os.umask(before)
        assert done.returncode == 0, done.stdout
        sites.append({f.relative_to(copy.site): f for f in copy.site.rglob("*") if f.is_file()})
    one, other = sites
    wrong = {*one} ^ {*other}
    wrong |= {f for f in {*one} & {*other} if one[f].read_bytes() != other[f].read_bytes()}
    return sorted(file.as_posix() for file in wrong), len(one)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        wrong, number = differences(Path(folder), Copy)
    for file in wrong:
        print(f"{file} differs")
    print(f"{number} files, {len(wrong)} of them different in the two builds.")
    sys.exit(bool(wrong))
