"""A test database of its own for a measurement in one process."""

import logging
import os
from collections.abc import Callable


def in_test_database(report: Callable[[], None]) -> None:
    """Set Django up for the tests, make their database, call ``report``, and take it down again."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    logging.disable(logging.INFO)  # only the figures are printed
    setup_test_environment(debug=False)  # a log of every query would be measured, too
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        report()
    finally:
        runner.teardown_databases(databases)
