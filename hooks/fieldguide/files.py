"""What a file of the project says: from within it, not too large, and nothing that is not seen.

Text that turns its direction, or that has letters of no width, shows a reviewer one thing and a
program another (CVE-2021-42574, "Trojan Source"), so it is refused where it stands.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from .problems import Problem, ProblemsFound

MAX_BYTES: Final = 256 * 1024

_ODD: Final = re.compile(
    "(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff])"
    "|(?P<unseen>["
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # Soft hyphens, joiners, fillers.
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # No width; line ends; directions.
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # Tags among them.
    "])"
    "|(?P<private>[\ue000-\uf8ff\U000f0000-\U0010fffd])"
)
_NAMES: Final = {
    "control": "control character",
    "unseen": "character that cannot be seen,",
    "private": "character without a meaning,",
}


def raw(file: Path, path: str) -> bytes:
    """The bytes of a file. Raises `ProblemsFound` for what is not to be read."""
    if file.is_symlink():
        raise _refused(path, "a symbolic link", "Put the file here")
    try:
        if file.stat().st_size > MAX_BYTES:
            message = f"the file is larger than {MAX_BYTES // 1024} KB"
            raise _refused(path, message, "Split it or shorten its texts")
        return file.read_bytes()
    except OSError as error:
        raise _refused(path, f"the file cannot be read ({error.strerror})") from None


def text(content: bytes, path: str) -> str:
    """The text that a file's bytes are. Raises `ProblemsFound` if they are none."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        place = at(content.decode("latin-1"), error.start)
        raise _refused(path, message, "Save the file as UTF-8", *place) from None


def odd(text: str, path: str) -> Problem | None:
    """The first character that has no place in a text."""
    found = _ODD.search(text)
    if not found:
        return None
    message = f"{_NAMES[found.lastgroup or '']} U+{ord(found[0]):04X} in the text"
    return Problem(path, *at(text, found.start()), message, "Delete it")


def at(text: str, position: int, first_line: int = 1) -> tuple[int, int]:
    """Line and column of a position, both from 1, in a text that begins on `first_line`."""
    line = first_line + text.count("\n", 0, position)
    return line, position - (text.rfind("\n", 0, position) + 1) + 1


def _refused(
    path: str, message: str, hint: str = "", line: int = 1, column: int = 1
) -> ProblemsFound:
    return ProblemsFound([Problem(path, line, column, message, hint)])
