"""Servers of the site in processes of their own, as they run outside the tests."""

import base64
import hashlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat

from tests import environments
from tests.environments import ROOT

PATIENCE = 60  # seconds a server gets to start


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*arguments: str, env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with ``arguments``: a server that is ready once it takes connections on ``port``.

    Raises RuntimeError when it ends before, or is not ready in time.
    """
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL
    )
    try:
        _wait_for(process, port)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it was ready.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start in time.")


@dataclass(frozen=True)
class Site:
    """A site that is being served: its address, and the environment of its commands."""

    address: str
    env: dict[str, str]

    def command(self, *arguments: str) -> str:
        """Run Python in this site's environment and return what it said.

        Raises RuntimeError, with the command's own words, when it fails.
        """
        result = environments.python(*arguments, env=self.env)
        if result.returncode:
            raise RuntimeError(result.stderr or result.stdout)
        return result.stdout


@contextmanager
def demo_clinic(folder: Path) -> Iterator[Site]:
    """The demo clinic as ``make run`` serves it, with its data in ``folder``."""
    port = free_port()
    env = environments.development(CLINIC_VAR_DIR=str(folder), PORT=str(port))
    with running("manage.py", "serve", env=env, port=port):
        yield Site(f"http://localhost:{port}", env)


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate for localhost: its files, and the digest by which to trust it."""

    certificate: Path
    key: Path
    spki: str  # base64 of the SHA-256 of its public key, as Chromium asks for it


def make_certificate(folder: Path) -> Certificate:
    """Write a key and a certificate of one day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "localhost.crt", folder / "localhost.key"
    pem.write_bytes(certificate.public_bytes(Encoding.PEM))
    private.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Certificate(pem, private, base64.b64encode(hashlib.sha256(public).digest()).decode())


@contextmanager
def production_clinic(folder: Path, certificate: Certificate, mail_port: int) -> Iterator[Site]:
    """An empty clinic under production settings, behind https, with its data in ``folder``.

    Mail goes to the mail server on ``mail_port``, once ``db_worker`` runs.
    """
    port = free_port()
    env = environments.production(
        CLINIC_VAR_DIR=str(folder),
        CLINIC_SITE_URL=f"https://localhost:{port}",
        CLINIC_ALLOWED_HOSTS="localhost",
        CLINIC_EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
        CLINIC_BIND=f"127.0.0.1:{port}",
    )
    site = Site(f"https://localhost:{port}", env)
    for step in (["migrate", "--verbosity=0"], ["createcachetable"], ["compile_static"]):
        site.command("manage.py", *step)
    server = ["-m", "gunicorn", "--config", "python:clinic.gunicorn_conf", "--log-level", "warning"]
    tls = ["--certfile", str(certificate.certificate), "--keyfile", str(certificate.key)]
    with running(*server, *tls, env=env, port=port):
        yield site
