"""Measures whole commands in turns.

Other programs on the machine make times longer, never shorter, so the least of some runs is the figure.
"""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeAlias

from handbook.errors import HandbookError

Command: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Time:
    """The seconds of one run: `processor` of all processors, and `elapsed` by the clock."""

    processor: float
    elapsed: float


@dataclass(frozen=True, slots=True)
class Times:
    """The times of each run of one command."""

    runs: list[Time]

    @property
    def processor(self) -> float:
        """The least seconds of processors."""
        return min(run.processor for run in self.runs)

    @property
    def elapsed(self) -> float:
        """The least seconds by the clock."""
        return min(run.elapsed for run in self.runs)


def measure(
    commands: Mapping[str, Command], runs: int, prepare: Callable[[str], None] = lambda _: None
) -> Iterator[Times]:
    """Run each command `runs` times, after a first turn that warms up; a single run has no such turn.

    `prepare` is called with the name of a command before each of its runs, and is not measured.

    Raises:
        HandbookError: if a command fails; it quotes the end of its output.

    """
    times: dict[str, list[Time]] = {name: [] for name in commands}
    for turn in range(runs + 1 if runs > 1 else 1):
        for name, command in commands.items():
            prepare(name)
            time = _time_of(command)
            if turn or runs == 1:
                times[name].append(time)
    return map(Times, times.values())


def _time_of(command: Command) -> Time:
    processor, elapsed = _processor_time(), perf_counter()
    _run(command)
    return Time(_processor_time() - processor, perf_counter() - elapsed)


def _processor_time() -> float:
    """Return the processor seconds of all commands that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _run(command: Command) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["NO_MKDOCS_2_WARNING"] = "1"
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    if done.returncode:
        output = (done.stdout[-2000:] + done.stderr[-2000:]).decode(errors="replace")
        raise HandbookError(f"{' '.join(command)[:200]} failed:\n{output}")
