"""Which files decide what a macro shows, as the fair gate asks."""

import macros.plugin  # noqa: F401 - importing it registers every macro
from macros.context.registry import files_of_macros
from tests.conftest import ROOT


def test_a_macro_depends_on_its_module_and_on_the_templates_that_its_template_includes() -> None:
    assert {
        "macros/definitions/regulations.py",
        "macros/templates/regulations.html",
        "macros/templates/contact.html",
    } <= files_of_macros()["regulations"]


def test_every_template_belongs_to_a_macro() -> None:
    files = (ROOT / "macros" / "templates").iterdir()  # documents/ has the files beside the pages
    templates = {f"macros/templates/{file.name}" for file in files if file.is_file()}
    assert templates <= frozenset().union(*files_of_macros().values())
