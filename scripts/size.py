"""What a visitor downloads before the first word: gzip bytes of all JS and CSS of the chat; too much is an error."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from scripts.project import WEB

CHAT = WEB / "chat" / "static" / "chat"
SCRIPT_TAG = WEB / "chat" / "templates" / "chat" / "embed.js"
LIMIT = 15 * 1024  # bytes; the smallest peer that announces messages needs 82 KB


def files() -> list[Path]:
    """List what counts: each file is sent by itself, so each is packed by itself."""
    return [SCRIPT_TAG, *sorted(path for path in CHAT.rglob("*") if path.suffix in (".js", ".css"))]


def packed(path: Path) -> int:
    """Give the size of a file as it is sent."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def main() -> int:
    """Print each size and the sum; give 1 when the sum is above the limit."""
    sizes = {path: packed(path) for path in files()}
    for path, size in sizes.items():
        print(f"{size:>7,}  {path.relative_to(WEB)}")
    total = sum(sizes.values())
    print(f"{total:>7,}  of {LIMIT:,} bytes (gzip)")
    if total <= LIMIT:
        return 0
    print(f"The chat is {total - LIMIT:,} bytes too large. Shorten what the change added, or what stands beside it.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
