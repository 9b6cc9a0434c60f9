"""Times whole commands in turns, by the time that processors spend on them.

Other programs of the machine make that vary too, but only upward: the least of some runs is the figure.
"""

import os
import resource
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from handbook.errors import HandbookError

Command: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of processor time of each run of one command."""

    seconds: list[float]

    @property
    def least(self) -> float:
        """Return the one that other programs disturbed least."""
        return min(self.seconds)


def measure(commands: Mapping[str, Command], runs: int, finds_something: bool = False) -> Iterator[Times]:
    """Run each command `runs` times, after a first turn that warms up; a single run is not warmed up.

    Raises:
        HandbookError: when one fails; with `finds_something`, an exit status of 1 is no failure.

    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1 if runs > 1 else 1):
        for name, arguments in commands.items():
            started = _processor_time()
            _run(arguments, finds_something)
            if turn or runs == 1:
                seconds[name].append(_processor_time() - started)
    return (Times(measured) for measured in seconds.values())


def _processor_time() -> float:
    """Return the seconds that processors have spent on all commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(arguments: Command, finds_something: bool) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["NO_MKDOCS_2_WARNING"] = "1"
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    if done.returncode > int(finds_something) or done.returncode < 0:
        said = f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
        raise HandbookError(f"{' '.join(arguments)[:200]} failed:\n{said}")
