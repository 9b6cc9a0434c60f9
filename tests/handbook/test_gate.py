"""Which files a macro rests on, as the fair gate sees it."""

from handbook.check.change_gate import files_of
from macros import plugin as rendering
from macros.context.registry import MACROS
from tests.conftest import ROOT

REGISTERED = rendering.__all__  # importing it registers every macro


def test_a_macro_rests_on_its_module_and_on_templates_that_its_template_includes() -> None:
    assert {
        "macros/definitions/regulations.py",
        "macros/templates/regulations.html",
        "macros/templates/contact.html",
    } <= files_of(MACROS["regulations"])


def test_every_template_belongs_to_a_macro() -> None:
    files = (ROOT / "macros" / "templates").iterdir()  # documents/ has what stands beside the pages
    templates = {f"macros/templates/{file.name}" for file in files if file.is_file()}
    assert templates <= frozenset().union(*(files_of(macro) for macro in MACROS.values()))
