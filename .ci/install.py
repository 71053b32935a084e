"""Fill the virtual environment .venv from a pinned and hashed requirements file.

Usage: ``python3 .ci/install.py requirements.txt`` (or ``requirements-dev.txt``, which holds
everything of the first and the tools of the tests). Does nothing when the file is the one that was
installed last. Runs before anything is installed: standard library only, and a syntax that an old
Python still reads, so that it can say what is wrong.
"""

import hashlib
import os
import subprocess
import sys
import venv

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
INCLUDES = {"requirements.txt": [], "requirements-dev.txt": ["requirements.txt"]}


def stamp_of(name):
    """The file that remembers which requirements are installed."""
    return os.path.join(VENV, "installed-" + name + ".sha256")


def wanted(name):
    """What the stamp says when nothing is to be done: these pins, installed by this Python."""
    with open(os.path.join(ROOT, name), "rb") as requirements:
        digest = hashlib.sha256(requirements.read()).hexdigest()
    return digest + " " + ".".join(map(str, sys.version_info[:2])) + "\n"


def is_installed(name):
    """Whether the stamp is that of today's file, in an environment that still runs."""
    try:
        with open(stamp_of(name)) as stamp:
            return stamp.read() == wanted(name) and os.path.exists(PYTHON)
    except FileNotFoundError:
        return False


def install(name):
    """Make the environment if needed, install, and leave the stamps that are now true."""
    library = os.path.join(VENV, "lib", "python" + ".".join(map(str, sys.version_info[:2])))
    if not (os.path.exists(PYTHON) and os.path.isdir(library)):
        print("Making the virtual environment .venv", flush=True)
        venv.create(VENV, with_pip=True, clear=os.path.exists(VENV))
    print("Installing " + name, flush=True)
    for other in INCLUDES:
        if os.path.exists(stamp_of(other)):
            os.remove(stamp_of(other))
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq"]
    result = subprocess.run(
        pip + ["install", "--require-hashes", "--requirement", os.path.join(ROOT, name)]
    )
    if result.returncode:
        sys.exit(name + " could not be installed: pip says why above.")
    for covered in [name] + INCLUDES[name]:
        with open(stamp_of(covered), "w") as stamp:
            stamp.write(wanted(covered))


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything is known
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            "Python 3.11 or later is needed, and this is " + found + ". "
            "Name another one like this: make run PYTHON=python3.12"
        )
    name = sys.argv[1]
    if not is_installed(name):
        install(name)


if __name__ == "__main__":
    main()
