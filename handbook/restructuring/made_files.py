"""Renews the files that are made from pages and registers, so that they follow a change of these."""

from handbook.registers.all_registers import read_registers
from handbook.registers.code_owners import is_ours, outdated_files
from handbook.restructuring.change_plan import ChangePlan
from handbook.restructuring.drafted_handbook import drafted_pages
from handbook.schemas.schema_files import renewed_proposals


def plan_made_files(plan: ChangePlan) -> None:
    """Write what editors propose and who has to agree to a change, where the handbook keeps such files.

    A CODEOWNERS file that somebody wrote by hand stays as it is.

    Raises:
        HandbookError: if a register would have a mistake.

    """
    draft = plan.draft
    for path, text in {**renewed_proposals(draft), **_code_owners(plan)}.items():
        draft.write(path, text, f"{path}: made again")


def _code_owners(plan: ChangePlan) -> dict[str, str]:
    registers = read_registers(plan.draft)
    kept = registers.code_owners
    if not kept.texts or not all(map(is_ours, kept.texts.values())):
        return {}
    pages = drafted_pages(plan.before, plan.draft, registers)
    made = outdated_files(pages, registers.owners, kept, plan.before.today)
    return {path: text for path, text in made.items() if plan.draft.read(path) is not None}
