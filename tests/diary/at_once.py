"""The same form from many browsers of one person, all at the same moment."""

from collections import Counter
from threading import Barrier, Thread

from django.db import connection
from django.test import Client

from education.people.models import User

LONGEST = 60  # seconds until a test gives up


def post_at_once(user: User, number: int, address: str, *forms: dict[str, str]) -> Counter:
    """Post so many forms at once, by turns those given.

    How often each answer came: where it leads, its status when that is nowhere, or its error.
    """
    browser = Client()
    browser.force_login(user)
    browser.get("/account/")
    cookies = {name: cookie.value for name, cookie in browser.cookies.items()}
    ready, answers = Barrier(number), []

    def post(turn: int) -> None:
        client = Client()
        client.cookies.load(cookies)
        try:
            ready.wait(LONGEST)
            response = client.post(address, forms[turn % len(forms)])
            answers.append(response.headers.get("Location") or f"{response.status_code}")
        except Exception as error:
            answers.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=post, args=(turn,)) for turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return Counter(answers)
