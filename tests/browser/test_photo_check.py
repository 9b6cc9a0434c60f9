"""The check of a photo in the browser: it answers and cleans like `handbook photo`, and sends nothing."""

import base64
import functools
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from click.testing import CliRunner
from playwright.sync_api import FilePayload, Page, Route, expect

from handbook.photos.edits import apply_edits
from handbook.photos.metadata.property_names import category_of, is_technical
from handbook.photos.removals import removal
from handbook.photos.scan import scan
from scripts.development.served_site import served
from scripts.photo import command
from tests import media
from tests.browser.accessibility import WIDTHS, assert_accessible, in_every_state
from tests.browser.conftest import Tab
from tests.builds import build_site
from tests.conftest import PAGE, ROOT, make_folder
from tests.handbook.photos.test_removals import LOSSES
from tests.handbook.photos.test_unknown_data import ZEROS, film_with_place, film_with_position
from tests.handbook.photos.test_xmp import LINE, OTHER_NUMBERS, WRITTEN_POSITIONS, packet_of

STRICT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'none'"
)
FORMATS: Final = ("JPEG", "PNG", "WebP", "GIF", "HEIC", "AVIF", "MP4", "MOV")
MOST_REQUESTS: Final = 8
# Each worker of the component is asked about one file; here one is asked about many.
ASK: Final = """async ([path, files]) => {
  const script = document.querySelector('script[src$="page.js"]').src
  const worker = new Worker(new URL(path, script), { type: "module" })
  const answers = {}
  for (const [name, content] of Object.entries(files)) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    const answer = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(`${name}: ${message}`))
      worker.postMessage(new File([bytes], name))
    })
    if (answer?.copy) {
      const copy = new Uint8Array(await answer.copy.arrayBuffer())
      answer.copy = Array.from(copy, (byte) => byte.toString(16).padStart(2, "0")).join("")
    }
    answers[name] = answer
  }
  worker.terminate()
  return answers
}"""
NAMES: Final = """async (names) => {
  const script = document.querySelector('script[src$="page.js"]').src
  const { categoryOf, isTechnical } = await import(new URL("photo/metadata/property_names.js", script))
  return names.map((name) => [categoryOf(name), isTechnical(name)])
}"""
DROP: Final = """([content, names]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
  const dataTransfer = new DataTransfer()
  names.forEach((name) => dataTransfer.items.add(new File([bytes], name)))
  if (!names.length) dataTransfer.setData("text/uri-list", "https://example.org/party.jpg")
  const drop = new DragEvent("drop", { dataTransfer, cancelable: true })
  document.querySelector(".photo-check").dispatchEvent(drop)
}"""


class Answer(NamedTuple):
    """What a file gives away, its clean copy, and what that lost; the facts are in no order."""

    facts: frozenset[tuple[str, str]]
    obstacle: str | None
    copy: str | None
    losses: tuple[str, ...]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A handbook with the check on a page in two languages."""
    folder = make_folder(tmp_path_factory.mktemp("photos") / "handbook")
    for name in ("check.md", "check.fr.md"):
        (folder / "docs" / name).write_text(PAGE.replace("Text.", "{{ photo_check() }}"), encoding="utf-8")
    with served(build_site(folder, folder.parent / "site")) as address:
        yield address


@functools.cache
def _judged(content: bytes) -> Answer | None:
    """Return what Python says; None of a format that is not read here, or a file that cannot be read."""
    scanned = scan(io.BytesIO(content))
    if scanned is None or scanned.format not in FORMATS or scanned.unreadable:
        return None
    facts = frozenset((item.category.value, item.value) for item in scanned.disclosures)
    if scanned.obstacle or not facts:
        return Answer(facts, scanned.obstacle, None, ())
    stream = io.BytesIO(content)
    copy = b"".join(apply_edits(stream, scanned.edits)).hex()
    return Answer(facts, None, copy, removal(stream, scanned.edits, scanned.disclosures).losses)


def _asked(page: Page, files: Mapping[str, bytes]) -> dict[str, Answer | None]:
    encoded = {name: base64.b64encode(content).decode() for name, content in files.items()}
    answers = page.evaluate(ASK, ["photo/worker.js", encoded])
    return {name: _answer(answer) for name, answer in answers.items()}


def _answer(answer: Mapping[str, object] | None) -> Answer | None:
    if answer is None or answer["unreadable"]:
        return None
    disclosures = answer["disclosures"]
    assert isinstance(disclosures, list)
    facts = frozenset((item["category"], item["value"]) for item in disclosures)
    obstacle, copy, losses = answer["obstacle"], answer["copy"], answer.get("losses", [])
    assert isinstance(losses, list)
    return Answer(facts, str(obstacle) if obstacle else None, str(copy) if copy else None, tuple(losses))


def _choose(page: Page, name: str, content: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.locator(".photo-check__field").set_input_files(file)
    expect(page.locator(".photo-check__result")).not_to_contain_text("Reading", timeout=30_000)


def test_every_place_of_a_location_is_judged_as_the_command_judges_it(tab: Tab, address: str) -> None:
    files = {**media.SAMPLES, **media.CARRIERS, **{name: make() for name, make in media.PLAIN.items()}}
    expected = {name: _judged(content) for name, content in files.items()}
    assert sum(1 for answer in expected.values() if answer) > 60
    assert _asked(tab.open(f"{address}check/"), files) == expected


def test_what_a_copy_loses_is_told_as_the_command_tells_it(tab: Tab, address: str) -> None:
    files = {name: content for name, (content, _) in LOSSES.items()}
    assert _asked(tab.open(f"{address}check/"), files) == {name: _judged(files[name]) for name in files}


def test_a_loss_is_said(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}check/")
    _choose(page, "party.jpg", media.CARRIERS["jpeg-motion"])
    expect(page.locator(".photo-check__result")).to_contain_text(
        "It also lost: the short film of a motion photo."
    )


def test_every_turn_is_kept_as_the_command_keeps_it(tab: Tab, address: str) -> None:
    files = {
        f"{name}-{turn}": media.PICTURES[name](turn)
        for name in ("jpeg", "png", "webp", "avif", "heic")
        for turn in range(1, 9)
    }
    assert _asked(tab.open(f"{address}check/"), files) == {name: _judged(files[name]) for name in files}


def test_a_file_that_is_cut_off_anywhere_is_judged_as_the_command_judges_it(tab: Tab, address: str) -> None:
    files = {
        f"{name}-{tenths}": content[: len(content) * tenths // 10]
        for name, content in media.SAMPLES.items()
        for tenths in range(1, 10)
    }
    assert _asked(tab.open(f"{address}check/"), files) == {name: _judged(files[name]) for name in files}


PACKETS: Final = (
    b"<a>", b"<a", b"<a><b></a>", b"<a/>junk", b"<a>&foo;</a>", b"<a b='1' b='2'/>", b"<p:a/>", b"<a b=1/>",
    b"<a>\x01</a>", b"<a>\xff</a>", b"<a><![CDATA[x", b"<a><!-- -- --></a>", b"<a>&#0;</a>", b"<a b='<'/>",
    b"<a xmlns:p='u p'/>", b"<a xmlns:p=''/>", b" <?xml version='1.0'?><a/>", b"<?x?x ?><a/>", b"x<a/>",
    b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", b"<a title='&lt;&#65;&#x42;'>Caf\xc3\xa9 \xef\xbf\xbd</a>",
    "\ufeff<a title='wide'/>".encode("utf-16"), "<a city='Genève'/>".encode("utf-32-be"), b"<a>" * 5_000,
    b"<a xmlns='http://ns.example/geo/'><b><lat>51.5</lat><long>-0.12</long><c>up</c></b></a>",
)  # fmt: skip


def test_xmp_is_parsed_as_python_parses_it(tab: Tab, address: str) -> None:
    texts = (media.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet) for packet in PACKETS)
    files = {str(number): media.png_of(text) for number, text in enumerate(texts)}
    assert _asked(tab.open(f"{address}check/"), files) == {name: _judged(files[name]) for name in files}


def test_what_is_written_is_understood_as_python_understands_it(tab: Tab, address: str) -> None:
    captions = (*WRITTEN_POSITIONS, *OTHER_NUMBERS, f"{LINE}\n\u2028")
    described = (packet_of(f"<a:description>{caption}</a:description>") for caption in captions)
    packets = (*described, packet_of("").replace("><", ">at 51.50070, -0.12460<", 1))
    files = {
        str(number): media.png_of(media.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet.encode()))
        for number, packet in enumerate(packets)
    }
    for written in (*ZEROS, b"+51.5007-000.1246/"):
        files |= {f"at {written!r}": film_with_position(written), f"in {written!r}": film_with_place(written)}
    assert _asked(tab.open(f"{address}check/"), files) == {name: _judged(files[name]) for name in files}


def test_the_names_of_properties_mean_the_same(tab: Tab, address: str) -> None:
    python = (ROOT / "handbook/photos/metadata/property_names.py").read_text(encoding="utf-8")
    scripts = ROOT / "overrides/assets/javascripts/photo/metadata/property_names.js"
    words = sorted({*re.findall(r"[\w.:-]+", python + scripts.read_text(encoding="utf-8"))})
    names = [*words, *(f"my{word.title()}" for word in words), "Home Address", "urn:x:Ort", "creator address"]
    expected = [
        [meaning.value if (meaning := category_of(name)) else None, is_technical(name)] for name in names
    ]
    assert tab.open(f"{address}check/").evaluate(NAMES, names) == expected


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "heic", "mp4", "gif"])
def test_the_page_shows_what_the_command_shows_and_saves_its_copy(
    tab: Tab, address: str, tmp_path: Path, name: str
) -> None:
    party = tmp_path / f"party.{name}"
    party.write_bytes(media.SAMPLES[name])
    (record,) = json.loads(CliRunner().invoke(command, ["check", str(party), "--format", "json"]).output)[
        "files"
    ]
    CliRunner().invoke(command, ["clean", str(party), "--out", str(tmp_path / "clean")])
    page = tab.open(f"{address}check/")
    _choose(page, party.name, media.SAMPLES[name])
    shown = page.locator(".photo-check__result li").all_text_contents()
    kinds = list(dict.fromkeys(fact["kind"] for fact in record["facts"]))
    assert len(shown) == len(kinds)
    for fact in record["facts"]:
        phrase, line = fact["sentence"].partition(" (")[0], shown[kinds.index(fact["kind"])]
        assert line.startswith(phrase)
        assert fact["value"] in line
    with page.expect_download() as download:
        page.get_by_role("link", name="Save a clean copy").press("Enter")
    assert download.value.suggested_filename == f"party-clean.{name}"
    assert Path(download.value.path()).read_bytes() == (tmp_path / "clean" / party.name).read_bytes()


def test_nothing_is_sent_and_a_strict_policy_suffices(tab: Tab, address: str) -> None:
    def with_policy(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": STRICT})

    context = tab.open(f"{address}check/").context
    context.route(f"{address}**", with_policy)
    try:
        page = tab.open(f"{address}check/")
        page.wait_for_load_state("networkidle")
        tab.requests.clear()
        _choose(page, "party.jpg", media.SAMPLES["jpeg"])
        expect(page.locator(".photo-check__result li").first).to_contain_text("where it was taken")
        expect(page.get_by_role("link", name="Save a clean copy")).to_be_visible()
    finally:
        context.unroute(f"{address}**")
    assert [
        url for url in tab.requests if not re.fullmatch(rf"{address}assets/\w+/photo/[\w/]+\.js", url)
    ] == []


def test_no_reader_is_loaded_before_a_file_is_chosen(tab: Tab, address: str) -> None:
    tab.open(f"{address}check/").wait_for_load_state("networkidle")
    assert not any("/photo/" in url for url in tab.requests)
    assert len([url for url in tab.requests if url.startswith(address)]) <= MOST_REQUESTS


HOSTILE: Final[Mapping[str, bytes]] = {
    "empty.jpg": b"",
    "text.jpg": b"This is not a picture.",
    "cut.jpg": media.SAMPLES["jpeg"][:40],
    "endless.jpg": b"\xff\xd8" + b"\xff" * 2**22,
    "endless.gif": b"GIF89a" + bytes(7) + b"\x21\xfe\xff" * 2**20,
    "chunks.png": media.png_of(*[media.chunk(b"tEXt", b"a\0b")] * 60_000),
    "boxes.mp4": media.box(b"ftyp", b"isom") + media.box(b"free") * 200_000,
    "document.pdf": b"%PDF-1.7\n",
    "scan.tif": media.SAMPLES["tiff"],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_ends_in_a_sentence(tab: Tab, address: str, name: str) -> None:
    page = tab.open(f"{address}check/")
    _choose(page, name, HOSTILE[name])
    expect(page.locator(".photo-check__never")).to_contain_text("handbook photo check")
    expect(page.locator(".photo-check__result li")).to_have_count(0)
    expect(page.get_by_role("link", name="Save a clean copy")).to_have_count(0)


def test_a_damaged_part_is_no_reason_to_say_that_nothing_is_given_away(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}check/")
    xmp = media.segment(0xE1, media.XMP_ADDRESS + media.XMP[: len(media.XMP) // 2])
    _choose(page, "party.jpg", media.jpeg_of(xmp))
    expect(page.locator(".photo-check__never")).to_be_visible()
    expect(page.locator(".photo-check__result li").last).to_contain_text("cannot be read")


def test_a_clean_file_is_called_clean_and_a_second_choice_replaces_the_first(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}check/")
    _choose(page, "party.jpg", media.SAMPLES["jpeg"])
    _choose(page, "plain.png", media.PLAIN["png"]())
    expect(page.locator(".photo-check__result")).to_have_text("plain.png gives nothing away.")


def test_a_film_of_measurements_says_why_there_is_no_copy(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}check/")
    _choose(page, "ride.mp4", media.CARRIERS["mp4-gopro"])
    expect(page.locator(".photo-check__result")).to_contain_text("a track of measurements (gpmd) accompanies")
    expect(page.get_by_role("link", name="Save a clean copy")).to_have_count(0)


def test_a_browser_that_cannot_run_the_reader_says_so(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}check/")
    too_new = {"body": "this is too new", "content_type": "text/javascript"}
    page.route("**/photo/worker.js", lambda route: route.fulfill(**too_new))
    _choose(page, "party.jpg", media.SAMPLES["jpeg"])
    page.unroute("**/photo/worker.js")
    expect(page.locator(".photo-check__never")).to_contain_text("party.jpg was not checked")


def test_a_picture_can_be_dropped(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}check/")
    expect(page.get_by_label("Choose a picture or a video")).to_be_visible()
    page.evaluate(DROP, [base64.b64encode(media.SAMPLES["png"]).decode(), ["dropped.png"]])
    expect(page.locator(".photo-check__result")).to_contain_text("dropped.png gives away")


@pytest.mark.parametrize("names", [[], ["one.png", "two.png"]])
def test_a_drop_of_several_files_or_of_an_address_says_that_nothing_was_checked(
    tab: Tab, address: str, names: list[str]
) -> None:
    page = tab.open(f"{address}check/")
    _choose(page, "plain.png", media.PLAIN["png"]())
    page.evaluate(DROP, [base64.b64encode(media.SAMPLES["png"]).decode(), names])
    expect(page.locator(".photo-check__result")).to_contain_text("Nothing was checked. Drop one file")
    expect(page.locator(".photo-check__result")).not_to_contain_text("png")


@pytest.mark.parametrize("script", ["worker.js", "scan.js"])
def test_a_check_that_does_not_start_says_so_and_takes_the_same_file_again(
    tab: Tab, address: str, script: str
) -> None:
    page = tab.open(f"{address}check/")
    page.route(f"**/photo/{script}", lambda route: route.abort())
    _choose(page, "party.jpg", media.SAMPLES["jpeg"])
    expect(page.locator(".photo-check__never")).to_contain_text("party.jpg was not checked")
    page.unroute(f"**/photo/{script}")
    assert all("Failed to load" in error for error in tab.errors)
    tab.errors.clear()
    with page.expect_file_chooser() as chooser:
        page.locator(".photo-check__field").click()
    assert page.locator(".photo-check__field").input_value() == ""
    chooser.value.set_files(FilePayload(name="party.jpg", mimeType="", buffer=media.SAMPLES["jpeg"]))
    expect(page.locator(".photo-check__result")).to_contain_text("party.jpg gives away")


def test_the_answer_is_in_the_language_of_the_page(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}fr/check/")
    _choose(page, "fete.jpg", media.CARRIERS["jpeg-maker-note"])
    result = page.locator(".photo-check__result")
    expect(result).to_contain_text("fete.jpg révèle")
    expect(result).to_contain_text("les notes du fabricant de l’appareil")
    expect(result).not_to_contain_text("gives")


def test_without_scripts_a_sentence_says_how(tab_without_scripts: Tab, address: str) -> None:
    page = tab_without_scripts.open(f"{address}check/")
    expect(page.locator(".photo-check")).to_contain_text("handbook photo check")
    assert page.locator("input[type=file]").count() == 0


def test_only_if_the_script_does_not_come_a_sentence_says_that_it_is_missing(tab: Tab, address: str) -> None:
    sentence = tab.open("about:blank").get_by_text("This check needs scripts")
    sentence.page.route("**/photo_check.js", lambda route: route.abort())
    page = tab.open(f"{address}check/")
    assert not sentence.is_visible()
    expect(sentence).to_be_visible()
    page.unroute("**/photo_check.js")
    assert tab.errors
    tab.errors.clear()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_field_is_reached_by_keyboard(tab: Tab, address: str, width: int) -> None:
    page = tab.open(f"{address}check/", width)
    page.locator("article h1").evaluate("heading => { heading.tabIndex = -1; heading.focus() }")
    field = page.get_by_label("Choose a picture or a video")
    for _ in range(10):
        if field.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(field).to_be_focused()
    with page.expect_file_chooser():
        field.press("Enter")


def test_the_answer_is_accessible_and_fits(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}check/")
    _choose(page, f"{'long' * 30}.jpg", media.SAMPLES["jpeg"])
    expect(page.get_by_role("status").filter(has_text="gives away")).to_be_visible()
    for state in in_every_state(page):
        assert_accessible(page, state)
