"""The real nginx and the real Apache with the shipped configurations, on ports of this computer."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.setup.servers import FOLDER
from tests.conftest import ROOT

NAME: Final = "handbook.example.org"
SITE: Final = "/srv/handbook/site"
_LIBRARIES: Final = ":".join(
    str(FOLDER / folder)
    for folder in ("usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib")
)
_APACHE_MODULES: Final = (
    *("alias", "mpm_event", "authn_core", "authz_core", "authz_user", "dir", "env", "headers", "mime"),
    *("rewrite", "setenvif", "socache_shmcb", "ssl", "auth_openidc"),
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows, for the name of this computer; both files."""

    chain: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and its port without encryption."""

    port: int
    plain_port: int

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}/"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path exactly as it is written, without following where it leads."""
        context = ssl._create_unverified_context()  # noqa: S323 - its certificate is the test's own
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=20)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=given)
        response = connection.getresponse()
        answer = Answer(
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )
        connection.close()
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shipped(host: str, folder: Path, changes: Mapping[str, str]) -> None:
    """Copy the configuration of a server, with what is another on this computer than at an adopter's.

    A text that is to be changed and is in no file fails the test: it would test something else.
    """
    shutil.copytree(ROOT / "deploy" / host, folder, dirs_exist_ok=True)
    left = set(changes)
    for file in sorted(folder.rglob("*.conf")):
        text = file.read_text(encoding="utf-8")
        for before, after in changes.items():
            if before in text:
                left.discard(before)
                text = text.replace(before, after)
        file.write_text(text, encoding="utf-8")
    assert left == set()


@contextmanager
def nginx(
    folder: Path,
    name: str,
    site: Path,
    certificate: Certificate,
    changes: Mapping[str, str],
    workers: int = 0,
) -> Iterator[Server]:
    """Run nginx with one of the shipped files."""
    port, redirecting = free_port(), free_port()
    shipped(
        "nginx",
        folder,
        {
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
            "listen 80;": f"listen 127.0.0.1:{redirecting};",
            "/etc/ssl/handbook/certificate.pem": str(certificate.chain),
            "/etc/ssl/handbook/key.pem": str(certificate.key),
            SITE: str(site),
            **changes,
        },
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    process = f"worker_processes {workers};\n" if workers else "master_process off;\n"
    places = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        f"{user}{process}daemon off;\npid {folder}/nginx.pid;\nevents {{}}\n"
        f"http {{\n    access_log off;\n{places}    include {name};\n}}\n"
    )
    command = [FOLDER / "usr/sbin/nginx", "-p", folder, "-c", main, "-e", folder / "error.log"]
    with _running(command, (port, redirecting), folder / "error.log") as server:
        yield server


@contextmanager
def apache(
    folder: Path,
    name: str,
    site: Path,
    certificate: Certificate,
    changes: Mapping[str, str],
    port: int | None = None,
) -> Iterator[Server]:
    """Run Apache with one of the shipped files, on a port if one is given."""
    port, redirecting = port or free_port(), free_port()
    shipped(
        "apache",
        folder,
        {
            "*:443": f"127.0.0.1:{port}",
            "*:80": f"127.0.0.1:{redirecting}",
            "/etc/ssl/handbook/certificate.pem": str(certificate.chain),
            "/etc/ssl/handbook/key.pem": str(certificate.key),
            "/etc/apache2/handbook/": f"{folder}/handbook/",
            SITE: str(site),
            **changes,
        },
    )
    modules = FOLDER / "usr/lib/apache2/modules"
    loaded = "".join(f"LoadModule {each}_module {modules}/mod_{each}.so\n" for each in _APACHE_MODULES)
    main = folder / "apache.conf"
    main.write_text(
        f"ServerRoot {folder}\nServerName {NAME}\nPidFile {folder}/apache.pid\nDefaultRuntimeDir {folder}\n"
        f"Listen 127.0.0.1:{port}\nListen 127.0.0.1:{redirecting}\nErrorLog {folder}/error.log\n{loaded}"
        f"TypesConfig /dev/null\nMutex file:{folder}\nInclude {folder}/{name}\n"
    )
    command = [FOLDER / "usr/sbin/apache2", "-f", main, "-D", "FOREGROUND"]
    with _running(command, (port, redirecting), folder / "error.log") as server:
        yield server


@contextmanager
def _running(command: Sequence[object], ports: tuple[int, int], log: Path) -> Iterator[Server]:
    environment = {**os.environ, "LD_LIBRARY_PATH": _LIBRARIES}
    output = log.with_name("output.txt")
    with output.open("wb") as file:
        process = subprocess.Popen(
            [str(part) for part in command], env=environment, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        wait_for(ports[0], process, output, log)
        yield Server(*ports)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, process: "subprocess.Popen[bytes]", *logs: Path) -> None:
    """Wait until somebody answers on a port."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    texts = [log.read_text(errors="replace") for log in logs if log.exists()]
    raise AssertionError("the server did not start:\n" + "\n".join(texts))
