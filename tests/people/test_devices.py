"""Devices in the words people have for them."""

import pytest

from education.people.templatetags.devices import device_name
from tests.factories import PASSWORD

CHROME = (
    "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME.format(system="Linux; Android 10; K"), "Chrome on Android"),
        (CHROME.format(system="Windows NT 10.0; Win64; x64") + " Edg/140.0.0.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0",
            "Firefox on Mac",
        ),
        ("reader/1.0 (Linux)", "Linux"),
        ("", "Another kind of browser"),
    ],
)
def test_browser_and_system_are_named(user_agent, name):
    assert device_name(user_agent) == name


def test_a_person_reads_it_where_they_are_logged_in(visitor, patient):
    visitor.post(
        "/accounts/login/",
        {"login": patient.user.email, "password": PASSWORD},
        headers={"user-agent": CHROME.format(system="Windows NT 10.0")},
    )
    body = visitor.get("/accounts/sessions/").content.decode()
    assert "Chrome on Windows" in body
    assert "Mozilla" not in body
