// The picker of a plan: the button says how many exercises are ticked. It works without this, too.
"use strict";
{
  const form = document.getElementById("pick_form");
  const button = form?.querySelector("[data-add]");
  if (button) {
    const plain = button.textContent;
    const count = () => {
      const ticked = form.querySelectorAll("[name=picked]:checked").length;
      const words = { 0: plain, 1: button.dataset.one };
      button.textContent = words[ticked] ?? button.dataset.many.replace("%n", ticked);
    };
    form.addEventListener("change", count);
    window.addEventListener("pageshow", count); // a page that came back has its old ticks
    count();
    form.querySelector("[data-focus]")?.focus();
  }
}
