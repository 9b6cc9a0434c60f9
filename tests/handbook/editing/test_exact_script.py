"""The script of the editor, changed in exactly the places that are known."""

import pytest

from handbook.editing.exact_script import exact
from handbook.errors import HandbookError

SCRIPT = (
    "e=e.trim().replace(/\\r\\n?/g,`\n`);let o=1;if(i)return`${(await i(e)).trim()}\\n`;"
    "x=(await e.text()).replace(/\\r\\n?/g,`\n`);return new TextDecoder().decode(t);u=`https://unpkg.com/@sveltia/cms`;"
)


def test_nothing_is_trimmed_and_no_other_host_is_named() -> None:
    script = exact(SCRIPT)
    assert "trim()" not in script
    assert "unpkg" not in script
    assert "let o=1;if(i)return await i(e);" in script
    assert script.count("ignoreBOM") == 2


@pytest.mark.parametrize("script", ["", SCRIPT * 2, SCRIPT.replace("e=e.trim()", "t=t.trim()")])
def test_another_version_is_refused(script: str) -> None:
    with pytest.raises(HandbookError, match="use the version that the lock file names"):
        exact(script)
