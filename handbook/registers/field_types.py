"""The types of the fields in `organization.yml` and in registers."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Discriminator, Tag, ValidationInfo, WithJsonSchema

from handbook.content.fingerprints import FORM_OF_FINGERPRINTS, is_fingerprint
from handbook.content.languages import is_language
from handbook.registers.schema_hints import Form, Proposes
from handbook.registers.variables import Variables
from handbook.text.characters import plain_characters
from handbook.text.counting import counted
from handbook.text.suggestions import nearest
from handbook.yaml.located import Key, KeyPath
from handbook.yaml.record import Record, RecordProblem

_PAGE_PATH: Final = re.compile(r"docs/[^\s<>{}#?]+\.md")
# What follows a number in English or in French, as in "ext. 12", "x12", or "poste 12".
_FEWEST_DIGITS: Final = 3
_EXTENSION: Final = re.compile(
    r"[ ,;]*(?<![^\W\d_])(?:extension|ext|poste|x)[ .]*(?P<digits>[0-9]{1,10})$", re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^<>]*>|[<>]")
_PORTS: Final = {"type": "integer", "minimum": 1, "maximum": 65535}
_MARKUP: Final = re.compile(rf"\{{\{{.*?\}}\}}|{_TAG.pattern}|[{{}}]")


def _filled(text: str) -> str:
    text = _one_line(text)
    if markup := _MARKUP.search(text):
        raise ValueError(f"must be plain text; take out `{markup.group()}`")
    return text


def _one_line(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValueError("is empty")
    if "\n" in text:
        raise ValueError("must be one line")
    return text


def _filled_in_each_language(text: str | dict[str, str], info: ValidationInfo) -> str | dict[str, str]:
    if isinstance(text, str):
        return _shown(text, None, info)
    if not text:
        raise ValueError("is empty")
    return {language: _shown(translation, language, info) for language, translation in text.items()}


def _shown(text: str, language: str | None, info: ValidationInfo) -> str:
    """Return a text as readers see it, with the variables that the register was read with."""
    if not isinstance(info.context, Variables):
        return _filled(text)
    if tag := _TAG.search(text):
        raise ValueError(f"must be plain text; take out `{tag.group()}`")
    return _one_line(info.context.fill(text, language))


def _mail_address(text: str) -> str:
    name, _, host = _filled(text).partition("@")
    # Some of these would add a recipient or a header to a letter, or to what a link opens.
    if not name or "." not in host or any(c.isspace() or c in '@?,;:"()[]\\' for c in name + host):
        raise ValueError("is not a mail address")
    return text


def is_short_name(text: str) -> bool:
    """Tell whether a text can be the name of a record."""
    return bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text))


def _short_name(text: str) -> str:
    if not is_short_name(text):
        raise ValueError("is not a short name; write lower-case words with hyphens, such as `birthday-photo`")
    return text


def _page_path(text: str) -> str:
    if not _PAGE_PATH.fullmatch(text):
        raise ValueError(_not_a_path(text))
    return text


def _not_a_path(text: str) -> str:
    """Say which path was meant by one of Windows, by one below `docs/`, or by the address of a page."""
    path, mark, anchor = text.partition("#")
    path = re.sub(r"(?:\.md|\.html?|/)$", ".md", path.replace("\\", "/"), flags=re.IGNORECASE)
    path = re.sub(r"^(?:\.?/)?(?:docs/)?", "docs/", path)
    meant = f"; did you mean '{path}{mark}{anchor}'?" if _PAGE_PATH.fullmatch(path) else ""
    return f"is not the path of a page{meant}"


def _page_place(text: str) -> str:
    path, mark, anchor = text.partition("#")
    if not _PAGE_PATH.fullmatch(path):
        raise ValueError(_not_a_path(text))
    if mark and (not anchor or any(character.isspace() or character in "#<>{}" for character in anchor)):
        raise ValueError("has no anchor after #; copy it from the address of the page, or take out the #")
    return text


def _telephone(text: str) -> str:
    if _is_telephone(text):
        return text
    typed = " ".join(plain_characters(text).split())
    if _is_telephone(typed):
        raise ValueError(f"has characters that are not those of the keyboard; did you mean '{typed}'?")
    raise ValueError('is not a telephone number; an extension follows the number: "+1 555 0100 ext. 12"')


def _is_telephone(text: str) -> bool:
    number, _ = parts_of_telephone(text)
    has_others = number.strip("+0123456789 ()-.")
    return not has_others and sum(character.isdigit() for character in number) >= _FEWEST_DIGITS


def parts_of_telephone(text: str) -> tuple[str, str | None]:
    """Return a telephone number, and the digits of its extension or None."""
    extension = _EXTENSION.search(text)
    return (text[: extension.start()], extension["digits"]) if extension else (text, None)


def _field_name(text: str) -> str:
    """Accept what forms name their fields, and nothing that could begin another field."""
    if not re.fullmatch(r"[A-Za-z0-9_.:\[\]-]+", text, re.ASCII):
        raise ValueError("is not the name of a field; copy it from the address of a form that was filled in")
    return text


def _web_address(text: str) -> str:
    host = _filled(text).removeprefix("https://").partition("/")[0]
    if not text.startswith("https://") or not host or any(c in text for c in " \"'`\\"):
        raise ValueError("is not an address that begins with https://")
    return text


def _outside_address(text: str) -> str:
    """Accept http, too: some of what others published long ago is not served otherwise."""
    try:
        _web_address(text.replace("http://", "https://", 1))
    except ValueError:
        raise ValueError("is not an address that begins with https:// or http://") from None
    return text


def _time_zone(text: str) -> str:
    try:
        return ZoneInfo(_filled(text)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"is not a known time zone; {_zone_meant(text)}") from None


def _zone_meant(text: str) -> str:
    """Return the zone of the city that a text names, or the nearest zone."""
    zones = [zone for zone in available_timezones() if "/" in zone]
    city = text.strip().replace(" ", "_").casefold()
    of_city = [zone for zone in zones if zone.rpartition("/")[2].casefold() == city]
    meant = min(of_city, key=len) if of_city else nearest(text, zones)
    return f"did you mean '{meant}'?" if meant else "use Region/City"


def _language(code: str) -> str:
    language, _, region = code.replace("_", "-").partition("-")
    written = f"{language.lower()}-{region.upper()}".rstrip("-")
    if len(region) in (0, 2) and code != written and is_language(written):
        raise ValueError(f"is '{code}'; did you mean '{written}'?")
    if not is_language(code):
        raise ValueError(f"is '{code}', which is not the code of a language")
    return code


def _mail_variable(text: str) -> str:
    """Accept no other variable: whoever edits the file could have any secret of the machine sent anywhere."""
    if not re.fullmatch(r"HANDBOOK_MAIL_[A-Za-z0-9_]+", text, re.ASCII):
        raise ValueError(
            "is not the name of a variable for mail; name one that begins with HANDBOOK_MAIL_, such as"
            " HANDBOOK_MAIL_USER, and keep the value itself out of files"
        )
    return text


def _port(number: int) -> int:
    if not 0 < number < 65536:
        raise ValueError("is not a port, which is between 1 and 65535")
    return number


def _color(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError('is not a color; write it in quotes, as # and six digits, such as "#1b365d"')
    return text.lower()


def _fingerprint(text: str) -> str:
    if not is_fingerprint(text):
        raise ValueError("is not a fingerprint; `handbook review fingerprint PAGE` prints one")
    return text


ShortName: TypeAlias = Annotated[
    str,
    AfterValidator(_short_name),
    Form("^[a-z0-9]+(-[a-z0-9]+)*$", "Write lower-case words with hyphens, such as birthday-photo."),
]
PagePath: TypeAlias = Annotated[
    str,
    AfterValidator(_page_path),
    Form(r"^docs/[^\s<>{}#?]+\.md$", "Write the path of a page, such as docs/law/photos.md."),
]
# The path of a page, or of a heading on it: `docs/law/photos.md#birthday-party`.
PagePlace: TypeAlias = Annotated[
    str,
    AfterValidator(_page_place),
    Form(
        r"^docs/[^\s<>{}#?]+\.md(#[^\s#<>{}]+)?$",
        "Write the path of a page, with an anchor if you like: docs/law/photos.md#birthday-party.",
    ),
]
Line: TypeAlias = Annotated[
    str, AfterValidator(_filled), Form(r"^(?!\s*$)[^<>{}]+$", "Write one line of plain text.")
]
# A role of registers/owners.yml, a platform of registers/platforms.yml, and so on. The check compares them.
RoleName: TypeAlias = Annotated[Line, Proposes("role")]
PlatformName: TypeAlias = Annotated[Line, Proposes("platform")]
PlatformSectionName: TypeAlias = Annotated[Line, Proposes("platform_section")]
SourceName: TypeAlias = Annotated[Line, Proposes("source")]
MailAddress: TypeAlias = Annotated[
    str,
    AfterValidator(_mail_address),
    Form(
        r"""^\s*[^\s@?,;:"()\[\]\\<>{}]+@[^\s@?,;:"()\[\]\\<>{}]*\.[^\s@?,;:"()\[\]\\<>{}]*\s*$""",
        "Write a mail address, such as press@example.org.",
    ),
]
Telephone: TypeAlias = Annotated[
    str,
    AfterValidator(_telephone),
    Form(
        r"^(?=(?:[^0-9]*[0-9]){3})[-+0-9 ().]+"
        r"([ ,;]*([Ee][Xx][Tt]([Ee][Nn][Ss][Ii][Oo][Nn])?|[Pp][Oo][Ss][Tt][Ee]|[Xx])[ .]*[0-9]{1,10})?$",
        'Write a telephone number in quotes. An extension follows it: "+1 555 0100 ext. 12".',
    ),
]
WebAddress: TypeAlias = Annotated[
    str,
    AfterValidator(_web_address),
    Form(r"""^https://[^/ "'`\\<>{}][^ "'`\\<>{}]*$""", "Write an address that begins with https://."),
]
OutsideAddress: TypeAlias = Annotated[
    str,
    AfterValidator(_outside_address),
    Form(
        r"""^https?://[^/ "'`\\<>{}][^ "'`\\<>{}]*$""",
        "Write an address that begins with https:// or http://.",
    ),
]
TimeZone: TypeAlias = Annotated[
    str,
    AfterValidator(_time_zone),
    Form(r"^\s*[A-Za-z0-9_+/-]+\s*$", "Write a time zone as Region/City, such as America/New_York."),
]
MailVariable: TypeAlias = Annotated[
    str,
    AfterValidator(_mail_variable),
    Form("^HANDBOOK_MAIL_[A-Za-z0-9_]+$", "Write the name of a variable that begins with HANDBOOK_MAIL_."),
]
Language: TypeAlias = Annotated[
    str,
    AfterValidator(_language),
    Form(
        "^([a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?|[a-z]{2}_[A-Z]{2})$",
        "Write the code of a language, such as en, fr, or en-GB.",
    ),
]
FieldName: TypeAlias = Annotated[
    str,
    AfterValidator(_field_name),
    Form(
        r"^[A-Za-z0-9_.:\[\]-]+$", "Copy the name of the field from the address of a form that was filled in."
    ),
]
Color: TypeAlias = Annotated[
    str,
    AfterValidator(_color),
    Form("^#[0-9a-fA-F]{6}$", 'Write a color in quotes, as # and six digits, such as "#1b365d".'),
]
Fingerprint: TypeAlias = Annotated[
    str,
    AfterValidator(_fingerprint),
    Form(FORM_OF_FINGERPRINTS, "Write the fingerprint that `handbook review fingerprint PAGE` prints."),
]
Port: TypeAlias = Annotated[int, AfterValidator(_port), WithJsonSchema(_PORTS)]
# Words that only the search reads, in one list, or in one for each language.
StaffWords: TypeAlias = Annotated[
    Annotated[list[Line], Tag("one list")] | Annotated[dict[Language, list[Line]], Tag("by language")],
    Discriminator(lambda words: "by language" if isinstance(words, dict) else "one list"),
]
# Written once, or once for each language.
Text: TypeAlias = Annotated[str | dict[str, str], AfterValidator(_filled_in_each_language), Proposes("text")]


def staff_words(words: StaffWords, language: str) -> list[str]:
    """Return the words in a language; one list without a language serves all."""
    return words if isinstance(words, list) else words.get(language, [])


def wordings(text: str | Mapping[str, str]) -> list[str]:
    """Return a text in each language that it is written in."""
    return [text] if isinstance(text, str) else list(text.values())


def untranslated(record: Record, languages: Sequence[str]) -> Iterator[RecordProblem]:
    """Find the texts of a record that are written by language and lack one: the first, and how many."""
    for language in languages:
        lacking = [(path, text) for path, text in texts_by_language(record) if language not in text]
        if lacking:
            path, text = lacking[0]
            others = f", as {counted(len(lacking) - 1, 'more text')} of this file" if lacking[1:] else ""
            instead = next((key for key in text if key not in languages), None)
            remedy = f"add `{language}: …`{' to each' if others else ''}"
            if instead and not others:
                remedy = f"write `{language}:` in place of `{instead}:`, or add `{language}: …`"
            yield path, f"has no {language} text, only {', '.join(text)}{others}; {remedy}"


def texts_by_language(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, dict[str, str]]]:
    """Yield every text that is written by language, with its path."""
    if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
        yield path, value
    else:
        for key, inner in _parts(value):
            yield from texts_by_language(inner, (*path, key))


def _parts(value: object) -> Iterable[tuple[Key, object]]:
    if isinstance(value, Record):
        return ((name, getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()
