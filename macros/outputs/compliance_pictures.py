"""The charts of compliance over time."""

from collections.abc import Mapping

from macros.context.site import Site
from macros.definitions.compliance import _DARK, _LIGHT


def pictures(site: Site) -> Mapping[str, bytes]:
    """Return each picture by its path below the site; where the past is not known, there is none."""
    from handbook.history.compliance_formats import SMALL, SMALL_AND_DARK, as_svg  # And here.

    past, looks = site.compliance, {_LIGHT: SMALL, _DARK: SMALL_AND_DARK}
    return (
        {}
        if past.unavailable
        else {path: as_svg(past.tallies, look).encode() for path, look in looks.items()}
    )
