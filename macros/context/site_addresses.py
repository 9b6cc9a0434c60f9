"""The addresses of all pages, for the list of pages that a site gives to search engines."""

from collections import defaultdict
from collections.abc import Sequence

from macros.context.site import Site


def site_addresses(site: Site) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """Return the address of each page below the site, with those of all its texts by language."""
    translations: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for page in sorted(site.pages.values(), key=lambda page: page.path):
        address = site.address_of(page).removeprefix("./")
        translations[site.site_map.original_of(page)].append((site.variants.of(page.language), address))
    return [(address, texts) for texts in translations.values() for _, address in texts]
