"""Takes a page out of the handbook, once nothing needs it, or with another page in its place."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from handbook.authoring.navigation import without_page
from handbook.content.pages import Page
from handbook.content.site_map import address_of_path
from handbook.errors import HandbookError
from handbook.markup.relinking import Relinking
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool, own_path
from handbook.registers.open_questions import FILE as OPEN_QUESTIONS_FILE
from handbook.registers.waivers import FILE as WAIVERS_FILE
from handbook.registers.waivers import FOLDER as WAIVERS_FOLDER
from handbook.restructuring.change_plan import ChangePlan
from handbook.restructuring.draft import edit_links
from handbook.restructuring.drafted_handbook import drafted_handbook, folder_of, pages_of
from handbook.restructuring.new_findings import remark_dead_links
from handbook.restructuring.old_addresses import keep_address
from handbook.restructuring.page_move import refuse_fixed_page, relinking_of, with_translations
from handbook.restructuring.registers import (
    CONFIGURATION,
    edit_values,
    lines_that_name,
    menu_values,
    page_values,
    register_files,
)
from handbook.text.quoting import in_shell
from handbook.yaml.edit_scalars import NewValue

_SHOWN: Final = 5
_OR_REPLACE: Final = ", or give --replace-by PAGE"


def plan_removal(plan: ChangePlan, path: str, replacement: str | None, *, without_review: bool) -> None:
    """Plan to remove the page at `path`, with its translations.

    Raises:
        HandbookError: if the page has to stay, or is still needed and nothing replaces it.

    """
    refuse_fixed_page(plan.before, path)
    _refuse_in_review(plan.before, path)
    _refuse_unretired(plan, path, without_review=without_review)
    gone = list(with_translations(plan.before, path))
    if replacement in gone:
        raise HandbookError(f"{replacement} is the page to be deleted; name another with --replace-by")
    for name in gone:
        plan.draft.remove(name, f"{name}: deleted")
    needs = list(_needs(plan, gone, replacement))
    if needs:
        raise HandbookError("\n".join([f"{path} is still needed, so nothing was deleted:", *needs]))
    if replacement:
        _replace(plan, gone, replacement)
    _take_from_menu(plan, path)
    _keep_address(plan, path, replacement)
    after = drafted_handbook(plan.before, plan.draft, plan.expressions_of, {})
    _remark_changed_texts(plan, after)
    remark_dead_links(plan, after)


def _refuse_in_review(handbook: Handbook, path: str) -> None:
    if review := handbook.reviews.open_by_page.get(path):
        raise HandbookError(
            f"{path} is in the open review {review}; close it with `handbook review close` and the outcome"
            " `retired`, or give it up with `handbook review abandon`, before you delete the page"
        )


def _refuse_unretired(plan: ChangePlan, path: str, *, without_review: bool) -> None:
    """Refuse to delete a rule that people agreed on, unless they agreed that it goes."""
    decisions = plan.before.reviews.decisions_about(path)
    if is_about_the_tool(path) or (decisions and decisions[-1].retires):
        return
    if decisions and not without_review:
        raise HandbookError(
            f"{path} was reviewed, and no review has retired it; open one with"
            f" `handbook review start {in_shell(path)}` and decide `retired`, or delete it with"
            " --without-review"
        )
    plan.remark(f"no review has retired {path}; the check of a pull request says so (REV011)")


def _needs(plan: ChangePlan, gone: Sequence[str], replacement: str | None) -> Iterator[str]:
    """Yield a line for each place that needs the pages, unless another takes their place there."""
    yield from _needs_of_registers(plan, gone, replacement)
    if not replacement:
        yield from _needs_of_pages(plan, gone)
        wanted = _frame(plan, dict.fromkeys(gone, ""))
        for line in lines_that_name(plan.draft, CONFIGURATION, wanted):
            yield f"{CONFIGURATION}:{line}: names it; name another page there{_OR_REPLACE}"


def _needs_of_registers(plan: ChangePlan, gone: Sequence[str], replacement: str | None) -> Iterator[str]:
    """Yield the places in registers; a waiver is only about this page, whatever replaces it.

    An open question needs no page: somebody has asked it, even if the page is gone.
    """
    wanted = page_values(lambda page, _anchor: "" if page in gone else None)
    for file in register_files(plan.draft):
        is_waiver = file.startswith(_places_of_waivers(plan))
        if (replacement and not is_waiver) or file == own_path(plan.draft, OPEN_QUESTIONS_FILE):
            continue
        remedy = "take the waiver out" if is_waiver else f"name another page there{_OR_REPLACE}"
        for line in lines_that_name(plan.draft, file, wanted(file)):
            yield f"{file}:{line}: names it; {remedy}"


def _needs_of_pages(plan: ChangePlan, gone: Sequence[str]) -> Iterator[str]:
    relinking, folder = _relinking(plan, gone, ""), f"{folder_of(plan.before)}/"
    for path in pages_of(plan.before):
        if path not in gone:
            for line, _ in relinking.links(plan.draft.text(path), path.removeprefix(folder)):
                yield f"{path}:{line + 1}: links to it; take the link out{_OR_REPLACE}"


def _frame(plan: ChangePlan, pages: Mapping[str, str]) -> NewValue:
    """Return how mkdocs.yml names the pages that the frame leads to."""
    values = menu_values(pages.get, folder_of(plan.before))
    return lambda path, text: values(path, text) if path[0] == "extra" else None


def _places_of_waivers(plan: ChangePlan) -> tuple[str, str]:
    return own_path(plan.draft, WAIVERS_FILE), f"{own_path(plan.draft, WAIVERS_FOLDER)}/"


def _relinking(plan: ChangePlan, gone: Sequence[str], replacement: str) -> Relinking:
    judge = plan.before.link_judge

    def anchor_on(name: str, anchor: str) -> str:
        known = judge.anchors_of(name) if judge else None
        return anchor if known and anchor in known else ""

    simple = relinking_of(plan.before, dict.fromkeys(gone, replacement))
    return Relinking(simple.names, simple.targets, anchor_on)


def _replace(plan: ChangePlan, gone: Sequence[str], replacement: str) -> None:
    """Point links, registers, and the frame to another page, with the anchors that it has."""
    relinking, folder = _relinking(plan, gone, replacement), f"{folder_of(plan.before)}/"
    for path in pages_of(plan.before):
        if path not in gone:
            name = path.removeprefix(folder)
            edit_links(plan.draft, path, partial(relinking.relinked, name=name))

    if plan.draft.changes(replacement):
        plan.remark(f"{replacement} linked to the page, and links to itself now; take that link out")

    def new_page(page: str, anchor: str) -> str | None:
        if page not in gone:
            return None
        kept = relinking.anchor_on(replacement.removeprefix(folder), anchor)
        return f"{replacement}#{kept}" if kept else replacement

    values = page_values(new_page)
    for file in register_files(plan.draft):
        edit_values(plan.draft, file, values(file), "place")
    edit_values(plan.draft, CONFIGURATION, _frame(plan, dict.fromkeys(gone, replacement)), "place")


def _take_from_menu(plan: ChangePlan, path: str) -> None:
    text, name = plan.draft.text(CONFIGURATION), path.removeprefix(f"{folder_of(plan.before)}/")
    kept = without_page(text, name)
    if kept != text:
        plan.draft.write(CONFIGURATION, kept, f"{CONFIGURATION}: {name} taken out of `nav`")


def _keep_address(plan: ChangePlan, path: str, replacement: str | None) -> None:
    if plan.before.page(path) is None:
        return
    address = address_of_path(path, plan.before.registers.organization.languages)
    if replacement:
        keep_address(plan.draft, address, replacement)
    else:
        plan.remark(
            f"nothing leads on from the old address {address}; if something should, give --replace-by"
        )


def _remark_changed_texts(plan: ChangePlan, after: Handbook) -> None:
    """Name the reviewed pages that lead elsewhere now: whether that is editorial is for people to say."""
    changed = [page.path for page in after.pages if _has_changed(plan.before, after, page)]
    if changed:
        more = f" and {len(changed) - _SHOWN} more" if changed[_SHOWN:] else ""
        plan.remark(
            f"{', '.join(changed[:_SHOWN])}{more} changed after the review (REV006); record that with"
            " `handbook review editorial`, or review them"
        )


def _has_changed(before: Handbook, after: Handbook, page: Page) -> bool:
    """Tell whether a page was as it was reviewed, and no longer is."""
    old = before.page(page.path)
    known = before.known_texts(old) if old else frozenset()
    return bool(old and known and before.has_text(old, known) and not after.has_text(page, known))
