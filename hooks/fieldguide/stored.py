"""What costs time to make, kept between runs in a file that is never needed.

The file is plain lines, each a name and a value in JSON. It is taken only if it was written by the
same maker, which is a digest of all that decides what comes out, and is as it was written.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Final

FOLDER: Final = ".cache"  # Below the project's root.
_SIZE: Final = 16  # Bytes of a digest.


def digest(*parts: bytes) -> str:
    """A name for some content."""
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


def read(file: Path, maker: str) -> dict[str, str]:
    """JSON by name; nothing if the file is not as this maker wrote it."""
    try:
        head, _, body = file.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if head.decode("ascii", "replace") != f"{maker} {digest(body)}":
        return {}
    lines = body.decode("utf-8").split("\n")
    return {line[: 2 * _SIZE]: line[2 * _SIZE + 1 :] for line in lines if line}


def write(file: Path, maker: str, lines: dict[str, str]) -> None:
    """Writes the file at once or not at all: two builds may do it together.

    `lines` are JSON without line ends, by names that `digest` gave.
    """
    body = "".join(f"{name} {line}\n" for name, line in lines.items()).encode()
    content = f"{maker} {digest(body)}\n".encode() + body
    part = file.with_name(f"{file.name}.{digest(body)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(file)
    except OSError:
        return  # Without it the next run takes a little longer.
