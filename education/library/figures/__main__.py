"""`python -m education.library.figures`: write the pictures without starting Django."""

from pathlib import Path

from .files import write_figures

if __name__ == "__main__":
    print(f"{write_figures(Path('static'))} files changed.")
