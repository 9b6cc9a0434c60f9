"""The rules find most of what guidance called unlawful, and little of what it called lawful."""

from scripts.development.wording_scores import private_employers, read_clauses, score


def test_cross_validation_finds_most_unlawful_clauses_and_flags_few_lawful_ones() -> None:
    """Each clause, whole and uncontested, is judged by triggers whose author had not read it."""
    clauses = [clause for clause in read_clauses() if clause.counts]
    measured = score(clauses, private_employers(), crosses=True)
    assert (measured.recall or 0) >= 0.8, str(measured)
    assert (measured.false_alarms or 0) <= 0.2, str(measured)
