"""The first administrator's first day, under production settings: https, second factor, mail.

Nothing is faked but the finger: gunicorn answers over TLS, a mail server takes the mail, and
Chromium's own virtual authenticator is the passkey.
"""

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from education.people import demo
from tests.browser.windows import Watch, launch
from tests.mailbox import Mailbox, open_mailbox
from tests.servers import Certificate, Site, make_certificate, production_clinic

ADMINISTRATOR, PASSWORD = "first@clinic.example", "nine quiet otters row"
PATIENT, PATIENT_PASSWORD = "robin@patient.example", "seven calm herons wade"
PERIOD = 30  # seconds a code of the app is shown
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# As after somebody has copied a database from development.
ADD_DEMO_PEOPLE = """
import django
django.setup()
from education.people.demo import add_demo_people
add_demo_people()
"""


class App:
    """An app that shows log-in codes (RFC 6238)."""

    def __init__(self, secret: str):
        self.key = base64.b32decode(secret)
        self.shown = 0

    def code(self) -> str:
        """What it shows now; waits for the next one when this one is about to end."""
        while time.time() % PERIOD > PERIOD - 5:
            time.sleep(0.5)
        self.shown = int(time.time()) // PERIOD
        digest = hmac.digest(self.key, struct.pack(">Q", self.shown), "sha1")
        (number,) = struct.unpack_from(">I", digest, digest[-1] & 0x0F)
        return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"

    def next_code(self) -> str:
        """One that it has not shown before: the site takes each once."""
        while int(time.time()) // PERIOD == self.shown:
            time.sleep(0.5)
        return self.code()


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def site(tmp_path_factory, mailbox, certificate) -> Iterator[Site]:
    """A production clinic with one administrator, made on the command line."""
    folder = tmp_path_factory.mktemp("production")
    with production_clinic(folder, certificate, mailbox.port) as clinic:
        account = {"DJANGO_SUPERUSER_EMAIL": ADMINISTRATOR, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
        Site(clinic.address, clinic.env | account).command(
            "manage.py", "createsuperuser", "--noinput"
        )
        yield clinic


@pytest.fixture(scope="module")
def browser(playwright, certificate) -> Iterator[Browser]:
    """Trusts this one certificate: passkeys refuse pages whose errors are only waved through."""
    trusting = launch(playwright, f"--ignore-certificate-errors-spki-list={certificate.spki}")
    yield trusting
    trusting.close()


@pytest.fixture
def watch(site) -> Iterator[Watch]:
    watching = Watch(site.address)
    yield watching
    watching.assert_nothing_went_wrong()


def give_password(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def log_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile(r"localhost:\d+/$"))


def expect_admin(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/admin/$"))
    expect(page.get_by_role("heading", level=1, name="Today at the clinic")).to_be_visible()


def add_app(page: Page) -> App:
    """Set up an app, as the page says; ends on the recovery codes."""
    page.get_by_role("link", name="Add an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    app = App(page.locator("#authenticator_secret").text_content())
    page.get_by_label("Code that the app shows").fill(app.code())
    page.get_by_role("button", name="Add this app").click()
    return app


def add_passkey(page: Page) -> None:
    """Set up a key that needs no password, on a page whose machine has one."""
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Name of the key").fill("My laptop")
    page.locator("label", has_text="Log in with this key alone").click()
    page.get_by_role("button", name="Add this key").click()
    page.get_by_role("link", name="See my keys").click()
    expect(page.get_by_role("heading", name="My laptop")).to_be_visible()


def invite_patient(page: Page, site: Site, mailbox: Mailbox) -> str:
    """Add and invite a patient, let the mail worker run, and return the link of the mail."""
    page.goto("/admin/people/patient/add/")
    page.get_by_label("Given name").fill("Robin")
    page.get_by_label("Family name").fill("Streetwalk")
    page.get_by_label("E-mail").fill(PATIENT)
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()
    site.command("manage.py", "db_worker", "--batch", "--no-startup-delay")
    letter = next(message for message in mailbox.messages if message["To"] == PATIENT)
    (link,) = re.findall(r"https?://\S+", letter.get_content())
    return link


def show_app_at_hand(page: Page, app: App) -> None:
    """Setting an app up is not using it: one code opens the staff site."""
    page.get_by_role("link", name="Open the staff site").click()
    expect(page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    page.get_by_label("Code").fill(app.code())
    page.get_by_role("button", name="Go on").click()


def give_machine_a_finger(page: Page) -> None:
    """From now on the machine of this page answers for passkeys."""
    machine = page.context.new_cdp_session(page)
    machine.send("WebAuthn.enable")
    machine.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def assert_cookies_are_safe(page: Page) -> None:
    cookies = page.context.cookies()
    assert {"__Host-sessionid", "__Host-csrftoken"} <= {cookie["name"] for cookie in cookies}
    assert all(cookie["secure"] and cookie["sameSite"] == "Lax" for cookie in cookies), cookies


def test_the_first_administrator_gets_in_with_an_app_and_with_a_passkey(
    open_page, site, mailbox, axe
):
    page = open_page(size="desktop")
    answer = page.goto("/admin/")
    assert answer.header_value("strict-transport-security") == "max-age=63072000"
    give_password(page, ADMINISTRATOR, PASSWORD)

    # A password alone opens no record of a patient. The first app, with codes for a bad day:
    expect(page.get_by_role("heading", name="One more step for staff")).to_be_visible()
    axe(page)
    app = add_app(page)
    expect(page.locator("main code")).to_have_count(10)
    axe(page)
    show_app_at_hand(page, app)
    expect_admin(page)
    link = invite_patient(page, site, mailbox)

    log_out(page)
    page.goto("/admin/")
    give_password(page, ADMINISTRATOR, PASSWORD)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    axe(page)
    page.get_by_label("Code").fill(app.next_code())
    page.get_by_role("button", name="Log in", exact=True).click()
    expect_admin(page)

    give_machine_a_finger(page)
    add_passkey(page)
    axe(page)
    log_out(page)
    page.goto("/admin/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect_admin(page)
    assert_cookies_are_safe(page)

    # Meanwhile the mail has arrived, and its link lets the patient in.
    patient = open_page(size="phone")
    patient.goto(link)
    for field in patient.locator("main input[type=password]").all():
        field.fill(PATIENT_PASSWORD)
    patient.locator("main form").get_by_role("button").click()
    expect(patient).to_have_url(re.compile(r"/plan/$"))
    assert_cookies_are_safe(patient)


@pytest.mark.parametrize("person", [demo.STAFF[1], demo.PATIENTS[0]], ids=lambda p: p.email)
def test_demo_log_ins_are_refused_even_if_their_accounts_were_copied_here(open_page, site, person):
    Site(site.address, site.env | {"CLINIC_DEVELOPMENT": "1"}).command("-c", ADD_DEMO_PEOPLE)
    page = open_page()
    page.goto("/accounts/login/")
    give_password(page, person.email, demo.PASSWORD)
    expect(page.get_by_text("The e-mail or the password is not right.").first).to_be_visible()
    page.goto("/plan/")
    expect(page).to_have_url(re.compile(r"/accounts/login/"))
