"""`handbook audit pack`: whole, the same each time, and checked by a script that needs nothing of ours."""

import ast
import csv
import datetime
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from handbook.audit import verify as verify_pack
from handbook.errors import HandbookError
from scripts.audit import pdf as printing
from scripts.cli import main
from tests.builds import NOON
from tests.conftest import PAGE, REVIEWED, ROOT, make_folder
from tests.records import ROLES, folder_of_record, page_at, record, texts_of
from tests.scripts.conftest import Git, killed_after

pytestmark = pytest.mark.usefixtures("on_20_november")

NAME = "audit-pack-2026.1"
_MAIN = "from scripts.cli import main; main()"
WIDE = PAGE + "\n## Part\n\n[Another](other.md#parts), [outside](https://example.org/), ![A dot](dot.png)\n"
OTHER = PAGE.replace("A page", "Other & more") + "\n## Parts\n\n[Back](index.md)\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63680000008200"
    "81cdc5b2f50000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Git]:
    """A handbook whose edition 2026.1 takes effect on 25 November, and a change after it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", NOON)
        patched.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        git = Git(make_folder(tmp_path_factory.mktemp("published") / "handbook"))
        git("config", "user.name", "Communications lead")
        git("config", "user.email", "social@example.org")
        git.commit("2026-11-01", "Begin")
        _write(git, "docs/index.md", WIDE)
        _write(git, "docs/other.md", OTHER)
        (git.root / "docs" / "dot.png").write_bytes(PNG)
        texts = texts_of(page_at(git.root, path) for path in ("docs/index.md", "docs/other.md"))
        _write(git, f"registers/reviews/{REVIEWED}-handbook.yml", record(texts, REVIEWED))
        git.commit("2026-11-10", "Say <more>")
        result = _run(git, "edition", "publish", "--effective", "2026-11-25")
        assert result.exit_code == 0, result.output
        _write(git, "docs/index.md", WIDE + "Later.\n")
        git.commit("2026-11-20", "Say something later")
        yield git


@pytest.fixture(autouse=True)
def _without_settings_of_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.fixture(scope="module")
def printed(published: Git, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the edition, with its PDF."""
    out = tmp_path_factory.mktemp("printed")
    assert _pack(published, out, "--edition", "2026.1").exit_code == 0
    return out / NAME


@pytest.fixture
def pack(printed: Path, tmp_path: Path) -> Path:
    """A copy of the pack, to be changed."""
    shutil.copy(_archive(printed), tmp_path)
    return Path(shutil.copytree(printed, tmp_path / NAME))


def _write(git: Git, path: str, text: str) -> None:
    (git.root / path).write_text(text, encoding="utf-8")


def _run(git: Git, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(git.root)], catch_exceptions=False)


def _pack(git: Git, out: Path, *arguments: str) -> Result:
    return _run(git, "audit", "pack", "--out", str(out), *arguments)


def _verify(*places: Path) -> tuple[int, str]:
    """Run the script of the repository as an auditor runs it, without our libraries."""
    command = [sys.executable, "-I", "-S", str(ROOT / "handbook" / "audit" / "verify.py"), *map(str, places)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def _archive(pack: Path) -> Path:
    return pack.with_name(f"{pack.name}.zip")


def _rezipped(pack: Path, change: Callable[[zipfile.ZipFile], None] = lambda _: None) -> Path:
    """Zip a folder anew, with whatever else a test puts in."""
    _archive(pack).unlink()
    with zipfile.ZipFile(_archive(pack), "w") as archive:
        for file in sorted(pack.rglob("*")):
            archive.write(file, file.relative_to(pack.parent))
        change(archive)
    return _archive(pack)


def _resealed(pack: Path) -> None:
    """Make the manifest and the sums anew, as somebody does who wants to hide a change."""
    manifest = json.loads((pack / "manifest.json").read_bytes())
    for path, entry in manifest["files"].items():
        data = (pack / path).read_bytes()
        entry.update(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    (pack / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    sums = {path: entry["sha256"] for path, entry in manifest["files"].items()}
    sums["manifest.json"] = hashlib.sha256((pack / "manifest.json").read_bytes()).hexdigest()
    (pack / "SHA256SUMS").write_text("".join(f"{sums[path]}  {path}\n" for path in sorted(sums)), "utf-8")


def test_a_pack_holds_all_that_an_auditor_asks_for(printed: Path) -> None:
    files = {path.relative_to(printed).as_posix() for path in printed.rglob("*") if path.is_file()}
    assert {path for path in files if not re.search("/site/|/changes[.]", path)} == {
        "README.txt",
        "SHA256SUMS",
        "compliance/compliance.csv",
        "compliance/compliance.json",
        "compliance/compliance.svg",
        "editions/2026.1/edition.json",
        "editions/editions.csv",
        "editions/editions.json",
        "editions/editions.schema.json",
        "editions/2026.1/handbook.pdf",
        "editions/2026.1/tag.txt",
        "history/history.html",
        "history/history.json",
        "index.html",
        "manifest.json",
        "register/pages.csv",
        "register/pages.json",
        "register/pages.schema.json",
        "register/roles.csv",
        "register/roles.json",
        "register/roles.schema.json",
        f"reviews/records/{REVIEWED}-handbook.yml",
        "reviews/reviews.csv",
        "reviews/reviews.html",
        "reviews/reviews.json",
        "reviews/reviews.schema.json",
        "reviews/signatures.csv",
        "reviews/signatures.json",
        "reviews/signatures.schema.json",
        "verify.py",
        "waivers/waivers.csv",
        "waivers/waivers.json",
        "waivers/waivers.schema.json",
        "waivers/waivers.yml",
    }
    assert "editions/2026.1/site/other/index.html" in files
    manifest = json.loads((printed / "manifest.json").read_bytes())
    assert manifest["files"].keys() == files - {"manifest.json", "SHA256SUMS"}
    assert (manifest["edition"], manifest["effective"], manifest["to"]) == (
        "2026.1",
        "2026-11-25",
        "2026-11-20",
    )


def test_what_it_says_is_there_is_there_and_every_folder_is_named(printed: Path) -> None:
    named = [line for line in (printed / "README.txt").read_text("utf-8").splitlines() if "/" in line[:14]]
    named = [line for line in named if line[0].isalpha() and " " not in line]
    assert len(named) > 10
    assert all((printed / path).exists() for path in named)
    folders = {path.name for path in printed.iterdir() if path.is_dir()}
    assert {path.partition("/")[0] for path in named} == folders
    index = (printed / "index.html").read_text("utf-8")
    links = re.findall(r' href="([^"]+)"', index) + re.findall(r' src="([^"]+)"', index)
    assert "editions/2026.1/site/other/index.html" in links
    assert all((printed / path).exists() for path in links)


def test_every_file_is_as_it_was_published_or_written(published: Git, printed: Path) -> None:
    edition = printed / "editions" / "2026.1"
    style = next((edition / "site" / "assets").rglob("handbook.css")).relative_to(edition).as_posix()
    for path in ("edition.json", "site/index.html", style):
        shown = published("show", f"gh-pages:2026.1/{path.removeprefix('site/')}")
        assert (edition / path).read_text("utf-8") == shown
    written = published("show", f"edition-2026.1:registers/reviews/{REVIEWED}-handbook.yml")
    assert (printed / "reviews" / "records" / f"{REVIEWED}-handbook.yml").read_text("utf-8") == written


def test_nothing_later_than_the_edition_is_in_its_pack(published: Git, printed: Path) -> None:
    changes = json.loads((printed / "history" / "history.json").read_bytes())["changes"]
    assert {change["reason"] for change in changes} == {"Say <more>", "Begin"}
    assert published("rev-parse", "edition-2026.1^{commit}").strip() in (printed / "README.txt").read_text()
    days = json.loads((printed / "compliance" / "compliance.json").read_bytes())["days"]
    assert (days[0]["day"], days[-1]["day"]) == ("2026-11-01", "2026-11-20")
    assert [row["share"] for row in days] == [1.0] * 20


def test_the_register_and_the_reviews_are_tables_of_the_last_day(printed: Path) -> None:
    with (printed / "register" / "pages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["path"], row["owner"], row["state"], row["day"]) for row in rows] == [
        ("docs/index.md", "platform-lead", "in_order", "2026-11-20"),
        ("docs/other.md", "platform-lead", "in_order", "2026-11-20"),
    ]
    with (printed / "reviews" / "reviews.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert (first["page"], first["role"], first["verdict"]) == ("docs/index.md", "platform-lead", "keep")
    assert (first["met_on"], first["outcome"]) == ("2026-10-14", "unchanged")


def _choose(git: Git, names: str) -> None:
    text = (git.root / "organization.yml").read_text("utf-8")
    _write(git, "organization.yml", text.replace("history_names: none", f"history_names: {names}"))


@pytest.mark.parametrize(
    ("names", "holders", "publisher"),
    [
        ("none", [], None),
        ("roles", [], "communications-lead"),
        (
            "names",
            ["Communications lead", "unknown person", f"SHA256:{'A' * 43}"],
            "Communications lead",
        ),
    ],
)
def test_the_pack_names_people_as_the_organization_chooses(
    published: Git, tmp_path: Path, names: str, holders: list[str], publisher: str | None
) -> None:
    copy = tmp_path / "copy"
    published("clone", "--quiet", published.root.as_uri(), str(copy))
    git = Git(copy)
    git("fetch", "--quiet", "origin", "gh-pages:gh-pages")
    owners = (git.root / "registers" / "owners.yml").read_text("utf-8")
    key = f"SHA256:{'A' * 43}"
    listed = f"  communications-lead:\n    holders: [Social@example.org, gone@example.org, {key}]\n"
    _write(git, "registers/owners.yml", owners.replace("  communications-lead:\n", listed))
    _choose(git, names)
    git.commit("2026-11-20", "Name holders")
    result = _pack(git, tmp_path, "--from", "2026-11-19", "--to", "2026-11-20", "--without-pdf")
    assert result.exit_code == 0, result.output
    pack = tmp_path / "audit-pack-2026-11-19-to-2026-11-20"
    lines = json.loads((pack / "register" / "roles.json").read_bytes())["roles"]
    own = [line for line in lines if line["role"] == "communications-lead"]
    assert [(line["first"], line["last"], line["holder_count"]) for line in own] == [
        ("2026-11-01", "2026-11-19", 0),
        ("2026-11-20", None, 3),
    ]
    assert own[1]["holders"] == holders
    (term,) = json.loads((pack / "editions" / "editions.json").read_bytes())["editions"]
    assert (term["published_by"], term["in_force_from"]) == (publisher, "2026-11-25")
    assert term["in_force_to"] is None
    for file in ("register/roles.json", "editions/editions.json", "index.html"):
        assert "@example.org" not in (pack / file).read_text("utf-8")
    assert _verify(pack)[0] == 0


def test_the_pack_says_what_the_comparison_of_signatures_found(published: Git, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    published("clone", "--quiet", published.root.as_uri(), str(copy))
    git = Git(copy)
    owners = (git.root / "registers" / "owners.yml").read_text("utf-8")
    listed = "  platform-lead:\n    holders: [somebody@example.org]\n"
    _write(git, "registers/owners.yml", owners.replace("  platform-lead:\n", listed))
    git.commit("2026-11-20", "Name a holder")
    # What is on disk does not count: the pack is about the commit.
    (git.root / "registers" / "reviews" / f"{REVIEWED}-handbook.yml").unlink()
    assert _pack(git, tmp_path, "--from", "2026-11-01", "--without-pdf").exit_code == 0
    pack = tmp_path / "audit-pack-2026-11-01-to-2026-11-20"
    signatures = json.loads((pack / "reviews" / "signatures.json").read_bytes())
    assert signatures["readings"] == 2
    record = f"registers/reviews/{REVIEWED}-handbook.yml"
    assert {(line["state"], line["record"]) for line in signatures["signatures"]} == {
        ("wrong", record),
        ("unknown", record),
    }
    assert "signatures.csv" in (pack / "index.html").read_text("utf-8")


def test_records_in_files_of_their_own_are_packed_as_they_are(published: Git, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    published("clone", "--quiet", published.root.as_uri(), str(copy))
    git = Git(copy)
    texts = texts_of([page_at(git.root, "docs/other.md")])
    files = {f"reviews/2026-11-15-docs/{name}": text for name, text in _record_of_15_november(texts).items()}
    changed = "date: 2026-11-16\nby: platform-lead\nwhy: A slip.\npages: {docs/other.md: %s}\n"
    files["editorial_changes/slip.yml"] = changed % texts["docs/other.md"]
    files["shipped/editorial_changes/slip.yml"] = changed % texts["docs/other.md"]
    files["waivers/one.yml"] = "page: docs/other.md\nrule: STR001\n"
    for path, text in files.items():
        (git.root / "registers" / path).parent.mkdir(parents=True, exist_ok=True)
        _write(git, f"registers/{path}", text)
    git.commit("2026-11-20", "Review")
    assert _pack(git, tmp_path, "--from", "2026-11-12", "--without-pdf").exit_code == 0
    pack = tmp_path / "audit-pack-2026-11-12-to-2026-11-20"
    packed = {
        path.relative_to(pack).as_posix(): path.read_text("utf-8")
        for name in ("reviews/records", "reviews/editorial_changes", "reviews/shipped_editorial_changes")
        for path in (pack / name).rglob("*.yml")
    }
    packed["waivers/records/one.yml"] = (pack / "waivers" / "records" / "one.yml").read_text("utf-8")
    assert packed == {_place_in_pack(path): text for path, text in files.items()}
    contents = (pack / "README.txt").read_text("utf-8")
    assert all(f"reviews/{name}/" in contents for name in ("editorial_changes", "shipped_editorial_changes"))
    assert _verify(pack)[0] == 0


def _record_of_15_november(texts: Mapping[str, str]) -> dict[str, str]:
    return folder_of_record(texts, datetime.date(2026, 11, 15), ROLES)


def _place_in_pack(path: str) -> str:
    """Return where a file in registers/ is in the pack."""
    kind, _, rest = path.replace("shipped/", "shipped_").partition("/")
    places = {"reviews": "reviews/records", "waivers": "waivers/records"}
    return f"{places.get(kind, f'reviews/{kind}')}/{rest}"


def test_a_pack_of_an_edition_knows_no_later_edition(published: Git, printed: Path) -> None:
    (term,) = json.loads((printed / "editions" / "editions.json").read_bytes())["editions"]
    assert (term["edition"], term["in_force_from"], term["in_force_to"]) == ("2026.1", "2026-11-25", None)


def test_the_register_is_that_of_the_commit(published: Git, printed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    published("clone", "--quiet", published.root.as_uri(), str(copy))
    git = Git(copy)
    git("switch", "--quiet", "--detach", "edition-2026.1")
    shown = _run(git, "audit", "register", "--today", "2026-11-20", "--format", "json").stdout
    assert (printed / "register" / "pages.json").read_text("utf-8") == shown


def test_what_readers_see_other_than_in_the_former_edition_is_told(published: Git, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    published("clone", "--quiet", published.root.as_uri(), str(copy))
    git = Git(copy)
    git("config", "user.name", "Communications lead")
    git("config", "user.email", "social@example.org")
    texts = texts_of(page_at(git.root, path) for path in ("docs/index.md", "docs/other.md"))
    _write(git, f"registers/reviews/{REVIEWED}-handbook.yml", record(texts, REVIEWED))
    git.commit("2026-11-20", "Record the review")
    assert _run(git, "edition", "publish", "--effective", "2026-11-26").exit_code == 0
    assert _pack(git, tmp_path, "--edition", "2026.2", "--without-pdf").exit_code == 0
    edition = tmp_path / "audit-pack-2026.2" / "editions" / "2026.2"
    assert "Later." in (edition / "changes.html").read_text("utf-8")
    (page,) = json.loads((edition / "changes.json").read_bytes())["pages"]
    assert (page["path"], page["what"]) == ("docs/index.md", "text")
    assert _verify(tmp_path / "audit-pack-2026.2")[0] == 0


def test_what_people_wrote_is_escaped(printed: Path) -> None:
    for path in ("index.html", "history/history.html", "reviews/reviews.html"):
        html = (printed / path).read_text("utf-8")
        assert "<more>" not in html
        assert "<b>" not in html
        assert "<script" not in html
    assert "Say &lt;more&gt;" in (printed / "history" / "history.html").read_text("utf-8")


def test_no_mail_address_of_a_person_and_no_place_on_this_machine_is_in_it(
    published: Git, printed: Path
) -> None:
    assert "tagger" in published("cat-file", "tag", "edition-2026.1")
    tag = (printed / "editions" / "2026.1" / "tag.txt").read_text("utf-8")
    assert "tagger" not in tag
    assert "Manifest-SHA256: " in tag
    machine = str(published.root.parent.parent).encode()
    assert not [file for file in printed.rglob("*") if file.is_file() and machine in file.read_bytes()]


def test_two_clones_make_the_same_bytes(published: Git, printed: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "a folder" / "deeper"
    published("clone", "--quiet", published.root.as_uri(), str(elsewhere))
    options = [
        "audit",
        "pack",
        "--edition",
        "2026.1",
        "--root",
        str(elsewhere),
        "--out",
        str(tmp_path / "out"),
    ]
    environment = {**os.environ, "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-c", _MAIN, *options], env=environment, check=True, capture_output=True, cwd=ROOT
    )
    assert _archive(tmp_path / "out" / NAME).read_bytes() == _archive(printed).read_bytes()
    here, there = (
        {file.relative_to(root): file.read_bytes() for file in root.rglob("*") if file.is_file()}
        for root in (printed, tmp_path / "out" / NAME)
    )
    assert here == there


def test_the_zip_holds_what_the_folder_holds_with_fixed_facts(printed: Path) -> None:
    with zipfile.ZipFile(_archive(printed)) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        assert names == sorted(names)
        assert {entry.date_time for entry in entries} == {(2026, 11, 10, 12, 0, 0)}
        assert {
            (entry.external_attr >> 16, entry.create_system, entry.compress_type) for entry in entries
        } == {(0o100644, 3, zipfile.ZIP_STORED)}
        for entry in entries:
            assert archive.read(entry) == (printed.parent / entry.filename).read_bytes()


def test_a_pack_is_verified_as_a_folder_and_as_a_zip(printed: Path) -> None:
    own = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=printed, capture_output=True, text=True, check=False
    )
    assert (own.returncode, own.stderr) == (0, "")
    assert "This pack is as it was made." in own.stdout
    assert _verify(printed) == (0, own.stdout)
    assert _verify(_archive(printed)) == (0, own.stdout)
    seal = hashlib.sha256((printed / "manifest.json").read_bytes()).hexdigest()
    assert f"SHA-256 of manifest.json: {seal}\n" in own.stdout
    assert not list(printed.rglob("__pycache__"))


def test_the_sums_are_those_that_sha256sum_reads(printed: Path) -> None:
    program = shutil.which("sha256sum")
    if not program:
        pytest.skip("sha256sum is not installed")
    done = subprocess.run(
        [program, "--check", "--strict", "SHA256SUMS"], cwd=printed, capture_output=True, check=False
    )
    assert done.returncode == 0


EVERY_FILE = ["README.txt", "verify.py", "manifest.json", "SHA256SUMS", "editions/2026.1/site/index.html"]


@pytest.mark.parametrize("path", [*EVERY_FILE, "editions/2026.1/edition.json", "editions/2026.1/tag.txt"])
def test_one_changed_byte_is_found_in_the_folder_and_in_the_zip(pack: Path, path: str) -> None:
    before = (pack / path).read_bytes()
    (pack / path).write_bytes(before[:20] + bytes([before[20] ^ 1]) + before[21:])
    for status, said in (_verify(pack), _verify(_rezipped(pack))):
        if path == "manifest.json":
            assert status in (1, 2), said
        else:
            assert (status, f"{path}: " in said) == (1, True), said


def test_one_byte_changed_in_the_zip_itself_is_found(pack: Path) -> None:
    data = _archive(pack).read_bytes()
    at = data.index(b"Say &lt;more&gt;", data.index(b"/history/history.html"))
    _archive(pack).write_bytes(data[:at] + b"s" + data[at + 1 :])
    assert _verify(_archive(pack)) == (
        1,
        "history/history.html: was changed\nThis pack is NOT as it was made. Files that differ: 1.\n",
    )


def test_what_was_added_or_is_missing_is_named(pack: Path) -> None:
    (pack / "reviews" / "records" / "new.yml").write_text("x", encoding="utf-8")
    (pack / "history" / "history.html").unlink()
    for status, said in (_verify(pack), _verify(_rezipped(pack))):
        assert status == 1
        assert said.splitlines()[:2] == [
            "history/history.html: is missing",
            "reviews/records/new.yml: was added",
        ]


@pytest.mark.parametrize("path", ["manifest.json", "SHA256SUMS"])
def test_a_missing_list_is_named(pack: Path, path: str) -> None:
    (pack / path).unlink()
    for status, said in (_verify(pack), _verify(_rezipped(pack))):
        assert (status, f"{path}" in said) == (2 if path == "manifest.json" else 1, True)


def test_a_page_that_is_not_the_editions_is_found_though_the_pack_was_sealed_anew(pack: Path) -> None:
    page = pack / "editions" / "2026.1" / "site" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"Text.", b"text.", 1))
    _resealed(pack)
    status, said = _verify(pack)
    assert (status, said.splitlines()[0]) == (
        1,
        "editions/2026.1/site/index.html: is not what the manifest of its edition says",
    )
    manifest = pack / "editions" / "2026.1" / "edition.json"
    record = json.loads(manifest.read_bytes())
    record["files"]["index.html"] = hashlib.sha256(page.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(record), encoding="utf-8")
    _resealed(pack)
    status, said = _verify(pack)
    assert (status, said.splitlines()[0]) == (
        1,
        "editions/2026.1/edition.json: is not the manifest that the tag of its edition vouches for",
    )


def test_a_hostile_zip_writes_nothing_and_is_told(pack: Path) -> None:
    def hide(archive: zipfile.ZipFile) -> None:
        archive.writestr("../evil.txt", "x")
        archive.writestr("/tmp/evil.txt", "x")  # noqa: S108 - a name in a zip
        archive.writestr(f"{NAME}/../../evil.txt", "x")
        archive.writestr(f"{NAME}/red\x1b[31m\n.txt", "x")
        link = zipfile.ZipInfo(f"{NAME}/link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    before = sorted(pack.parent.rglob("*"))
    status, said = _verify(_rezipped(pack, hide))
    assert status == 1
    assert said.splitlines() == [
        "../../evil.txt: was added",
        "../evil.txt: was added beside the folder of the pack",
        "/tmp/evil.txt: was added beside the folder of the pack",  # noqa: S108 - a name in a zip
        "link: is a link, a folder, or a device, not a file",
        "red\\u001b[31m\\u000a.txt: was added",
        "This pack is NOT as it was made. Files that differ: 5.",
    ]
    assert sorted(pack.parent.rglob("*")) == before


def test_a_name_that_is_there_twice_is_told(pack: Path) -> None:
    def twice(archive: zipfile.ZipFile) -> None:
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(f"{NAME}/README.txt", "Another text")

    assert _verify(_rezipped(pack, twice))[1].splitlines()[0] == "README.txt: is there twice"


def test_a_name_that_ends_elsewhere_for_other_programs_is_told(pack: Path) -> None:
    with zipfile.ZipFile(_archive(pack), "w") as archive:
        for file in sorted(file for file in pack.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(pack.parent).as_posix())
            entry.filename += "\0.exe" if file.name == "README.txt" else ""
            archive.writestr(entry, file.read_bytes())
    status, said = _verify(_archive(pack))
    assert (status, said.splitlines()[0][:23]) == (1, "README.txt: has a name ")


def test_a_name_that_differs_in_case_alone_is_told(pack: Path) -> None:
    archive = _rezipped(pack, lambda archive: archive.writestr(f"{NAME}/Manifest.JSON", "x"))
    assert "manifest.json in case alone" in _verify(archive)[1].splitlines()[0]


def test_a_library_that_was_added_beside_the_script_is_named_and_not_run(pack: Path) -> None:
    (pack / "json.py").write_text("print('run')\nraise SystemExit(0)\n", encoding="utf-8")
    command = [sys.executable, "-I", "verify.py"]
    done = subprocess.run(command, cwd=pack, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "json.py: was added")
    assert " -I verify.py" in (pack / "README.txt").read_text("utf-8")


def test_an_empty_folder_that_was_added_is_named(pack: Path) -> None:
    assert _verify(_rezipped(pack)) == _verify(_archive(pack))
    (pack / "reviews" / "none" / "deeper").mkdir(parents=True)
    status, said = _verify(pack)
    assert (status, [line.partition(":")[0] for line in said.splitlines()[:-1]]) == (
        1,
        ["reviews/none/", "reviews/none/deeper/"],
    )
    assert f"{NAME}/reviews/none/: " in _verify(_rezipped(pack))[1]


def _in_folder_entry(archive: zipfile.ZipFile) -> None:
    archive.writestr(f"{NAME}/hidden/", "x")


def _commented_entry(archive: zipfile.ZipFile) -> None:
    archive.infolist()[0].comment = b"x"
    archive._didModify = True  # type: ignore[attr-defined]


def _with_comment(archive: zipfile.ZipFile) -> None:
    archive.comment = b"x"


def _with_gap(archive: zipfile.ZipFile) -> None:
    assert archive.fp
    archive.fp.seek(archive.start_dir)
    archive.fp.write(b"x")
    archive.start_dir += 1
    archive._didModify = True  # type: ignore[attr-defined]


def _with_extra(archive: zipfile.ZipFile) -> None:
    archive.infolist()[0].extra = b"xx\x01\x00x"
    archive._didModify = True  # type: ignore[attr-defined]


@pytest.mark.parametrize("hide", [_in_folder_entry, _commented_entry, _with_comment, _with_gap, _with_extra])
def test_what_is_hidden_in_a_zip_is_found(pack: Path, hide: Callable[[zipfile.ZipFile], None]) -> None:
    status, said = _verify(_rezipped(pack, hide))
    assert (status, len(said.splitlines())) == (1, 2)


@pytest.mark.parametrize("place", ["before", "after", "second list"])
def test_what_is_before_or_after_a_zip_is_found(pack: Path, place: str) -> None:
    data = _archive(pack).read_bytes()
    lists = data[data.index(b"PK\x01\x02") :]
    changed = {"before": b"#!/bin/sh\n" + data, "after": data + b"x", "second list": data + lists}
    _archive(pack).write_bytes(changed[place])
    status, said = _verify(_archive(pack))
    assert status in (1, 2)
    assert "as it was made. All" not in said


def test_a_compressed_zip_is_not_the_one_that_was_made(pack: Path) -> None:
    with zipfile.ZipFile(_archive(pack), "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(pack.rglob("*")):
            archive.write(file, file.relative_to(pack.parent))
    status, said = _verify(_archive(pack))
    assert (status, said.partition(":")[0]) == (1, f"{NAME}.zip")


@pytest.mark.parametrize(
    ("part", "place", "told"),
    [
        (b"PK\x03\x04", 6, b"\x01"),  # that the file is encrypted
        (b"PK\x03\x04", 8, b"\x08"),  # that it is compressed
        (b"PK\x03\x04", 18, b"\x01\0\0\0\x01\0\0\0"),  # that it is shorter
        (b"PK\x01\x02", 38, b"\x10"),  # that it is a folder
        (b"PK\x05\x06", 8, b"\x01\0\x01\0"),  # that there is one file
    ],
)
def test_a_zip_that_tells_other_programs_something_else_is_told(
    pack: Path, part: bytes, place: int, told: bytes
) -> None:
    data = bytearray(_archive(pack).read_bytes())
    at = data.index(part) + place
    data[at : at + len(told)] = told
    _archive(pack).write_bytes(data)
    status, said = _verify(_archive(pack))
    assert (status, said.splitlines()[-1]) == (1, "This pack is NOT as it was made. Files that differ: 1.")


def test_what_is_hidden_where_a_file_was_compressed_is_found(tmp_path: Path) -> None:
    text = b"The same words again. " * 50
    packed = zlib.compress(text, 9, -15)
    hidden = (
        b"xx" + (len(text) - len(packed) - 4).to_bytes(2, "little") + b"x" * (len(text) - len(packed) - 4)
    )
    facts = [(0).to_bytes(4, "little"), zlib.crc32(text).to_bytes(4, "little")]
    facts += [len(part).to_bytes(4, "little") for part in (packed, text)]
    middle = b"\x14\0\0\0\x08\0" + b"".join(facts) + b"\x01\0"
    before = b"PK\x03\x04" + middle + len(hidden).to_bytes(2, "little") + b"a" + hidden + packed
    listed = b"PK\x01\x02\x14\x03" + middle + bytes(16) + b"a"
    sizes = len(listed).to_bytes(4, "little") + len(before).to_bytes(4, "little")
    archive = tmp_path / "pack.zip"
    archive.write_bytes(before + listed + b"PK\x05\x06" + bytes(4) + b"\x01\0" * 2 + sizes + bytes(2))
    with zipfile.ZipFile(archive) as read:
        assert read.read("a") == text
        assert not verify_pack.is_seamless(read, archive)


def test_a_manifest_cannot_make_the_script_read_elsewhere(pack: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    manifest = json.loads((pack / "manifest.json").read_bytes())
    facts = {"sha256": hashlib.sha256(b"secret").hexdigest(), "size": 6}
    manifest["files"].update({"../secret": facts, str(secret): facts, "link": facts})
    (pack / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (pack / "link").symlink_to(secret)
    status, said = _verify(pack)
    assert status == 1
    assert "../secret: is missing\n" in said
    assert f"{secret}: is missing\n" in said
    assert "link: is a link, a folder, or a device, not a file\n" in said


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"files": [], "editions": []}',
        b'{"files": {"a": 1}, "editions": []}',
        b'{"files": {}, "editions": [1]}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_damaged_manifest_is_a_sentence(pack: Path, data: bytes) -> None:
    (pack / "manifest.json").write_bytes(data)
    status, said = _verify(pack)
    assert status in (1, 2)
    assert said.count("\n") < 200


def test_what_is_no_pack_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for place in ("file", "empty", "nothing"):
        status, said = _verify(tmp_path / place)
        assert (status, said.startswith("It cannot be checked: ")) == (2, True)
    assert _verify(tmp_path, tmp_path)[0] == 2


def test_the_script_needs_the_standard_library_of_python_3_8_alone() -> None:
    source = Path(verify_pack.__file__).read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
    assert len(source.splitlines()) < 250


def test_the_pdf_is_tagged_and_has_outline_language_title_and_links(printed: Path) -> None:
    """Chromium writes the objects of a PDF in clear, so that they can be read as they stand."""
    pdf = (printed / "editions" / "2026.1" / "handbook.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf
    assert b"/Marked true" in pdf
    assert b"/Lang (en)" in pdf
    assert b"/Title (Example Reading Network: social media handbook, edition 2026.1)" in pdf
    assert pdf.count(b"/CreationDate (D:20261110120000+00'00')") == 1
    assert pdf.count(b"/ModDate (D:20261110120000+00'00')") == 1
    for entry in (b"Contents", b"A page", b"Part", b"Parts"):
        assert b"/Title (" + entry + b")\n" in pdf, entry
    for anchor in (b"page-1", b"page-2", b"page-2.parts"):
        assert b"/Dest /" + anchor in pdf, anchor
    assert b"/URI (https://example.org/)" in pdf
    assert b"file:" not in pdf
    assert pdf.count(b"/Type /Page\n") == 4  # Cover, contents, and two pages.
    assert b"/Subtype /Image" in pdf


def _figures(part: Any) -> Iterator[Any]:
    """Yield each picture in the structure of a PDF."""
    part = part.get_object()
    if not isinstance(part, dict):
        return
    if part.get("/S") == "/Figure":
        yield part
    inside = part.get("/K", [])
    for inner in inside if isinstance(inside, list) else [inside]:
        yield from _figures(inner)


def test_the_pdf_has_metadata_page_numbers_and_a_text_for_each_picture(printed: Path) -> None:
    reader = PdfReader(printed / "editions" / "2026.1" / "handbook.pdf")
    packet = reader.xmp_metadata
    assert packet
    assert packet.dc_creator == ["Example Reading Network"]
    assert reader.metadata
    assert packet.dc_title == {"x-default": reader.metadata.title}
    contents = reader.pages[1].extract_text().split()
    assert (contents[-1], contents.count("3")) == ("4", 1)
    figures = list(_figures(reader.root_object["/StructTreeRoot"]))
    assert [figure["/Alt"] for figure in figures] == ["A dot"]


def test_without_a_browser_the_command_says_how_to_get_one(
    published: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "find_browser", lambda: None)
    result = _pack(published, tmp_path / "out", "--edition", "2026.1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "sudo apt-get install -y chromium" in result.stderr
    assert "--without-pdf" in result.stderr
    assert not (tmp_path / "out").exists()
    assert _pack(published, tmp_path / "out", "--edition", "2026.1", "--without-pdf").exit_code == 0
    assert not list((tmp_path / "out").rglob("*.pdf"))
    assert "made without the pages as a PDF" in (tmp_path / "out" / NAME / "README.txt").read_text("utf-8")
    assert _verify(tmp_path / "out" / NAME)[0] == 0


def test_a_browser_that_does_not_print_is_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho 'no display' >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    for browser in (broken, tmp_path / "gone"):
        with pytest.raises(HandbookError, match="does not print"):
            printing.as_pdf(browser, "<p>", 0)


@pytest.mark.parametrize("taken", [NAME, f"{NAME}.zip"])
def test_nothing_is_written_over(published: Git, tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_text("mine", encoding="utf-8")
    result = _pack(published, tmp_path, "--edition", "2026.1", "--without-pdf")
    assert result.exit_code == 2
    assert f"{taken} already exists" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == [taken]


def _killed_after(git: Git, out: Path, seconds: float) -> float:
    """Make a pack, and kill it with all that it started; return how long it ran."""
    options = ["audit", "pack", "--edition", "2026.1", "--without-pdf", "--root", str(git.root)]
    return killed_after([sys.executable, "-c", _MAIN, *options, "--out", str(out)], seconds)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_what_is_killed_leaves_no_half_pack(published: Git, tmp_path: Path) -> None:
    whole = _killed_after(published, tmp_path / "whole", 60)
    assert _archive(tmp_path / "whole" / NAME).exists()
    for part in (0.8, 0.92, 0.97):
        out = tmp_path / str(part)
        _killed_after(published, out, whole * part)
        for place in (out / NAME, _archive(out / NAME)):
            assert not place.exists() or _verify(place)[0] == 0


def test_a_disk_that_refuses_leaves_nothing(
    published: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", refuse)
    result = _pack(published, tmp_path, "--edition", "2026.1", "--without-pdf")
    assert (result.exit_code, "cannot be written (No space left on device)" in result.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_period_has_what_happened_in_it(published: Git, tmp_path: Path) -> None:
    result = _pack(published, tmp_path, "--from", "2026-11-05", "--to", "2026-11-12", "--without-pdf")
    assert result.exit_code == 0, result.output
    pack = tmp_path / "audit-pack-2026-11-05-to-2026-11-12"
    changes = json.loads((pack / "history" / "history.json").read_bytes())["changes"]
    assert {(change["day"], change["reason"]) for change in changes} == {("2026-11-10", "Say <more>")}
    assert json.loads((pack / "register" / "pages.json").read_bytes())["day"] == "2026-11-12"
    days = json.loads((pack / "compliance" / "compliance.json").read_bytes())["days"]
    assert (days[0]["day"], days[-1]["day"]) == ("2026-11-05", "2026-11-12")
    assert not (pack / "reviews" / "records").exists()
    assert {file.suffix for file in (pack / "editions").iterdir()} == {".csv", ".json"}
    assert json.loads((pack / "editions" / "editions.json").read_bytes())["editions"] == []
    assert "reviews/records" not in (pack / "README.txt").read_text("utf-8")
    assert "No edition was in force" in (pack / "README.txt").read_text("utf-8")
    assert _verify(pack)[0] == 0
    assert _verify(_archive(pack))[0] == 0


def test_a_period_has_the_reviews_and_the_editions_of_its_days(
    published: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON) + 20 * 86_400))
    result = _pack(published, tmp_path, "--from", "2026-10-01", "--to", "2026-12-01", "--without-pdf")
    assert result.exit_code == 0, result.output
    pack = tmp_path / "audit-pack-2026-10-01-to-2026-12-01"
    assert (pack / "reviews" / "records" / f"{REVIEWED}-handbook.yml").is_file()
    assert (pack / "editions" / "2026.1" / "site" / "index.html").is_file()
    changes = json.loads((pack / "history" / "history.json").read_bytes())["changes"]
    assert "Say something later" in {change["reason"] for change in changes}
    facts: dict[str, Any] = json.loads((pack / "manifest.json").read_bytes())
    assert (facts["edition"], facts["from"], facts["to"]) == (None, "2026-10-01", "2026-12-01")
    assert facts["commit"] == published("rev-parse", "main").strip()
    assert _verify(pack)[0] == 0


def test_a_commit_whose_date_cannot_be_true_is_named(folder: Path, tmp_path: Path) -> None:
    git = Git(folder)
    git.commit("2026-11-05")
    _write(git, "docs/index.md", PAGE + "Pushed into the past.\n")
    forged = git.commit("2026-10-05")
    days = ("--from", "2026-11-01", "--to", "2026-11-19")
    assert _pack(git, tmp_path, *days).exit_code == 0
    history = tmp_path / "audit-pack-2026-11-01-to-2026-11-19" / "history"
    facts = json.loads((history / "history.json").read_text(encoding="utf-8"))
    assert [(commit["commit"], commit["counts_on"]) for commit in facts["misdated"]] == [
        (forged, "2026-11-05")
    ]
    assert {change["day"] for change in facts["changes"]} == {"2026-11-05"}
    assert forged[:10] in (history / "history.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "name what to pack: --edition 2026.1, or --from 2026-01-01"),
        (["--to", "2026-11-01"], "name what to pack"),
        (["--edition", "2026.1", "--from", "2026-11-01"], "name what to pack"),
        (["--edition", "next"], "'next' is not an edition"),
        (["--edition", "2026.2"], "2026.2: is not on the branch gh-pages"),
        (["--from", "2026-11-10", "--to", "2026-11-01"], "2026-11-10 is after 2026-11-01"),
        (["--from", "2026-11-10", "--to", "2027-11-01"], "2027-11-01 is still to come"),
        (["--from", "2026-01-01", "--to", "2026-02-01"], "the history here begins on 2026-11-01"),
        (["--from", "soon"], "'soon' is not a day"),
        (["--from", "2026-11-10", "--branch", "nowhere"], "git knows no revision 'nowhere'"),
    ],
)
def test_what_cannot_be_packed_is_a_sentence(
    published: Git, tmp_path: Path, arguments: list[str], told: str
) -> None:
    result = _pack(published, tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_edition_that_was_changed_is_not_packed(published: Git, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    published("clone", "--quiet", published.root.as_uri(), str(copy))
    git = Git(copy)
    git("switch", "--quiet", "gh-pages")
    page = copy / "2026.1" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"Text.", b"text.", 1))
    git.commit()
    git("switch", "--quiet", "main")
    result = _pack(git, tmp_path / "out", "--edition", "2026.1", "--without-pdf")
    assert result.exit_code == 2
    assert "2026.1/index.html: was changed since the edition was published" in result.stderr
    assert "no pack was made" in result.stderr


def test_a_shallow_clone_is_refused_with_the_mend(published: Git, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    published("clone", "--quiet", "--depth=1", "--no-single-branch", published.root.as_uri(), str(copy))
    git = Git(copy)
    git("fetch", "--quiet", "--depth=1", "origin", "tag", "edition-2026.1")
    result = _pack(git, tmp_path / "out", "--edition", "2026.1", "--without-pdf")
    assert (result.exit_code, "git fetch --unshallow" in result.stderr) == (2, True)


def test_a_pack_without_a_record_says_that_nobody_recorded_who_accepted_what(
    published: Git, printed: Path, tmp_path: Path
) -> None:
    for name in ("README.txt", "index.html"):
        text = (printed / name).read_text(encoding="utf-8")
        assert "Nothing is recorded here about who accepted the pages." in text
    assert not (printed / "acknowledgements").exists()
    refused = _pack(published, tmp_path, "--edition", "2026.1", "--with-people", "--without-pdf")
    assert (refused.exit_code, "nothing is recorded in" in refused.stderr) == (2, True)
