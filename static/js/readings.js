// How a step reads for every side, drawn anew by the server while it is typed. Nothing is saved;
// without this the readings of the saved words are shown.
"use strict";
{
  const PAUSE = 400; // ms without a key until a step is read
  const waiting = new WeakMap();
  const asked = new WeakMap();

  const fieldsOf = (row) => {
    const prefix = `${row.id}-`; // of the row and of its fields alike: steps-0-text_en
    const body = new URLSearchParams();
    for (const field of row.querySelectorAll(`[name^="${prefix}"]`)) {
      if (field.type !== "file") body.set(field.name.slice(prefix.length), field.value);
    }
    body.set("laterality", document.getElementById("id_laterality")?.value ?? "");
    return body;
  };

  const read = async (row) => {
    const place = row.querySelector("[data-readings]");
    const number = (asked.get(row) ?? 0) + 1;
    asked.set(row, number);
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(place.dataset.readings, {
      method: "POST",
      body: fieldsOf(row),
      headers: { "X-CSRFToken": token },
    }).catch(() => null);
    if (!answer?.ok || asked.get(row) !== number) return; // saving shows the same
    place.innerHTML = await answer.text();
  };

  const readSoon = (row) => {
    clearTimeout(waiting.get(row));
    waiting.set(row, setTimeout(() => read(row), PAUSE));
  };

  const rows = () =>
    [...document.querySelectorAll("[data-readings]")]
      .map((place) => place.closest(".inline-related"))
      .filter((row) => !row.classList.contains("empty-form"));

  // After a mistake the fields hold what was typed, and the readings what could be taken of it.
  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector(".errornote")) rows().forEach(readSoon);
  });

  document.addEventListener("input", ({ target }) => {
    if (target.id === "id_laterality") rows().forEach(readSoon);
    const row = target.closest(".inline-related");
    if (row?.querySelector("[data-readings]")) readSoon(row);
  });
}
