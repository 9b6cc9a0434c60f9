"""Puts each table that Markdown made into a region of its own, so that it scrolls alone if it is too wide."""


def in_regions(html: str) -> str:
    """Return cleaned HTML with a region around each table without a class; those of macros have one."""
    pieces = html.split("<table>")
    wrapped = (piece.replace("</table>", "</table></div>", 1) for piece in pieces[1:])
    return '<div class="table-region"><table>'.join([pieces[0], *wrapped])
