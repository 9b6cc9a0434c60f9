"""Gives a page another path, and changes everything that names it."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from handbook.authoring.navigation import with_page
from handbook.authoring.new_page import conflicts, page_path
from handbook.content.languages import is_language
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.navigation_targets import is_placed, navigation_targets
from handbook.content.site_map import address_of_path
from handbook.errors import HandbookError
from handbook.markup.relinking import Relinking
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.platforms import FOLDER as PLATFORMS_FOLDER
from handbook.restructuring.change_plan import ChangePlan, Recorder, Renaming
from handbook.restructuring.draft import Draft, edit_links
from handbook.restructuring.drafted_handbook import drafted_handbook, files_of, folder_of, pages_of
from handbook.restructuring.new_findings import remark_dead_links
from handbook.restructuring.old_addresses import keep_address
from handbook.restructuring.records import move_in_open_reviews, record_change
from handbook.restructuring.registers import (
    CONFIGURATION,
    edit_registers,
    edit_values,
    menu_values,
    page_values,
)
from handbook.rules.legal_review import LEGAL_FOLDERS

_START: Final = "index.md"


def plan_move(plan: ChangePlan, page: str, target: str, recorder: Recorder) -> None:
    """Plan to give the page at the path `page` the path `target`.

    Raises:
        HandbookError: if the page may not have that path, or a file cannot be changed.

    """
    renaming = _renaming(plan.before, plan.draft, page, target)
    _rewrite_pages(plan, renaming)
    _move_pictures(plan, renaming)
    edit_registers(plan.draft, page_values(_new_place(renaming.pages)), "place")
    _edit_menu(plan, renaming)
    move_in_open_reviews(plan, renaming.pages)
    _keep_address(plan, renaming)
    after = drafted_handbook(plan.before, plan.draft, plan.expressions_of, renaming.files)
    record_change(plan, after, recorder, {new: old for old, new in renaming.pages.items()})
    remark_dead_links(plan, after)
    _remark_duties(plan, renaming)


def target_path(handbook: Handbook, page: str, wanted: str) -> str:
    """Return the new path of a page: as it is written, or in a folder, under the name that it has.

    Raises:
        HandbookError: if it is not the path of a page.

    """
    top, name = folder_of(handbook), posixpath.basename(page)
    folder = posixpath.normpath(wanted.replace("\\", "/"))
    if folder in (top, "."):
        return page_path(name)
    inside = folder if folder.startswith(f"{top}/") else f"{top}/{folder}"
    if wanted.endswith("/") or inside in {posixpath.dirname(path) for path in files_of(handbook)}:
        return page_path(f"{folder}/{name}")
    return page_path(wanted)


def _renaming(handbook: Handbook, draft: Draft, old: str, new: str) -> Renaming:
    """Return what moves with a page, after making sure that it may."""
    refuse_fixed_page(handbook, old)
    _refuse_page_of_platform(handbook, old)
    if new == old:
        raise HandbookError(f"{old} has that path already; name another")
    if is_about_the_tool(new) != is_about_the_tool(old):
        raise HandbookError(
            f"{old} cannot become {new}: pages in docs/audit/ and docs/contributing/ are about the tool, and"
            " its releases review them; choose another folder"
        )
    if handbook.registers.platforms.is_about_one(new):
        raise HandbookError(
            f"{new} would be the page of a platform in registers/platforms.yml; choose another name"
        )
    pages = {path: _renamed(path, old, new) for path in with_translations(handbook, old)}
    taken = {*files_of(handbook)} - set(pages)
    for path in (*conflicts(new), *pages.values()):
        if path in taken:
            raise HandbookError(f"{path} is there already, with that address; choose another name")
    pictures = _pictures(handbook, draft, pages, posixpath.dirname(new))
    return Renaming(old, new, pages, {path: to for path, to in pictures.items() if to not in taken})


def refuse_fixed_page(handbook: Handbook, path: str) -> None:
    """Refuse to take a page from its place if something else relies on that.

    Raises:
        HandbookError: with the reason.

    """
    folder = folder_of(handbook)
    if path == f"{folder}/{_START}":
        raise HandbookError(f"{path} is the start page, which every handbook has there")
    if is_about_the_tool(path) and not handbook.registers.organization.sample:
        raise HandbookError(f"{path} is about the tool and comes with its releases, so it stays where it is")


def _refuse_page_of_platform(handbook: Handbook, path: str) -> None:
    if path == f"{PLATFORMS_FOLDER}{_START}":
        raise HandbookError(f"{path} is the overview of the platforms, and stays where it is")
    if handbook.registers.platforms.is_about_one(path):
        key = path.removeprefix(PLATFORMS_FOLDER).removesuffix(".md")
        raise HandbookError(
            f"{path} is the page of the platform '{key}' in registers/platforms.yml, which its name says;"
            " it stays where it is"
        )


def with_translations(handbook: Handbook, path: str) -> Iterator[str]:
    """Yield a page and its translations, into languages that the handbook does not publish, too."""
    stem = path.removesuffix(".md")
    for other in pages_of(handbook):
        suffix = other.removeprefix(f"{stem}.").removesuffix(".md")
        if other == path or (other.startswith(f"{stem}.") and is_language(suffix)):
            yield other


def _renamed(path: str, old: str, new: str) -> str:
    return new.removesuffix(".md") + path.removeprefix(old.removesuffix(".md"))


def _pictures(handbook: Handbook, draft: Draft, pages: Mapping[str, str], there: str) -> dict[str, str]:
    """Return the pictures and files in the folder of a page that only this page uses, and their new paths."""
    here = posixpath.dirname(next(iter(pages)))
    beside = [asset.path for asset in handbook.assets if asset.path.startswith(f"{here}/")]
    if here == there or not beside:
        return {}
    relinking, folder = relinking_of(handbook, dict.fromkeys(beside, "")), f"{folder_of(handbook)}/"
    users: dict[str, set[str]] = {}
    for path in pages_of(handbook):
        for _, target in relinking.links(draft.text(path), path.removeprefix(folder)):
            users.setdefault(f"{folder}{target}", set()).add(path)
    return {path: f"{there}{path.removeprefix(here)}" for path in users if users[path] <= set(pages)}


def relinking_of(handbook: Handbook, files: Mapping[str, str]) -> Relinking:
    """Return what rewrites links when files get other paths.

    Raises:
        HandbookError: if the links of the handbook are not known.

    """
    judge = handbook.link_judge
    if judge is None:
        raise HandbookError("the links of this handbook cannot be read; see `handbook check`")
    folder = f"{folder_of(handbook)}/"
    names = {old.removeprefix(folder): new.removeprefix(folder) for old, new in files.items()}
    return Relinking(names, judge.targets)


def _rewrite_pages(plan: ChangePlan, renaming: Renaming) -> None:
    """Move the page and its translations, and change the links in them and to them."""
    relinking, folder = relinking_of(plan.before, renaming.files), f"{folder_of(plan.before)}/"
    for old, new in renaming.pages.items():
        plan.draft.notes.append(f"{old}: now {new}")
    for path in pages_of(plan.before):
        edit_links(plan.draft, path, partial(relinking.relinked, name=path.removeprefix(folder)))
    for old, new in renaming.pages.items():
        plan.draft.write(new, plan.draft.text(old))
        plan.draft.remove(old)


def _move_pictures(plan: ChangePlan, renaming: Renaming) -> None:
    for old, new in renaming.pictures.items():
        plan.draft.write_bytes(new, plan.draft.read(old) or b"", f"{old}: now {new}")
        plan.draft.remove(old)


def _new_place(pages: Mapping[str, str]) -> Callable[[str, str], str | None]:
    def new_place(page: str, anchor: str) -> str | None:
        if page not in pages:
            return None
        return f"{pages[page]}#{anchor}" if anchor else pages[page]

    return new_place


def _edit_menu(plan: ChangePlan, renaming: Renaming) -> None:
    """Change the entry of the page in mkdocs.yml; give it one if it had its place by its folder."""
    folder = folder_of(plan.before)
    was_off = renaming.old in plan.before.off_navigation
    edit_values(plan.draft, CONFIGURATION, menu_values(renaming.pages.get, folder), "place")
    navigation = parse_settings(plan.draft.read(CONFIGURATION) or b"{}").navigation
    name = renaming.new.removeprefix(f"{folder}/")
    if was_off or not navigation or name in navigation_targets(navigation) or is_placed(navigation, name):
        return
    text = plan.draft.text(CONFIGURATION)
    plan.draft.write(CONFIGURATION, with_page(text, name), f"{CONFIGURATION}: {name} added to `nav`")


def _keep_address(plan: ChangePlan, renaming: Renaming) -> None:
    """Redirect the old address to the page, unless the page is not published here."""
    if plan.before.page(renaming.old) is None:
        plan.remark(f"{renaming.old} is not published in this handbook, so no address has to lead on from it")
        return
    languages = plan.before.registers.organization.languages
    old, new = (address_of_path(path, languages) for path in (renaming.old, renaming.new))
    keep_address(plan.draft, old, renaming.new, live=new)


def _remark_duties(plan: ChangePlan, renaming: Renaming) -> None:
    """Say which rules begin or end to apply by the folder of the page."""
    was_legal, is_legal = (path.startswith(LEGAL_FOLDERS) for path in (renaming.old, renaming.new))
    if is_legal and not was_legal:
        plan.remark(f"{renaming.new} now needs the reading of a lawyer, as every page in its folder does")
    if was_legal and not is_legal:
        plan.remark(
            f"{renaming.new} no longer needs the reading of a lawyer, so a review has to retire"
            f" {renaming.old} first (REV011)"
        )
