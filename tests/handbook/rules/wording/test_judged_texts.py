"""What guidance objects to is kept between runs, and never by somebody else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.files.cache_file import CacheFile
from handbook.files.kept_results import KeptResults
from handbook.findings import Severity
from handbook.git.repository import Repository
from handbook.rules.wording import judged_texts
from handbook.rules.wording.judged_texts import Employer, JudgedWords, judged_words, wording_cache
from tests.scripts.conftest import Git

pytestmark = pytest.mark.usefixtures("own_memory")

TEXT = "Do not share confidential information, and ask {{ who }}."
PRIVATE: Employer = (("us",), False)


def _shown(_: str) -> str:
    return "the communications team"


def _judged(
    results: KeptResults,
    text: str = TEXT,
    language: str = "en",
    employer: Employer = PRIVATE,
    shown: Callable[[str], str | None] = _shown,
) -> list[JudgedWords]:
    return list(judged_words(text, language, employer, shown, results))


def _results(root: Path) -> KeptResults:
    return KeptResults(CacheFile(root, "wording", ["rules/wording/judgment"]))


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("the text was judged again")


def test_a_text_is_judged_once_and_then_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _results(tmp_path)
    judged = _judged(first)
    first.keep()
    monkeypatch.setattr(judged_texts, "judge", _refuse)
    assert _judged(_results(tmp_path)) == judged
    (words,) = judged
    assert (words.code, words.severity) == ("WRD001", Severity.WARNING)
    assert TEXT[words.offset :].startswith("confidential")


def test_a_text_without_a_finding_is_known_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _results(tmp_path)
    assert _judged(first, "We read books.") == []
    first.keep()
    monkeypatch.setattr(judged_texts, "judge", _refuse)
    assert _judged(_results(tmp_path), "We read books.") == []


@pytest.mark.parametrize(
    ("text", "language", "employer", "shown"),
    [
        (f"{TEXT} ", "en", PRIVATE, _shown),
        (TEXT, "fr", PRIVATE, _shown),
        (TEXT, "en", (("us",), True), _shown),
        (TEXT, "en", (("us", "uk"), False), _shown),
        (TEXT, "en", PRIVATE, lambda _: "us before you talk to reporters"),
        (TEXT, "en", PRIVATE, lambda _: None),
    ],
)
def test_whatever_could_change_what_is_objected_to_is_judged_again(
    text: str,
    language: str,
    employer: Employer,
    shown: Callable[[str], str | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    results = KeptResults()
    _judged(results)
    monkeypatch.setattr(judged_texts, "guidance_for", _refuse)
    assert _judged(results)
    with pytest.raises(AssertionError, match="judged again"):
        _judged(results, text, language, employer, shown)


def test_other_guidance_judges_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = KeptResults()
    _judged(results)
    file = tmp_path / "us.yml"
    file.write_text("places: {}\n", encoding="utf-8")
    monkeypatch.setattr(judged_texts, "data_files", lambda: [file])
    monkeypatch.setattr(judged_texts, "guidance_for", _refuse)
    judged_texts._data_fingerprint.cache_clear()
    with pytest.raises(AssertionError, match="judged again"):
        _judged(results)
    judged_texts._data_fingerprint.cache_clear()


def test_a_damaged_cache_counts_as_empty(tmp_path: Path) -> None:
    first = _results(tmp_path)
    judged = _judged(first)
    first.keep()
    file = tmp_path / ".cache" / "wording"
    file.write_text(file.read_text(encoding="utf-8").replace("WRD001", "WRD002"), encoding="utf-8")
    assert _judged(_results(tmp_path)) == judged


@pytest.mark.parametrize("name", [".cache", ".Cache"])
def test_a_cache_that_is_committed_is_not_read(folder: Path, name: str) -> None:
    git = Git(folder)
    git.commit()
    with Repository(git.root) as repository:
        assert wording_cache(repository)
        (git.root / name).mkdir()
        (git.root / name / "wording").write_text("x", encoding="utf-8")
        git.commit()
        assert wording_cache(repository) is None


def test_every_module_that_judges_is_part_of_what_the_cache_depends_on() -> None:
    room = Path(judged_texts.__file__).parent
    modules = {f"rules/wording/{file.stem}" for file in room.glob("*.py")}
    # These take from what is objected to, and decide nothing.
    modules -= {"rules/wording/__init__", "rules/wording/rules"}
    assert modules <= set(judged_texts._SOURCES)
