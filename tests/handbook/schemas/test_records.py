"""A schema refuses nothing that the record accepts, and both refuse what is wrong in itself."""

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.content.front_matter import read_front_matter
from handbook.schemas.known_schemas import SCHEMAS
from tests.conftest import ROOT
from tests.handbook.schemas.judges import accepts, complaints, read
from tests.handbook.schemas.test_files import files_of

TRIES = settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
# What somebody may type for any value.
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 70_000),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)),
    st.text(max_size=12),
    st.sampled_from(
        [
            *(
                "",
                " ",
                "x",
                "a b",
                "a-b",
                "<b>",
                "{client}",
                "{x}",
                "a\n",
                "a\nb",
                "en",
                "fr-CA",
                "en_GB",
                "us",
            ),
            *("911", "+1 555 0100 ext. 12", "+1 555 0101, poste 7", "112 x1", "12", "(020) 7946-0958"),
            *("press@example.org", " a@b.c ", "a@b", "a@b@c.d", "https://a.org/", "https://", "http://a.org"),
            *("docs/law/photos.md", "docs/a.md#b", "/law/a.md", "docs/a.md#", "policy/gifts/", "a.html"),
            *("#1b365d", "#1b365", "HANDBOOK_MAIL_USER", "HOME", "America/New_York", "UTC", "github:name"),
            *("SHA256:" + "a" * 43, "sha256:" + "0" * 64, "v2:sha256:" + "0" * 64, "SHA256:…"),
            *("healthcare", "work", "official", "works", "keep", "unchanged", "fine", "no", "3 months"),
        ]
    ),
    st.lists(st.sampled_from(["en", "us", "x", "work", "photos", "healthcare"]), max_size=3),
    st.dictionaries(st.sampled_from(["en", "fr", "x"]), st.sampled_from(["a", "", "<b>"]), max_size=2),
)
REAL = {name: [read(file) for file in files_of(schema)[:3]] for name, schema in SCHEMAS.items()}
REAL["waiver"] = [
    {
        "page": "docs/a.md",
        "rule": "STR001",
        "reason": "x",
        "approver": "legal-lead",
        "end": datetime.date(2027, 3, 31),
    }
]
REAL["acknowledgement_counts"] = [
    {
        "day": datetime.date(2026, 11, 27),
        "counts": [
            {"audience": "work", "edition": "2026.1", "asked": 200, "accepted": "fewer than 3"},
            {"audience": "managers", "edition": "2026.1", "not_answered": "withheld"},
        ],
    }
]
REAL["editorial_change"] = [
    {
        "date": datetime.date(2026, 11, 3),
        "by": "legal-lead",
        "why": "A word was misspelled.",
        "pages": {"docs/a.md": "sha256:" + "0" * 64},
    }
]


def _small(value: Any) -> Any:
    """Return a value whose lists and groups are short, so that each try is quick.

    Questions lead on to others, and each level of approval has a ground.
    """
    if isinstance(value, dict):
        is_whole = not {"start", "levels", "contacts"}.isdisjoint(value)
        return value if is_whole else {key: _small(inner) for key, inner in list(value.items())[:12]}
    return [_small(item) for item in value[:2]] if isinstance(value, list) else value


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [
        *([path] if path else []),
        *(place for key, inner in items for place in _places(inner, (*path, key))),
    ]


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return a value with another one at a path; without it if that is `...`."""
    key, *rest = path
    inner = _with(value[key], tuple(rest), new) if rest else new
    if isinstance(value, dict):
        return {
            name: inner if name == key else old
            for name, old in value.items()
            if name != key or inner is not ...
        }
    return [
        inner if number == key else old
        for number, old in enumerate(value)
        if number != key or inner is not ...
    ]


def test_every_field_of_a_record_has_a_description() -> None:
    silent = [
        f"{name}: {key}"
        for name, schema in SCHEMAS.items()
        for part in _objects(schema.model.model_json_schema())
        for key, definition in part.get("properties", {}).items()
        if not definition.get("description")
    ]
    assert silent == []


def _objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *schema.get("$defs", {}).values()]


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_a_record_accepts_its_schema_accepts(name: str) -> None:
    model, real = SCHEMAS[name].model, [_small(value) for value in REAL[name]]
    tried = {"accepted": 0, "refused": 0}

    @settings(TRIES, max_examples=60)
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        whole = data.draw(st.sampled_from(real))
        path = data.draw(st.sampled_from(_places(whole)))
        changed = _with(whole, path, data.draw(st.one_of(st.just(...), VALUES)))
        is_accepted = accepts(model, changed)
        tried["accepted" if is_accepted else "refused"] += 1
        if is_accepted:
            assert complaints(name, changed) == []

    hold()
    assert all(tried.values())


# A value of each kind that is wrong in itself, where it is, and a record that has it.
WRONG: dict[str, tuple[str, tuple[Any, ...], Any]] = {
    "sector": ("organization", ("sector",), "hospital"),
    "jurisdiction": ("organization", ("jurisdictions", 0), "mars"),
    "no jurisdiction": ("organization", ("jurisdictions",), []),
    "language": ("organization", ("languages", 0), "english"),
    "mail address": ("organization", ("contacts", "press", "email"), "press"),
    "telephone": ("organization", ("contacts", "press", "phone"), "call us"),
    "number for a telephone": ("organization", ("contacts", "press", "phone"), 15550100),
    "contact": ("owners", ("owners", "legal-lead", "contact"), "law"),
    "address": ("organization", ("intranet",), "www.example.org"),
    "color": ("organization", ("brand", "color"), "blue"),
    "HTML": ("organization", ("name",), "<b>ERN</b>"),
    "empty text": ("organization", ("reply_target",), ""),
    "missing key": ("organization", ("name",), ...),
    "a list for a text": ("organization", ("name",), ["ERN"]),
    "history": ("organization", ("history_names",), "all"),
    "truth": ("owners", ("owners", "legal-lead", "filled"), "perhaps"),
    "number": ("owners", ("escalation", "after_days"), 400),
    "signing key": ("owners", ("platform_keys",), ["SHA256:x"]),
    "holder": ("owners", ("owners", "legal-lead", "holders"), ["Ann"]),
    "page": ("emergency_route", ("emergencies", "hostile-video", "page"), "practice/crisis.md"),
    "day": ("sources", ("sources", "nlra-section-7", "compared"), "yesterday"),
    "kind of source": ("sources", ("sources", "nlra-section-7", "kind"), "blog"),
    "level": ("approvals", ("levels", "violet"), {"name": "Violet", "who": "Nobody"}),
    "fingerprint": ("editorial_change", ("pages", "docs/a.md"), "sha256:0"),
    "unknown key": ("waiver", ("until",), datetime.date(2027, 3, 31)),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_value_is_refused_by_the_record_and_by_its_schema(kind: str) -> None:
    name, path, value = WRONG[kind]
    right = REAL[name][0]
    assert accepts(SCHEMAS[name].model, right)
    holder = right
    for key in path[:-1]:
        holder = holder[key]
    changed = (
        _with(right, path, value)
        if path[-1] in holder or isinstance(path[-1], int)
        else _added(right, path, value)
    )
    assert not accepts(SCHEMAS[name].model, changed)
    assert complaints(name, changed)


def _added(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    key, *rest = path
    return {**value, key: _added(value[key], tuple(rest), new) if rest else new}


PAGES = [read_front_matter(file.read_text("utf-8")).values for file in sorted(ROOT.glob("docs/**/*.md"))[:40]]


def test_the_front_matter_of_each_page_is_valid() -> None:
    assert [problems for values in PAGES if (problems := complaints("front_matter", values))] == []


@pytest.mark.parametrize(
    ("block", "is_right"),
    [
        ("title: A page", True),
        ("title: A <b>page</b>", False),
        ("title: 'A {{ name }}'", False),
        ("owner: a-new-role", True),
        ("owner: [legal-lead]", False),
        ("review_every: 3 months", True),
        ("audience: [work, managers]", True),
        ("audience: work", False),
        ("audience: [staff]", False),
        ("legal_review: 2026-10-09", True),
        ("legal_review: soon", False),
        ("sources: [a-new-source]", True),
        ("sources: []", False),
        ("applies_to: {sectors: [healthcare]}", True),
        ("applies_to: {sector: [healthcare]}", False),
        ("applies_to: {sectors: [hospital]}", False),
        ("hide: [toc]", True),
        ("hide: [search]", False),
        ("asked_as: [sack, {hours: [night]}]", True),
        ("asked_as: {hours: [night]}", False),
        ("autor: legal-lead", False),
    ],
)
def test_front_matter_is_judged_alike(block: str, is_right: bool) -> None:
    page = read_front_matter(f"---\n{block}\n---\nText.\n")
    assert (not page.content_problems) is is_right
    assert (not complaints("front_matter", page.source.data)) is is_right
