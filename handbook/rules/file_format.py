"""FMT: files can be read, front matter is valid, and nothing published runs in a browser."""

from collections.abc import Iterator, Sequence

from handbook.content.assets import danger_of
from handbook.content.file_names import Misnamed
from handbook.content.pages import Page, cannot_be_read
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule


@rule("FMT001", "Page file can be read", severity=Severity.ERROR, reads_broken_pages=True)
def file_can_be_read(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """If MkDocs cannot parse the front matter, it prints it as text at the top of the page.

    Save the file as UTF-8. It must begin with front matter: valid YAML keys and values, under 32 kB,
    without anchors (`&name`) or aliases (`*name`). It must not contain control characters, or marks that
    show letters in another order than they are written, because readers would see another text than
    reviewers. A mistake in `organization.yml`, `mkdocs.yml`, or a register is found by this rule, too; then
    nothing else is.

    Bad:  `title: Who may post: everybody`
    Good: `title: "Who may post: everybody"`
    """
    yield from page.front_matter.form_problems


@rule("FMT002", "Front matter has only known keys and valid values", severity=Severity.ERROR)
def front_matter_is_known(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A misspelled key has no effect: the page looks complete, but its setting is ignored.

    Each key must be a known one, appear only once, and have a value of the right type.

    Bad:  `Owner: people-lead`
    Good: `owner: people-lead`
    """
    yield from page.front_matter.content_problems


@rule("FMT003", "Published file runs no code in a browser", severity=Severity.ERROR)
def published_files_are_harmless(handbook: Handbook) -> Iterator[Problem]:
    """Files in `docs/` that are not pages are published unchanged, at the handbook's own address.

    A web page or a script from someone else would run there with the rights of the handbook. Images,
    PDF files, office documents without macros, text files, tables, subtitles, audio and video are
    allowed. An SVG drawing must not contain a script, an event handler, a foreign element, an
    animation, or an address outside itself, and must not make a browser draw more than 50,000 elements.
    Anything else stops the build, including a symbolic link, and cannot be waived.

    Bad:  `docs/resources/form.html`
    Good: `docs/resources/form.pdf`
    """
    for asset in handbook.assets:
        try:
            message = danger_of(asset)
        except OSError as error:
            message = cannot_be_read(error.strerror)
        if message:
            yield Problem(1, message, path=asset.path)


@rule("FMT004", "A file's name does not keep it off the site", severity=Severity.ERROR)
def names_are_published(misnamed: Sequence[Misnamed]) -> Iterator[Problem]:
    """A page with the wrong name is neither published nor checked, and nobody notices.

    `travel.hr.md` is a page in Croatian to MkDocs, and is left out unless `languages` in
    `organization.yml` lists `hr`; `office.is.png` is left out as a picture in Icelandic. Names and
    folders that begin with a dot, the folder `docs/templates/`, `README.md` beside `index.md`, and
    endings such as `.MD` are left out, too, and of `work.md` and `work/index.md`, which have the same
    address, one. `docs/policy/` and `docs/Policy/` are the same folder on some computers, and two on others,
    so that only the first spelling may exist. A name with a line break, a backslash, a colon, a hyphen at its
    beginning, or bytes that are not UTF-8 stops other programs, and one such as `aux.md` or `what?.md` cannot
    be saved on Windows. A page that `exclude_docs` or `draft_docs` in `mkdocs.yml` leaves out is a warning,
    and a translation beside its original, into a language that is not listed, a notice.

    Bad:  `docs/practice/travel.hr.md`
    Good: `docs/practice/travel-hr.md`
    """
    for file in misnamed:
        yield Problem(1, file.reason, severity=file.severity, path=file.path)
