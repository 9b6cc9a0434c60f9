"""Lets a fuzzer look for bytes that break a promise of `tests/promises.py`.

`make fuzz` calls it, with libFuzzer's own options.
"""

import sys

import atheris  # type: ignore[import-untyped]  # `make fuzz` alone installs it

with atheris.instrument_imports(include=["handbook", "macros", "scripts", "yaml", "jinja2"]):
    from tests.promises import keep


def main() -> None:
    """Fuzz until time is up or a promise is broken."""
    atheris.Setup(sys.argv, keep)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
