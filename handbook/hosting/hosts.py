"""What each kind of host needs in the repository, and what its owner does next.

The files of servers come from `deploy/`, where they are as they are tested, with addresses that are examples.
Those of GitHub and GitLab are the workflows of this repository itself.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from handbook.errors import HandbookError
from handbook.hosting.headers import NO_FRAMES

SHIPPED: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = "hosting"
_EXAMPLE: Final = "handbook.example.org"
_EXAMPLE_API: Final = "https://git.example.org"
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_SERVER: Final = MappingProxyType(
    {
        "deploy/server/publish": f"{FOLDER}/publish",
        "deploy/systemd": f"{FOLDER}/systemd",
    }
)
_GITHUB: Final = ".github/workflows/publish-handbook.yml"
_GITLAB: Final = ".gitlab/ci/publish-handbook.yml"


@dataclass(frozen=True, slots=True)
class Host:
    """A kind of host: where its shipped files and folders go, and whether people can sign on there."""

    title: str
    files: Mapping[str, str]
    next_step: str
    signs_on: bool = False


HOSTS: Final[Mapping[str, Host]] = MappingProxyType(
    {
        "nginx": Host(
            "nginx",
            {"deploy/nginx": f"{FOLDER}/nginx", **_SERVER},
            f"on the server, copy {FOLDER}/nginx/handbook to /etc/nginx/ and {FOLDER}/nginx/handbook.conf to "
            f"/etc/nginx/sites-enabled/, and the files in {FOLDER}/systemd to /etc/systemd/system/",
            signs_on=True,
        ),
        "apache": Host(
            "Apache",
            {"deploy/apache": f"{FOLDER}/apache", **_SERVER},
            f"on the server, copy {FOLDER}/apache/handbook to /etc/apache2/, {FOLDER}/apache/handbook.conf "
            f"to /etc/apache2/sites-enabled/, and the files in {FOLDER}/systemd to /etc/systemd/system/",
            signs_on=True,
        ),
        "github-pages": Host(
            "GitHub Pages",
            {_GITHUB: _GITHUB},
            "in the settings of the repository, choose GitHub Actions under Pages, allow tags edition-* "
            "to deploy under Environments, github-pages, and add the variable HANDBOOK_PAGES with the value "
            "yes",
        ),
        "gitlab-pages": Host(
            "GitLab Pages",
            {_GITLAB: _GITLAB},
            "add a pipeline that runs every day, and the variables HANDBOOK_TOKEN, a token that may write to "
            f"the repository, and HANDBOOK_PAGES, with the value yes; .gitlab-ci.yml includes {_GITLAB}",
        ),
        "headers": Host(
            "a host that reads a file _headers",
            {"deploy/headers/build": f"{FOLDER}/build"},
            f"tell the host to run `sh {FOLDER}/build` and to publish the folder public",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What an organization decides: the name of its server, who may frame it, and whether people sign on.

    `editor_api` is the host of the API through which the editor saves; nothing if there can be none.
    """

    name: str = _EXAMPLE
    frames: str = NO_FRAMES
    signs_on: bool = False
    editor_api: str = ""

    @property
    def is_example(self) -> bool:
        """Tell whether the name is still that of the example."""
        return self.name == _EXAMPLE


def server_name(given: str | None, address: str | None) -> str:
    """Return the name of the server: as given, else that of the handbook's address, else an example.

    Raises:
        HandbookError: if it is not the name of a server.

    """
    name = given or (urlsplit(address).hostname if address else None) or _EXAMPLE
    if not _NAME.fullmatch(name.lower()):
        raise HandbookError(f"'{name}' is not the name of a server; write --name handbook.example.org")
    return name.lower()


def files_for(host: Host, choices: Choices) -> dict[str, bytes]:
    """Return the files that a host needs, by their paths in the repository.

    Raises:
        HandbookError: if people are to sign on at a host that cannot ask them to, or files are missing here.

    """
    if choices.signs_on and not host.signs_on:
        able = " or ".join(name for name, each in HOSTS.items() if each.signs_on)
        raise HandbookError(f"{host.title} cannot ask people to sign on by files of yours; choose {able}")
    missing = [source for source in host.files if not (SHIPPED / source).exists()]
    if missing:
        raise HandbookError(
            f"this installation lacks {', '.join(missing)}; take it from the release of the tool that you use"
        )
    return {
        target: _adapted(file.read_text(encoding="utf-8"), choices).encode()
        for source, place in host.files.items()
        for target, file in _shipped(source, place, signs_on=choices.signs_on)
    }


def _shipped(source: str, place: str, *, signs_on: bool) -> Iterator[tuple[str, Path]]:
    """Yield where each shipped file goes; of the two forms of a server, the one that was chosen."""
    start = SHIPPED / source
    if start.is_file():
        yield place, start
    for file in sorted(start.rglob("*")):
        if file.is_file() and _is_wanted(file.name, signs_on=signs_on):
            inside = file.relative_to(start).as_posix()
            yield f"{place}/{inside.replace('handbook-sign-on', 'handbook')}", file


def _is_wanted(name: str, *, signs_on: bool) -> bool:
    return name != "handbook.conf" if signs_on else "sign-on" not in name


def _adapted(text: str, choices: Choices) -> str:
    values = {
        _EXAMPLE: choices.name,
        f'"{NO_FRAMES}"': f'"{choices.frames}"',
        f'"{_EXAMPLE_API}"': f'"{choices.editor_api}"',
    }
    for example, value in values.items():
        text = text.replace(example, value)
    return text
