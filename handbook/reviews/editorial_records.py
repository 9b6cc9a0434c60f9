"""Writes the record of an editorial change: a new file, whose name differs on two branches, too."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handbook.registers.editorial_changes import EditorialRecord
from handbook.registers.filed_for import FiledFor
from handbook.registers.loading import parse_register
from handbook.yaml.edit_lines import entry
from handbook.yaml.edit_value import scalar

_HEAD: Final = "# A change of wording that needed no review, and the fingerprint of the resulting text.\n"


@dataclass(frozen=True, slots=True)
class EditorialDraft:
    """A record to be written: the fingerprint of each page after the change, by its path, and who vouches.

    `filed_for` is whoever said so, if somebody else files the record.
    """

    day: datetime.date
    by: str
    why: str
    pages: Mapping[str, str]
    moved_from: str | None = None
    filed_for: FiledFor | None = None

    @property
    def name(self) -> str:
        """Return the name of the file, which has a part of the fingerprint."""
        path, text = next(iter(self.pages.items()))
        page = re.sub(r"[\W_]+", "-", path.removeprefix("docs/").removesuffix(".md")).strip("-")
        return f"{self.day}-{page}-{text.rpartition(':')[2][:8]}.yml"

    def text(self, target: str) -> str:
        """Return the text of the file at `target`, after making sure that it can be read.

        Raises:
            HandbookError: if a value needs several lines.

        """
        values = [
            f"date: {self.day.isoformat()}",
            f"by: {scalar(self.by)}",
            f"why: {scalar(self.why.strip())}",
            *([entry("filed_for", self.filed_for.model_dump(exclude_none=True))] if self.filed_for else []),
            *([f"moved_from: {scalar(self.moved_from)}"] if self.moved_from else []),
            "pages:",
            *(f"  {entry(path, text)}" for path, text in self.pages.items()),
        ]
        text = _HEAD + "".join(f"{line}\n" for line in values)
        parse_register(text.encode("utf-8"), target, EditorialRecord)
        return text
