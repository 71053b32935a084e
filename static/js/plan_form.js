// The page of a plan: rows come, go and change places; the patient's sentence follows the typing.
// Everything here also works by saving: the server applies the same rules to the same fields.
"use strict";
{
  const PAUSE = 350; // ms without a key until a row is read

  const within = (row, part) => row.querySelector(`[data-${part}]`);
  const prefixOf = (row) => row.querySelector("input[name$='-key']").name.slice(0, -"-key".length);
  const fieldOf = (row, name) => row.querySelector(`[name="${prefixOf(row)}-${name}"]`);

  const plain = (name) => name.trim().toLowerCase();

  // What was written about one exercise in numbers, and in words that must be looked at again.
  const OF_A_HARDER_DAY = ["exercise", "sets", "reps", "minutes", "hold_seconds", "times_per_day"];
  const WORDS = ["why", "harder_day", "note", "up_rule", "down_rule"];

  const show = (element, text) => {
    if (!element) return;
    element.textContent = text;
    if (["data-remark", "data-harder"].some((name) => element.hasAttribute(name))) {
      element.hidden = !text;
    }
  };

  // Minutes a day and sessions a week, as education/plans/workload.py counts them.
  const DAYS = 84;
  const workOf = (loads, firstWeekday) => {
    const alone = loads.filter((load) => !load.supervised);
    const minutes = [];
    let sessions = 0;
    for (let day = 0; day < DAYS; day += 1) {
      const weekday = 1 << ((firstWeekday + day) % 7);
      const due = alone.filter((load) => (
        load.weekdays & weekday && (day - load.offset) % load.every === 0
      ));
      if (due.length) {
        const seconds = due.reduce((sum, load) => sum + load.seconds * load.times, 0);
        minutes.push(Math.ceil(seconds / 60));
        sessions += Math.max(...due.map((load) => load.times));
      }
    }
    const [low, high] = minutes.length ? [Math.min(...minutes), Math.max(...minutes)] : [0, 0];
    return {
      exercises: alone.length,
      supervised: loads.length - alone.length,
      minutes: low === high ? high : `${low}–${high}`,
      sessions: Math.round(sessions / (DAYS / 7)),
    };
  };

  class PlanPage {
    constructor(form) {
      this.form = form;
      this.rows = form.querySelector("[data-rows]");
      this.offers = new Set(
        [...document.querySelectorAll("#plan-exercises option")].map((option) => plain(option.value)),
      );
      this.waiting = new WeakMap();
      this.asked = new WeakMap();
      this.rowList().forEach((row) => this.watch(row));
      form.addEventListener("click", (event) => this.clicked(event));
      form.addEventListener("input", () => { this.typed = true; });
      form.elements.affected_side.addEventListener("change", () => {
        this.rowList().forEach((row) => this.followSide(row));
      });
      form.elements.goal.addEventListener("input", () => this.tellGoal());
      form.addEventListener("change", () => this.countWork());
      this.offerWeeks();
      this.sendOnce();
      form.querySelector("[data-focus]")?.focus();
    }

    rowList() {
      return [...this.rows.querySelectorAll("[data-row]")];
    }

    say(text) {
      this.form.querySelector("[data-said]").textContent = text;
    }

    // ---------------------------------------------------------------- rows

    watch(row) {
      const exercise = fieldOf(row, "exercise");
      row.dataset.picked = exercise.value;
      exercise.addEventListener("input", () => {
        if (this.offers.has(plain(exercise.value))) this.pick(row);
      });
      exercise.addEventListener("change", () => this.pick(row));
      row.addEventListener("input", (event) => {
        if (event.target !== exercise) this.readSoon(row);
      });
      const supervised = fieldOf(row, "supervised_first");
      supervised.addEventListener("change", () => {
        within(row, "sign-off").hidden = supervised.value !== "yes";
      });
    }

    clicked(event) {
      const button = event.target.closest("button");
      if (!button) return;
      const row = button.closest("[data-row]");
      const acts = {
        addRow: () => this.add(),
        up: () => this.move(row, row.previousElementSibling, row),
        down: () => this.move(row, row, row.nextElementSibling),
        weeks: () => this.reviewIn(Number(button.dataset.weeks)),
      };
      const act = Object.keys(acts).find((name) => name in button.dataset);
      if (!act) return;
      event.preventDefault();
      acts[act]();
      if (row) button.focus();
    }

    add() {
      const total = this.form.elements["rows-TOTAL_FORMS"];
      const blank = this.form.querySelector("template[data-blank-row]");
      const holder = document.createElement("div");
      holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value);
      const row = holder.firstElementChild;
      this.rows.append(row);
      total.value = Number(total.value) + 1;
      if (window.crypto?.randomUUID) fieldOf(row, "key").value = window.crypto.randomUUID();
      this.watch(row);
      this.number();
      fieldOf(row, "exercise").focus();
    }

    // Puts `second` before `first` when both are there.
    move(moved, first, second) {
      if (!first || !second) return;
      this.rows.insertBefore(second, first);
      this.number();
      this.typed = true;
      this.say(moved.getAttribute("aria-label"));
    }

    number() {
      this.rowList().forEach((row, index) => {
        const number = index + 1;
        row.id = `row-${number}`;
        row.setAttribute("aria-label", `${row.dataset.row} ${number}`);
        row.querySelector(".cl-no").textContent = number;
        fieldOf(row, "order").value = number;
      });
    }

    // ---------------------------------------------------------------- what the patient reads

    // Another exercise: its usual dosage, and nothing that was written about the one before.
    pick(row) {
      const name = fieldOf(row, "exercise").value;
      if (!this.offers.has(plain(name))) {
        this.read(row); // it says so; nothing that was typed is touched
        return;
      }
      if (plain(name) === plain(row.dataset.picked)) return;
      row.dataset.picked = name;
      fieldOf(row, "settled_reason").value = "";
      fieldOf(row, "signed_off").checked = false;
      within(row, "by")?.remove();
      for (const part of OF_A_HARDER_DAY) fieldOf(row, `harder_${part}`).value = "";
      // A line that was written for the exercise before is not lost, but must be seen.
      if (WORDS.some((word) => fieldOf(row, word).value)) row.querySelector("details").open = true;
      this.read(row, { exercise: name, picked: "1" });
    }

    // A side that nobody chose follows the side that hurts; a chosen one only gets a remark.
    followSide(row) {
      const fields = this.fieldsOf(row);
      if ([row.dataset.side, "unknown"].includes(fields.working_side)) fields.working_side = "";
      this.read(row, fields);
    }

    readSoon(row) {
      clearTimeout(this.waiting.get(row));
      this.waiting.set(row, setTimeout(() => this.read(row), PAUSE));
    }

    fieldsOf(row) {
      const prefix = `${prefixOf(row)}-`;
      const fields = {};
      for (const [name, value] of new FormData(this.form)) {
        if (name.startsWith(prefix)) fields[name.slice(prefix.length)] = value;
      }
      return fields;
    }

    async read(row, fields = this.fieldsOf(row)) {
      if (!fields.exercise) return;
      const number = (this.asked.get(row) ?? 0) + 1;
      this.asked.set(row, number);
      const body = new URLSearchParams({
        ...fields,
        patient: this.form.dataset.patient,
        affected_side: this.form.elements.affected_side.value,
        start_on: this.form.elements.start_on.value,
      });
      const token = this.form.elements.csrfmiddlewaretoken.value;
      const answer = await fetch(this.form.dataset.reads, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token },
      }).catch(() => null);
      if (!answer?.ok || this.asked.get(row) !== number) return; // saving says the same
      this.write(row, await answer.json());
    }

    write(row, told) {
      this.bring(row, told);
      for (const [name, value] of Object.entries(told.fields)) {
        const field = fieldOf(row, name);
        if (field) field.value = value;
      }
      if (told.fields.working_side) row.dataset.side = told.fields.working_side;
      show(within(row, "reads"), told.errors.length ? told.errors.join(" ") : told.reads);
      show(within(row, "harder"), told.errors.length ? "" : told.harder);
      within(row, "own").hidden = !told.own;
      if (told.load) {
        row.dataset.load = JSON.stringify(told.load);
        within(row, "anchor").hidden = told.load.every === 1 && !fieldOf(row, "anchor_on").value;
        this.countWork();
      }
      show(within(row, "topics"), told.topics);
      show(within(row, "remark"), told.remark);
      within(row, "sign-off").hidden = !told.supervised;
      within(row, "codes").value = told.clash.codes;
      const box = within(row, "clash");
      box.hidden = !told.clash.codes;
      box.classList.toggle("cl-clash--ok", told.clash.settled);
      show(within(box, "text"), told.clash.text);
      box.querySelectorAll("[data-if-open]").forEach((part) => { part.hidden = told.clash.settled; });
      within(box, "if-settled").hidden = !told.clash.settled;
    }

    // What a new exercise brings: its easier forms, whether it may be done alone at once, and the
    // library's rules.
    bring(row, told) {
      const lists = { harder_exercise: told.rungs, supervised_first: told.supervision };
      for (const [name, choices] of Object.entries(lists)) {
        const options = choices?.map(([value, label]) => new Option(label, value));
        if (options) fieldOf(row, name).replaceChildren(...options);
      }
      for (const [way, rule] of Object.entries(told.rules ?? {})) {
        show(within(row, `rule-${way}`), rule);
      }
    }

    countWork() {
      const place = this.form.querySelector("[data-work]");
      const loads = this.rowList()
        .filter((row) => row.dataset.load && !fieldOf(row, "DELETE")?.checked)
        .map((row) => JSON.parse(row.dataset.load));
      const work = workOf(loads, Number(place.dataset.weekday));
      for (const [name, value] of Object.entries(work)) show(within(place, name), value);
      within(place, "at-clinic").hidden = !work.supervised;
      const many = within(place, "many");
      many.hidden = loads.length <= Number(many.dataset.many);
    }

    tellGoal() {
      const goal = this.form.elements.goal.value.trim();
      this.rowList().forEach((row) => {
        show(within(row, "goal"), goal);
        within(row, "if-goal").hidden = !goal;
        within(row, "if-no-goal").hidden = Boolean(goal);
      });
    }

    // ---------------------------------------------------------------- the rest of the form

    offerWeeks() {
      const place = this.form.querySelector("[data-weeks]");
      if (!place) return;
      for (const weeks of place.dataset.weeks.split(" ")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "cl-b";
        button.dataset.weeks = weeks;
        button.textContent = place.dataset.label.replace("%n", weeks);
        place.append(button);
      }
      delete place.dataset.weeks;
    }

    reviewIn(weeks) {
      const start = new Date(`${this.form.elements.start_on.value}T12:00:00Z`);
      if (Number.isNaN(start.getTime())) return;
      start.setUTCDate(start.getUTCDate() + 7 * weeks);
      this.form.elements.review_on.value = start.toISOString().slice(0, 10);
      this.typed = true;
    }

    // A double click sends once; leaving with something typed asks first.
    sendOnce() {
      this.form.addEventListener("submit", (event) => {
        if (this.sent) event.preventDefault();
        this.sent = true;
      });
      window.addEventListener("pageshow", () => { this.sent = false; });
      window.addEventListener("beforeunload", (event) => {
        if (this.typed && !this.sent) event.preventDefault();
      });
    }
  }

  const form = document.getElementById("plan_form");
  if (form) new PlanPage(form);
}
