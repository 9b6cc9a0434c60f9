"""Tables of Markdown are prepared for a phone."""

from macros.presentation.table_regions import with_regions

SIGNS = {"You may": "may", "Do not": "never"}
HEAD = "<thead><tr><th>{}</th><th>{}</th></tr></thead>"


def test_a_cell_carries_the_heading_of_its_column_and_its_sign() -> None:
    rows = (
        '<tbody><tr><td>a</td><td style="text-align: left">b</td></tr><tr><td>c</td><td>d</td></tr></tbody>'
    )
    shown = with_regions(f"<table>{HEAD.format('You may', 'Then')}{rows}</table>", SIGNS)
    assert shown.count('<td data-label="You may" data-sign="may">') == 2
    assert '<td data-label="Then" style="text-align: left">b' in shown
    assert shown.startswith('<div class="table-region"><table class="records-table">')


def test_a_heading_is_escaped() -> None:
    shown = with_regions(f"<table>{HEAD.format('<b>R&amp;D</b> &quot;x&quot;', 'B')}<td>a</table>", SIGNS)
    assert '<td data-label="R&amp;D &quot;x&quot;">a' in shown


def test_a_wide_table_scrolls_and_a_table_of_a_macro_is_left_alone() -> None:
    wide = f"<table>{'<th>x</th>' * 5}<td>a</table>"
    assert with_regions(wide, SIGNS) == f'<div class="table-region">{wide}</div>'
    own = '<table class="data-table"><td>a</table>'
    assert with_regions(own, SIGNS) == own
