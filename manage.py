#!/usr/bin/env python
"""Django's command line for the clinic."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command. A setting that is missing ends it with one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"The site cannot start. {problem}")


if __name__ == "__main__":
    main()
