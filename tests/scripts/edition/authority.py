"""A timestamp authority on this machine: `openssl ts`, behind a small web server that can also misbehave."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIGURATION = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Nobody
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[authority]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """An authority in a folder, with its root certificate `root`."""

    def __init__(self, folder: Path, name: str = "Example Time") -> None:
        self._folder = folder
        folder.mkdir()
        (folder / "tsa.cnf").write_text(_CONFIGURATION, encoding="utf-8")
        (folder / "serial").write_text("01\n", encoding="utf-8")
        new_key = ("-newkey", "rsa:2048", "-nodes", "-config", "tsa.cnf", "-days", "30")
        root = ("-x509", "-extensions", "root", "-subj", f"/CN={name} root", "-keyout", "root.key")
        self.openssl("req", *new_key, *root, "-out", "root.pem")
        signer = ("-subj", f"/CN={name}", "-keyout", "tsa.key", "-out", "tsa.csr")
        self.openssl("req", *new_key[:-2], *signer)
        by_root = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30")
        extensions = ("-extfile", "tsa.cnf", "-extensions", "authority")
        self.openssl("x509", "-req", "-in", "tsa.csr", *by_root, *extensions, "-out", "tsa.pem")
        self.root = folder / "root.pem"

    def stamp(self, query: bytes) -> bytes:
        """Answer a query, as an honest authority does."""
        (self._folder / "query.tsq").write_bytes(query)
        signing = ("-config", "tsa.cnf", "-section", "tsa", "-signer", "tsa.pem", "-inkey", "tsa.key")
        self.openssl("ts", "-reply", "-queryfile", "query.tsq", *signing, "-out", "answer.tsr")
        return (self._folder / "answer.tsr").read_bytes()

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self._folder, check=True, capture_output=True)


@contextmanager
def serving(answer: Callable[[bytes], bytes], pause: float = 0, status: int = 200) -> Iterator[str]:
    """Serve answers to queries; yield the address. With a pause, each byte is sent after it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()
            for start in range(0, len(body), 1 if pause else len(body)):
                time.sleep(pause)
                try:
                    self.wfile.write(body[start : start + (1 if pause else len(body))])
                    self.wfile.flush()
                except OSError:
                    return  # Whoever asked did not wait.

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stamp"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
