"""Judges each text once, and keeps what is objected to between runs, in `.cache/` of a handbook."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from handbook.content.sectors import Jurisdiction
from handbook.files.cache_file import CACHE_FOLDER, CacheFile
from handbook.files.kept_results import KeptResults
from handbook.findings import Severity
from handbook.git.repository import Repository
from handbook.rules.wording.guidance import data_files
from handbook.rules.wording.judgment import guidance_for, judge
from handbook.text.prose import EXPRESSION

# What is objected to depends on these modules of `handbook`, and on the data.
_SOURCES: Final = (
    *("rules/wording/block_text", "rules/wording/guidance", "rules/wording/judged_texts"),
    *("rules/wording/judgment", "rules/wording/needed_words", "rules/wording/passages"),
    *("rules/wording/triggers_to_try", "findings", "text/characters", "text/look_alikes"),
    *("text/markdown/code", "text/markdown/html_tags", "text/prose", "text/tracked_text"),
)

# Where an employer works, and whether it is a public body.
Employer: TypeAlias = tuple[tuple[Jurisdiction, ...], bool]


class JudgedWords(NamedTuple):
    """Words that guidance objects to: the code of their rule, their offset in the text, and the message."""

    code: str
    severity: Severity
    offset: int
    message: str


def wording_cache(repository: Repository) -> CacheFile | None:
    """Return the cache of a handbook, or None if it is committed.

    Somebody else wrote it then, and could hide a finding.
    """
    # Some systems take .Cache for the same folder.
    committed = repository.ask("ls-files", "--", f":(icase){CACHE_FOLDER}")
    return None if committed else CacheFile(Path(repository.root), "wording", _SOURCES)


def judged_words(
    text: str,
    language: str,
    employer: Employer,
    shown: Callable[[str], str | None],
    results: KeptResults,
) -> Sequence[JudgedWords]:
    """Return what guidance objects to in a text, which may have been judged before.

    `shown` returns what an expression of the text shows, or None if that is not part of the text.
    """
    name = _name(text, language, employer, shown)
    row = results.result(name)
    if row is not None:
        return _decoded(row)
    jurisdictions, is_public = employer
    guidance = guidance_for(jurisdictions, is_public=is_public, language=language)
    judged = [
        JudgedWords(each.subject.code, each.severity, each.offset, each.message)
        for each in (judge(text, guidance, language, shown) if guidance else ())
    ]
    results.add(name, _encoded(judged))
    return judged


def _encoded(judged: Sequence[JudgedWords]) -> bytes:
    rows = [(code, severity.value, offset, message) for code, severity, offset, message in judged]
    return json.dumps(rows, separators=(",", ":")).encode()


def _decoded(row: bytes) -> Sequence[JudgedWords]:
    return [
        JudgedWords(code, Severity(severity), offset, message)
        for code, severity, offset, message in json.loads(row)
    ]


def _name(text: str, language: str, employer: Employer, shown: Callable[[str], str | None]) -> str:
    """Return a name that differs if anything else could be objected to."""
    expressions = EXPRESSION.finditer(text) if "{" in text else ()
    record = [text, language, employer, [shown(expression.group()) for expression in expressions]]
    return blake2b(json.dumps(record).encode(), digest_size=20, key=_data_fingerprint()).hexdigest()


@cache
def _data_fingerprint() -> bytes:
    """Return a fingerprint of the guidance, and of what finds the sentences in a text."""
    data = [file.read_bytes() for file in data_files()]
    return blake2b(b"\0".join([version("markdown-it-py").encode(), *data])).digest()
