"""Runs git with an environment of its own, and turns what it refuses into a sentence."""

import os


def refusal(words: bytes) -> str:
    """Return the first line of what git wrote to standard error, as a sentence."""
    said = words.decode(errors="replace").strip().splitlines() or ["it gave no reason"]
    return f"git cannot read the history: {said[0].removeprefix('fatal: ')}"


def git_environment() -> dict[str, str]:
    """Let git look at this repository as it is, whatever a hook or a colleague's set-up says."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C"}
