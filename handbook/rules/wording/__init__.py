"""WRD: wording that guidance has found over-broad, with the reason and a narrower wording."""

from handbook.rules.wording import rules

__all__ = ["rules"]
