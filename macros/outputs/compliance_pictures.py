"""The charts of compliance over time."""

from collections.abc import Mapping

from handbook.compliance.formats import SMALL, SMALL_AND_DARK, as_svg
from macros.context.site import Site
from macros.definitions.compliance import DARK_CHART, LIGHT_CHART


def pictures(site: Site) -> Mapping[str, bytes]:
    """Return each chart by its path below the site; none if the history is unknown."""
    if site.compliance.unavailable:
        return {}
    styles = {LIGHT_CHART: SMALL, DARK_CHART: SMALL_AND_DARK}
    return {path: as_svg(site.compliance.tallies, style).encode() for path, style in styles.items()}
