"""What the browser tests of the guided session share: a phone that writes down what it does."""

from playwright.sync_api import Page

from tests import factories
from tests.browser.log_in import log_in

SMALL = {"width": 360, "height": 640}
SECOND = 1000  # ms

#: What a phone does beside showing: kept in a list instead of done.
PHONE = """
window.did = [];
window.AudioContext = class {
  constructor() { this.state = "suspended"; this.currentTime = 0; window.did.push("audio"); }
  resume() { this.state = "running"; return Promise.resolve(); }
  createGain() {
    const ramp = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
    return { gain: ramp, connect: (to) => to };
  }
  createOscillator() {
    const tone = { frequency: {}, connect: (to) => to, stop() {} };
    tone.start = () => window.did.push(`tone ${tone.frequency.value}`);
    return tone;
  }
};
navigator.vibrate = () => window.did.push("buzz");
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
  window.did.push("awake");
  const lock = { released: false };
  lock.release = async () => { lock.released = true; window.did.push("asleep"); };
  window.lock = lock;
  return lock;
} } });
"""


def begun(page: Page, patient) -> Page:
    page.set_viewport_size(SMALL)
    log_in(page, patient.user.email, factories.PASSWORD)
    page.context.add_init_script(PHONE)
    page.clock.install()
    page.goto("/session/")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/1/")
    return page


def at(page: Page, place: int) -> Page:
    page.goto(page.url.rsplit("/", 2)[0] + f"/{place}/")
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def run(page: Page, seconds: float) -> None:
    page.clock.run_for(int(seconds * SECOND))


def seen(page: Page) -> tuple[str, str]:
    """What stands in the ring: the number and its unit."""
    number = page.locator("[data-left]").text_content()
    return number, page.locator("[data-unit]").text_content()


def count(page: Page) -> str:
    return page.locator("[data-count]").text_content()


def step(page: Page) -> str:
    return page.locator("[data-step]:visible").text_content()


def told(page: Page) -> str:
    """What a screen reader was told last."""
    return page.locator("[data-live]").text_content()


def did(page: Page, what: str = "") -> list[str]:
    return [done for done in page.evaluate("window.did") if done.startswith(what)]
