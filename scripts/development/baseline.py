"""The least that a check of front matter costs: read each file, find the block, and parse it."""

import re
import sys
from pathlib import Path

import yaml

BLOCK = re.compile(rb"---\n(.*?\n)---\n", re.DOTALL)


def main(folder: str) -> int:
    """Read every page below a folder; return how many have front matter."""
    blocks = (BLOCK.match(path.read_bytes()) for path in Path(folder).rglob("*.md"))
    return sum(isinstance(yaml.load(block[1], yaml.CSafeLoader), dict) for block in blocks if block)


if __name__ == "__main__":
    print(main(sys.argv[1]))
