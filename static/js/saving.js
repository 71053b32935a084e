// Saves a form marked data-saving from where it stands. When the connection is gone, the page says
// so in words and tries again; what was typed stays in the open page, and is kept nowhere else.
// Sent twice it is saved once: that is the server's part. Without this script the form works too.
"use strict";
{
  const FIRST_WAIT = 2000; // milliseconds until the next try; each wait is twice the one before
  const LONGEST_WAIT = 30000;
  const PATIENCE = 20000; // for an answer
  const SLOW = 1000; // until the page says that it is busy
  const LATER = new Set([408, 425, 429]); // answers that ask to come again; so does every 5xx

  let unsaved = null; // the form that waits for its next try, the button that sent it, the timer
  let busy = false;

  const warn = (event) => event.preventDefault();

  function calm() {
    clearTimeout(unsaved?.timer);
    window.removeEventListener("beforeunload", warn);
  }

  function say(form, words, mayRetry = true) {
    const box = form.querySelector("[data-say]") ?? document.querySelector("[data-say]");
    const line = box.querySelector("[data-words]");
    if (line.textContent !== box.dataset[words]) line.textContent = box.dataset[words]; // read out once
    box.querySelector("[data-try-now]").hidden = !mayRetry;
    box.hidden = false;
  }

  function tryLater(form, submitter, words) {
    const wait = Math.min((unsaved?.wait ?? FIRST_WAIT / 2) * 2, LONGEST_WAIT);
    calm();
    window.addEventListener("beforeunload", warn);
    unsaved = { form, submitter, wait, timer: setTimeout(() => save(form, submitter), wait) };
    say(form, words);
  }

  function goTo(address) {
    calm();
    unsaved = null;
    const here = window.location.href.split("#")[0];
    window.location.assign(address);
    if (address.includes("#") && window.location.href.split("#")[0] === here) window.location.reload();
  }

  // Somebody logged in anew in another tab: this page's token is of the log-in before. Only a page
  // of the same person, whom data-saving names, hands over a new one.
  async function renewToken(form) {
    const response = await fetch(form.getAttribute("action"), { signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const same = [...page.forms].find((other) => other.dataset.saving === form.dataset.saving);
    const fresh = same?.elements.csrfmiddlewaretoken?.value;
    if (!form.dataset.saving || !fresh) return false;
    form.elements.csrfmiddlewaretoken.value = fresh;
    return true;
  }

  // The same page with what to change, or one that says why not: it takes the place of this one.
  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    if (!main) return false;
    calm();
    unsaved = null;
    document.title = page.title;
    const first = main.querySelector("[autofocus]") ?? main;
    first.removeAttribute("autofocus"); // it is for a page that opens
    document.querySelector("main").replaceWith(document.adoptNode(main));
    first.tabIndex = -1;
    first.focus();
    first.scrollIntoView({ block: "start" });
    return true;
  }

  function send(form, submitter) {
    const typed = new FormData(form); // anew for each try: more may have been typed meanwhile
    if (submitter?.name) typed.append(submitter.name, submitter.value);
    return fetch(form.getAttribute("action"), {
      method: "POST",
      headers: { "X-Saving": "1" },
      body: new URLSearchParams(typed),
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  async function answer(form, submitter, response) {
    const address = response.headers.get("X-Go-To");
    if (address) return goTo(address);
    if (response.status >= 500 || LATER.has(response.status)) return tryLater(form, submitter, "failed");
    if (response.status !== 403 && show(await response.text())) return undefined;
    calm();
    window.addEventListener("beforeunload", warn);
    return say(form, "refused", false);
  }

  async function save(form, submitter) {
    if (busy) return;
    busy = true;
    clearTimeout(unsaved?.timer);
    form.setAttribute("aria-busy", "true");
    const slow = unsaved ? 0 : setTimeout(() => say(form, "slow", false), SLOW);
    try {
      let response = await send(form, submitter);
      if (response.status === 403 && (await renewToken(form))) response = await send(form, submitter);
      await answer(form, submitter, response);
    } catch {
      tryLater(form, submitter, "offline");
    } finally {
      clearTimeout(slow);
      busy = false;
      form.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-saving]") || !AbortSignal.timeout) return;
    event.preventDefault();
    save(event.target, event.submitter);
  });
  document.addEventListener("click", (event) => {
    if (unsaved && event.target.closest("[data-try-now]")) save(unsaved.form, unsaved.submitter);
  });
  window.addEventListener("online", () => unsaved && save(unsaved.form, unsaved.submitter));
}
