"""What the editor writes: the lines that somebody changed, and no other byte."""

import difflib

import pytest
from playwright.sync_api import Browser

from handbook.editing.editor_files import FOLDER
from tests.editor.conftest import EditorTab, opened

PLAIN = """---
# Who reads this
title: Policy for work   # short
description: 'What it''s about.'
owner: platform-lead

last_reviewed: 2026-10-14
audience: [work, personal]
sources:
  - meta-terms   # compared
asked_as: [sack, {tweets: [x, y]}]
unknown_to_the_editor: {a: [1, 2]}
---

# Policy for work

*   Lists and\ttables stay:

| a | b |
|---|:-:|
| {{ contact("legal") }} | {{ name }} |

!!! note
    {% if applies("us") %}Only here.{% endif %}

{{ decision("posting") }}
"""
FRENCH = PLAIN.replace("Policy for work", "Règles pour le travail")
FORMS = {
    "plain": PLAIN.encode(),
    "crlf": PLAIN.replace("\n", "\r\n").encode(),
    "mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "both": b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode(),
    "open": PLAIN.rstrip("\n").encode(),
    "blanks": f"{PLAIN}\n  \n".encode(),
}


def changes(before: bytes, after: bytes) -> list[str]:
    old, new = (data.decode().splitlines(keepends=True) for data in (before, after))
    return [line for line in difflib.ndiff(old, new) if line[0] in "+-"]


@pytest.mark.parametrize("form", FORMS)
def test_a_page_that_is_saved_without_a_change_is_the_same_bytes(editor: EditorTab, form: str) -> None:
    """The editor saves only what it takes for changed, so a blank is added, which it takes out again."""
    editor.put({"docs/policy/work.md": FORMS[form], "docs/policy/work.fr.md": FRENCH.encode()})
    editor.start()
    editor.edit("policy/work")
    before = editor.written("docs/policy/work.md")
    editor.page.get_by_role("textbox").first.fill("Policy for work ")
    editor.save()
    assert editor.written("docs/policy/work.md") > before
    assert editor.file("docs/policy/work.md") == FORMS[form]
    assert editor.file("docs/policy/work.fr.md") == FRENCH.encode()
    assert editor.errors == []


@pytest.mark.parametrize("form", ["plain", "both", "open"])
def test_one_word_changes_one_line(editor: EditorTab, form: str) -> None:
    editor.put({"docs/policy/work.md": FORMS[form]})
    editor.start()
    editor.edit("policy/work")
    text = editor.page.get_by_role("textbox").nth(2)
    text.fill(text.input_value().replace("Lists and", "Rows and"))
    editor.save()
    end = "\r\n" if form == "both" else "\n"
    assert changes(FORMS[form], editor.file("docs/policy/work.md")) == [
        f"- *   Lists and\ttables stay:{end}",
        f"+ *   Rows and\ttables stay:{end}",
    ]


def test_fields_change_their_own_lines(editor: EditorTab) -> None:
    editor.put({"docs/policy/work.md": FORMS["plain"]})
    editor.start()
    editor.edit("policy/work")
    editor.page.get_by_role("textbox").nth(0).fill("Policy: work")
    editor.page.get_by_role("checkbox", name="managers").click()
    editor.page.get_by_role("checkbox", name="personal").click()
    editor.page.get_by_role("combobox").first.click()
    editor.page.get_by_role("option", name="Communications lead").click()
    editor.save()
    assert changes(FORMS["plain"], editor.file("docs/policy/work.md")) == [
        "- title: Policy for work   # short\n",
        '+ title: "Policy: work"   # short\n',
        "- owner: platform-lead\n",
        "+ owner: communications-lead\n",
        "- audience: [work, personal]\n",
        "+ audience: [work, managers]\n",
    ]


def test_a_new_page_has_front_matter_and_a_plain_name(editor: EditorTab) -> None:
    editor.put({"docs/policy/work.md": FORMS["plain"]})
    editor.start()
    editor.show("collections/policy/new")
    boxes = editor.page.get_by_role("textbox")
    boxes.nth(0).fill("Règles: cadeaux")
    boxes.nth(1).fill("What to do.")
    boxes.nth(2).fill("# Gifts\n\nSay no.\n")
    editor.page.get_by_role("checkbox", name="work").first.click()
    editor.page.get_by_role("combobox").first.click()
    editor.page.get_by_role("option", name="Platform lead").click()
    editor.save()
    assert editor.file("docs/policy/regles-cadeaux.md").decode() == (
        '---\ntitle: "Règles: cadeaux"\ndescription: What to do.\nowner: platform-lead\naudience: [work]\n'
        "---\n\n# Gifts\n\nSay no.\n"
    )


def test_a_page_that_the_editor_cannot_read_is_left_out_and_named(editor: EditorTab) -> None:
    broken = PLAIN.replace("owner:", "? owner:").encode()
    editor.put({"docs/policy/work.md": FORMS["plain"], "docs/policy/broken.md": broken})
    with editor.page.expect_console_message(lambda message: "line 5" in message.text):
        editor.start()
    editor.show("collections/policy")
    editor.page.get_by_text("Policy for work").first.wait_for()
    assert editor.page.get_by_role("row").count() == 1
    assert editor.file("docs/policy/broken.md") == broken


def test_no_other_host_is_reached(editor: EditorTab) -> None:
    """Fonts are asked for, and refused by the policy of the page; nothing else is asked for."""
    editor.put({"docs/policy/work.md": FORMS["plain"]})
    editor.start()
    editor.edit("policy/work")
    editor.page.wait_for_load_state("networkidle")
    assert {end for _, end in editor.foreign} == {"csp"}
    assert all(url.startswith("https://cdn.jsdelivr.net/") for url, _ in editor.foreign)
    assert editor.page.evaluate("document.fonts.check('24px \"Material Symbols Outlined\"')")


def test_the_policy_of_the_page_refuses_what_it_is_for(editor: EditorTab) -> None:
    """The test above can fail: a host that is not the API is refused, and so is a script in the page."""
    editor.page.goto(f"{editor.address}{FOLDER}/")
    refused = editor.page.evaluate(
        """async () => {
          const refused = [];
          const note = (event) => refused.push(event.effectiveDirective);
          document.addEventListener("securitypolicyviolation", note);
          document.body.append(Object.assign(document.createElement("script"), {textContent: "hacked = 1"}));
          for (const host of ["https://unpkg.com/", "https://www.githubstatus.com/"]) {
            await fetch(host).catch(() => {});
          }
          await new Promise((done) => setTimeout(done, 200));
          return refused;
        }"""
    )
    others = [directive for directive in refused if directive != "font-src"]
    assert others == ["script-src-elem", "connect-src", "connect-src"]
    assert editor.page.evaluate("typeof hacked") == "undefined"


def test_nothing_in_a_page_becomes_a_script(editor: EditorTab) -> None:
    hostile = '<img src=x onerror="hacked = 1"><script>hacked = 1</script>'
    page = PLAIN.replace("Policy for work   # short", f"'{hostile}'").replace("Only here.", hostile)
    editor.put({"docs/policy/work.md": page.encode()})
    editor.start()
    editor.show("collections/policy")
    editor.page.get_by_role("row").first.wait_for()
    assert editor.page.locator("img[src=x]").count() == 0
    editor.edit("policy/work")
    assert editor.page.locator("img[src=x]").count() == 0
    assert editor.page.get_by_role("textbox").first.input_value() == hostile
    assert editor.page.evaluate("typeof hacked") == "undefined"


def test_it_speaks_french_without_asking_another_host(browser: Browser, editor_address: str) -> None:
    with opened(browser.new_context(locale="fr-FR"), editor_address) as editor:
        editor.page.goto(f"{editor.address}{FOLDER}/")
        editor.page.get_by_text("Bienvenue").first.wait_for()
        assert {end for _, end in editor.foreign} <= {"csp"}


def test_it_fits_on_a_phone(browser: Browser, editor_address: str) -> None:
    with opened(browser.new_context(viewport={"width": 360, "height": 800}), editor_address) as editor:
        editor.put({"docs/policy/work.md": FORMS["plain"]})
        editor.page.goto(f"{editor.address}{FOLDER}/")
        editor.page.get_by_role("button", name="Work with Test Repository").click()
        editor.edit("policy/work")
        width = editor.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360
        assert editor.page.get_by_role("button", name="Save", exact=True).is_visible()


def test_a_page_can_be_neither_deleted_nor_renamed(editor: EditorTab) -> None:
    editor.put({"docs/policy/work.md": FORMS["plain"]})
    editor.start()
    editor.show("collections/policy")
    editor.page.get_by_role("checkbox", name="Policy for work").click()
    assert editor.page.get_by_role("button", name="Delete Selected Entry").is_disabled()
    editor.edit("policy/work")
    editor.page.get_by_role("radio", name="Slug").click()
    name = editor.page.get_by_role("textbox", name="Slug")
    name.wait_for()
    assert (name.get_attribute("aria-readonly"), name.get_attribute("contenteditable")) == ("true", None)
