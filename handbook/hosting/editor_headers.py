"""What hosts tell browsers about the editor under `/edit/`; every other page has a stricter policy.

The editor is a program of others: it may run no script but those beside its page, and ask no host but this
one and the API that it saves through.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError

PATH: Final = "/edit/"
# Sveltia CMS writes styles into its page, and shows pictures that were just chosen.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self' data: blob:{api}; font-src 'self'; media-src 'self' blob:; form-action 'none'; "
    "base-uri 'none'"
)
# To sign in, the editor opens a window of another host, and hears from it.
_HOST: Final = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?=/|$)")
_OPENER: Final = "same-origin-allow-popups"


def policy_in_page(api_host: str | None) -> str:
    """Return the policy that the page itself names, for hosts that send none."""
    return _POLICY.format(api=f" {api_host}" if api_host else "")


def editor_lines(site: Path) -> Iterator[str]:
    """Yield what the file `_headers` says of the editor of a site, if it has one.

    A line with an exclamation mark takes back what was said of every page: some hosts add up both otherwise.

    Raises:
        HandbookError: if the configuration of the editor is not that of one.

    """
    file = site / PATH.strip("/") / "configuration.json"
    if not file.is_file():
        return
    yield f"{PATH}*"
    for name, value in editor_headers(_api_host(file)).items():
        yield f"  ! {name}"
        yield f"  {name}: {value}"


def _api_host(configuration: Path) -> str | None:
    """Return the host of the API that the editor saves through."""
    try:
        api = json.loads(configuration.read_text(encoding="utf-8"))["sveltia"]["backend"].get("api_root", "")
        host = _HOST.match(api)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise HandbookError(f"{configuration} cannot be read; run `handbook edit build` again") from None
    return host[0] if host else None


def editor_headers(api_host: str | None) -> Mapping[str, str]:
    """Return the headers that differ from those of every other page."""
    return {
        "Content-Security-Policy": f"{policy_in_page(api_host)}; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": _OPENER,
    }
