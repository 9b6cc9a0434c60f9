"""Which files a release has moved, as its register of moved pages says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from handbook.registers.moved_pages import FILE
from handbook.yaml.located import read_mapping

_ENDING: Final = ".md"


def moved_files(base: Iterable[str], release: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return the new path of each page that was adopted and that the release has elsewhere."""
    text = release.get(FILE, b"").decode("utf-8", "replace")
    moved = read_mapping(text).data.get("moved")
    known = {path for path in base if path.endswith(_ENDING) and path not in release}
    pairs = moved.items() if isinstance(moved, Mapping) else ()
    return {
        old: new
        for address, target in pairs
        for old, new in _variants(str(address), str(target), known)
        if new in release
    }


def _variants(address: str, target: str, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield a page and its translations, by their old and new paths."""
    stem = target.partition("#")[0].removesuffix(_ENDING)
    for old in (f"docs/{address.strip('/')}", f"docs/{address.strip('/')}/index"):
        for path in known:
            suffix = path.removeprefix(old).removesuffix(_ENDING)
            if path.startswith(old) and (not suffix or suffix.startswith(".")) and "/" not in suffix:
                yield path, f"{stem}{suffix}{_ENDING}"
