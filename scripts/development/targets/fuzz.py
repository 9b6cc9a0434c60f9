"""`handbook develop fuzz`: looks for input that breaks a promise."""

from typing import Final

import click

from scripts.development.targets.steps import PYTHON, run_steps
from scripts.options import exits_with_status
from scripts.setup.bootstrap import ROOT
from scripts.setup.extra_packages import BUILD, python_packages

# An input that takes longer than this, in seconds, or is longer than this, in bytes, is not tried further.
_LIMITS: Final = ("-timeout=20", "-max_len=20000")


@click.command(name="fuzz", epilog="Exit status: that of the fuzzer, or 2 if it cannot be installed.")
@click.option(
    "--seconds", default=600, show_default=True, type=click.IntRange(min=1), help="How long it looks."
)
@exits_with_status
def command(seconds: int) -> int:
    """Look for input that breaks a promise, or takes over 2 s or 500 MB.

    The fuzzer has wheels for Python 3.11 to 3.13 on Linux with x86-64 only.
    """
    packages = python_packages("fuzz", ROOT / "tests" / "fuzz" / "requirements.txt")
    (BUILD / "corpus").mkdir(exist_ok=True)
    options = (f"-max_total_time={seconds}", *_LIMITS, "-dict=tests/fuzz/dictionary.txt")
    places = ("-artifact_prefix=build/broken-", "build/corpus", "tests/fuzz/corpus")
    fuzz = [PYTHON, "-m", "tests.fuzz", *options, *places]
    return run_steps(fuzz, settings={"PYTHONPATH": str(packages)})
