"""Results by name: those of earlier runs, and those that this run adds."""

from handbook.files.cache_file import KeptRows


class KeptResults:
    """Results of a run. Nothing is read from the cache, or kept in it, before somebody asks."""

    def __init__(self, cache_file: KeptRows | None = None) -> None:
        self._cache = cache_file
        self._kept: dict[str, bytes] | None = None
        self._used: dict[str, bytes] = {}
        self._is_new = False

    def result(self, name: str) -> bytes | None:
        """Return what is kept by a name, or None."""
        row = self._used.get(name) or self._earlier().get(name)
        if row is not None:
            self._used[name] = row
        return row

    def add(self, name: str, row: bytes) -> None:
        """Add a result, on one line without a tab."""
        self._used[name] = row
        self._is_new = True

    def may_lack(self, number: int) -> bool:
        """Tell whether earlier runs kept fewer than `number` results, so that some of as many are missing."""
        return len(self._earlier()) < number

    def keep(self) -> None:
        """Write what this run needed to the cache, and as much of what earlier runs needed."""
        if self._cache and self._is_new:
            earlier = {name: row for name, row in self._earlier().items() if name not in self._used}
            self._cache.write(self._used | dict(list(earlier.items())[: len(self._used)]))

    def _earlier(self) -> dict[str, bytes]:
        if self._kept is None:
            self._kept = self._cache.read() if self._cache else {}
        return self._kept
