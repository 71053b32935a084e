"""Sets up both servers, drives them in turn and prints the table."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

from tests import environments
from tests.servers import free_port, running

ROUNDS = 5
REQUESTS = 800  # at most, a page and round
SECONDS = 2.0  # at most, a page and round
PATIENT = "bench@clinic.example"
RENAME = """
import django
django.setup()
from education.people.models import User
User.objects.filter(email="patient-left@clinic.example").update(email="bench@clinic.example")
"""
# A browser behind the proxy: it asks for compressed pages, which the site sends and the
# yardstick does not. That work counts against the site.
BROWSER = ["Accept-Encoding: gzip", "X-Forwarded-Proto: https", "X-Forwarded-For: 127.0.0.1"]


@dataclass
class Server:
    """A running gunicorn: where it listens and what it has used."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of the server and its workers so far; 0 where /proc does not exist."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                numbers = stat.read_text().rpartition(")")[2].split()
            except OSError:  # a process that has ended since
                continue
            if self.pid in (int(stat.parent.name), int(numbers[1])):
                ticks += int(numbers[11]) + int(numbers[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass
class Page:
    """One page, and what was measured of it in every round."""

    name: str
    server: Server
    path: str
    headers: list[str]
    goal: float | None = None
    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def drive(self, requests: int = REQUESTS, seconds: float = SECONDS) -> None:
        """One round, from a process of its own."""
        before = self.server.cpu_seconds()
        driver = [sys.executable, "-m", "tests.bench.drive", str(self.server.port), self.path]
        output = subprocess.run(
            [*driver, str(requests), str(seconds), *self.headers],
            cwd=environments.ROOT,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
        result = json.loads(output)
        if result["problems"] or not result["times"]:
            sys.exit(f"{self.name} {self.path}: {result['problems'][:1] or 'no answer'}")
        self.cpu += self.server.cpu_seconds() - before
        self.times += result["times"]
        self.rates.append(len(result["times"]) / result["seconds"])

    def forget(self) -> None:
        """Throw away what was measured while warming up."""
        self.rates, self.times, self.cpu = [], [], 0.0


def command(*arguments: str, env: dict[str, str]) -> str:
    """Run Python and return what it printed; ends the bench with its words when it fails."""
    result = environments.python(*arguments, env=env, timeout=120)
    if result.returncode:
        sys.exit(result.stderr or result.stdout)
    return result.stdout


@contextmanager
def serving(application: list[str], env: dict[str, str]) -> Iterator[Server]:
    """gunicorn with the site's own configuration, on a free port of this machine."""
    port = free_port()
    server = ["-m", "gunicorn", "--config", "python:clinic.gunicorn_conf", "--log-level", "warning"]
    env = {**env, "CLINIC_BIND": f"127.0.0.1:{port}"}
    with running(*server, *application, env=env, port=port) as process:
        yield Server(port, process.pid)


def set_up_site(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The demo clinic in a folder of its own; its production environment, and a log-in."""
    env = environments.production(CLINIC_VAR_DIR=str(folder / "site"), CLINIC_TRUSTED_PROXIES="1")
    demo = env | environments.DEVELOPMENT
    for step in (["migrate", "--verbosity=0"], ["createcachetable"], ["load_demo"]):
        command("manage.py", *step, env=demo)
    # A production site lets no demo person in; this one is measured under another address.
    command("-c", RENAME, env=env)
    command("manage.py", "compile_static", env=env)
    return env, json.loads(command("-m", "tests.bench.log_in", PATIENT, env=env))


def set_up_bare(folder: Path, size: int) -> tuple[dict[str, str], dict[str, str]]:
    """The yardstick with a page of ``size`` bytes; its environment, and a log-in."""
    env = environments.production(
        BENCH_VAR_DIR=str(folder), DJANGO_SETTINGS_MODULE="tests.bench.bare"
    )
    command("-m", "django", "migrate", "--verbosity=0", env=env)
    create = "import django; django.setup(); from django.contrib.auth.models import User;"
    command("-c", f"{create} User.objects.create_user({PATIENT!r}, first_name='Lee')", env=env)
    write = "from tests.bench import bare; import sys; bare.write_template(int(sys.argv[1]))"
    command("-c", write, str(size), env=env)
    return env, json.loads(command("-m", "tests.bench.log_in", PATIENT, env=env))


def size_of(server: Server, path: str, *headers: str) -> int:
    """Bytes of a page before compression."""
    request = Request(f"http://localhost:{server.port}{path}")
    for line in headers:
        name, _, value = line.partition(": ")
        request.add_header(name, value)
    with urlopen(request, timeout=30) as answer:
        if answer.url != request.full_url:
            sys.exit(f"{path} leads to {answer.url}: the log-in did not work.")
        return len(answer.read())


def table(pages: list[Page], sizes: dict[str, int]) -> Iterator[str]:
    """The lines of the report; the first page is the yardstick."""
    heads = ["bytes", "req/s", "p50 ms", "p99 ms", "CPU-ms", "ratio", "goal"]
    yield f"{'page':<20}" + "".join(f"{head:>9}" for head in heads)
    bare = pages[0]
    for page in pages:
        percentiles = statistics.quantiles(page.times, n=100)
        ratio = statistics.median(a / b for a, b in zip(page.rates, bare.rates, strict=True))
        numbers = [
            statistics.median(page.rates),
            percentiles[49] * 1000,
            percentiles[98] * 1000,
            page.cpu / len(page.times) * 1000,
            ratio,
        ]
        line = f"{page.name:<20}{sizes[page.name]:>9}" + "".join(f"{n:>9.2f}" for n in numbers)
        if page.goal is not None:
            line += f"{page.goal:>9.2f}  {'reached' if ratio >= page.goal else 'MISSED'}"
        yield line


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clinic-bench-")))
        print("Setting up the demo clinic and the bare page", flush=True)
        env, patient = set_up_site(folder)
        site = stack.enter_context(serving([], env))
        cookie = f"Cookie: {patient['cookie']}"
        pages = [
            Page("/plan/", site, "/plan/", [*BROWSER, cookie], 0.6),
            Page("progress", site, "/progress/", [*BROWSER, cookie]),
            Page("article", site, patient["article"], BROWSER, 0.8),
            Page("log-in page", site, "/accounts/login/", BROWSER, 0.4),
        ]
        plain = BROWSER[1:]
        sizes = {page.name: size_of(site, page.path, *plain, *page.headers[3:]) for page in pages}
        env, person = set_up_bare(folder, sizes["/plan/"])
        server = stack.enter_context(serving(["tests.bench.wsgi:application"], env))
        headers = [*BROWSER, f"Cookie: {person['cookie']}"]
        pages.insert(0, Page("bare Django page", server, "/", headers))
        sizes["bare Django page"] = size_of(server, "/", headers[3])
        for page in pages:
            page.drive(requests=100)
            page.forget()
        print(f"Driving {len(pages)} pages in turn, {ROUNDS} rounds", flush=True)
        for _ in range(ROUNDS):
            for page in pages:
                page.drive()
        print(*table(pages, sizes), sep="\n")
    print("\nTwo years of a diary, one reader at a time", flush=True)
    print(command("-m", "tests.bench.diary", env={}), end="")


if __name__ == "__main__":
    main()
