// Follows one exercise of a session by itself: picture, step, timer, counters, tones.
//
// Without it the page shows the dosage and all steps, and its buttons are forms. Times are told by
// the clock: a page that slept is right when it wakes. Only whether tones are on is stored.
"use strict";
{
  const SECOND = 1000; // ms
  const LOOK = 200; // ms between two looks at the clock
  const LESS_MOTION = window.matchMedia("(prefers-reduced-motion: reduce)");
  const KINDS_TO_COUNT = new Set(["hold", "move", "work"]);

  // What comes after what. Each phase: kind, seconds, and which round, repetition and side it is of.
  function phasesOf(count) {
    const phases = [];
    const add = (kind, seconds, round, repetition, side) => {
      if (seconds > 0) phases.push({ kind, seconds, round, repetition, side });
    };
    const turn = (round, side, last) => {
      if (!count.hold) add("lead", count.lead, round, 1, side);
      for (let repetition = 1; repetition <= count.repetitions; repetition += 1) {
        if (count.hold) add("lead", count.lead, round, repetition, side);
        if (count.hold) add("hold", count.hold, round, repetition, side);
        else if (count.work) add("work", count.work, round, repetition, side);
        else add("move", count.pace, round, repetition, side);
        const between = count.hold && repetition < count.repetitions;
        if (between) add("rest", count.rest, round, repetition + 1, side);
      }
      if (!last && side < count.sides) add("swap", count.swap, round, 1, side + 1);
      else if (!last) add("rest", count.rest, round + 1, 1, 1);
    };
    for (let round = 1; round <= count.rounds; round += 1) {
      for (let side = 1; side <= count.sides; side += 1) {
        turn(round, side, round === count.rounds && side === count.sides);
      }
    }
    return phases;
  }

  // Short tones. The first press makes the instrument, as browsers ask for; before it all is quiet.
  class Tones {
    constructor(button) {
      this.button = button;
      this.said = button.querySelector("[data-said]");
      this.on = !document.cookie.split("; ").includes("tones=off");
      this.show();
      button.addEventListener("click", () => this.turn(!this.on));
    }

    turn(on) {
      this.on = on;
      document.cookie = `tones=${on ? "on" : "off"}; path=/session/; max-age=31536000; samesite=strict`;
      this.show();
      if (on) {
        this.wake();
        this.play(660);
      }
    }

    show() {
      this.button.setAttribute("aria-pressed", this.on);
      this.said.textContent = this.on ? this.said.dataset.on : this.said.dataset.off;
    }

    wake() {
      const Context = window.AudioContext ?? window.webkitAudioContext;
      if (!this.on || !Context) return;
      this.context ??= new Context();
      this.context.resume().catch(() => {});
    }

    // hertz, seconds, and how many seconds from now
    play(pitch, length = 0.12, delay = 0) {
      if (!this.on || this.context?.state !== "running") return;
      const start = this.context.currentTime + delay;
      const tone = this.context.createOscillator();
      const volume = this.context.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.4, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + length);
      tone.connect(volume).connect(this.context.destination);
      tone.start(start);
      tone.stop(start + length);
    }

    tick() { this.play(440, 0.08); }
    begin() { this.play(880, 0.35); }
    end() { [660, 440].forEach((pitch, at) => this.play(pitch, 0.25, at * 0.22)); }
    over() { [523, 659, 784].forEach((pitch, at) => this.play(pitch, 0.3, at * 0.22)); }
  }

  // Keeps the screen on while somebody follows it. A page out of sight loses that, and asks again.
  class Awake {
    constructor() {
      this.wanted = false;
      document.addEventListener("visibilitychange", () => this.ask());
    }

    hold() {
      this.wanted = true;
      this.ask();
    }

    async ask() {
      if (!this.wanted || this.asking || document.visibilityState !== "visible") return;
      if (this.lock && !this.lock.released) return;
      this.asking = true;
      try {
        this.lock = await navigator.wakeLock?.request("screen");
      } catch {
        // A browser that saves its battery may say no; the timer goes on all the same.
      }
      this.asking = false;
      if (!this.wanted) this.release(); // paused while it was asked for
    }

    release() {
      this.wanted = false;
      this.lock?.release().catch(() => {});
      this.lock = null;
    }
  }

  // The picture and the words of one step at a time.
  class Steps {
    constructor(stage) {
      this.figures = [...stage.querySelectorAll("[data-figures] img")];
      this.words = [...stage.querySelectorAll("[data-step]")];
      this.turns = [...stage.querySelectorAll("[data-turn]")];
      this.move = Number(stage.dataset.move);
      this.back = Number(stage.dataset.back);
      for (const button of this.turns) {
        button.addEventListener("click", () => this.show(this.at + Number(button.dataset.turn)));
      }
      this.show(0);
    }

    show(at) {
      if (at < 0 || at >= this.words.length) return;
      this.at = at;
      this.figures.forEach((figure, number) => { figure.hidden = number !== at; });
      this.words.forEach((line, number) => { line.hidden = number !== at; });
      for (const button of this.turns) {
        const there = at + Number(button.dataset.turn);
        button.setAttribute("aria-disabled", there < 0 || there >= this.words.length);
      }
    }

    // While the timer leads through them, the two buttons are out of the way.
    lead(leading) {
      for (const button of this.turns) button.classList.toggle("is-away", leading);
    }
  }

  // The whole screen. Its state: ready, running, paused or over.
  class Screen {
    constructor(page) {
      this.stage = page.querySelector("[data-stage]");
      this.words = this.stage.dataset;
      this.steps = new Steps(this.stage);
      this.stage.hidden = false;
      page.dataset.session = "led";
      this.fit(page);
      if (!this.words.rounds) return; // nothing to count: the steps are all there is
      this.part = (name) => page.querySelector(`[data-${name}]`);
      this.count = Object.fromEntries(
        ["rounds", "repetitions", "enough", "hold", "work", "rest", "sides", "lead", "pace", "swap"]
          .map((name) => [name, Number(this.words[name])]),
      );
      this.phases = phasesOf(this.count);
      this.tones = new Tones(this.part("sound"));
      this.awake = new Awake();
      this.go = this.part("go");
      this.go.hidden = false;
      this.go.addEventListener("click", () => this.press());
      for (const link of page.querySelectorAll("[data-pauses]")) {
        link.addEventListener("click", () => { if (this.state === "running") this.pause(); });
      }
      document.addEventListener("visibilitychange", () => this.look());
      this.rewind();
    }

    // The first screen is as high as what the header and the buttons leave of the window.
    fit(page) {
      const around = [document.querySelector(".pm-header"), page.querySelector(".pm-session__act")];
      const measure = () => {
        const taken = around.reduce((sum, box) => sum + box.offsetHeight, 0);
        page.style.setProperty("--around", `${taken}px`);
      };
      measure();
      new ResizeObserver(measure).observe(around[1]);
    }

    get phase() {
      return this.phases[this.at];
    }

    press() {
      this.tones.wake();
      if (this.state === "running") return this.pause();
      if (this.state === "over") this.rewind();
      this.run();
    }

    rewind() {
      this.state = "ready";
      this.at = 0;
      this.left = this.phase.seconds * SECOND;
      this.steps.show(0);
      this.steps.lead(false);
      this.go.textContent = this.go.dataset.start;
      this.lead(this.go, this.part("done"));
      this.drawReady();
    }

    run() {
      const fresh = this.state === "ready";
      this.state = "running";
      this.ends = Date.now() + this.left;
      this.go.textContent = this.go.dataset.pause;
      this.awake.hold();
      window.scrollTo(0, 0); // who came by the Tab key, or thought of skipping, is further down
      this.timer = setInterval(() => this.look(), LOOK);
      this.steps.lead(true);
      this.enter(fresh);
    }

    pause() {
      this.look();
      if (this.state !== "running") return;
      this.stop("paused");
      this.left = Math.max(0, this.ends - Date.now());
      this.go.textContent = this.go.dataset.on;
      this.steps.lead(false);
      this.part("told").textContent = this.words.sayPaused;
      this.say(this.words.sayPaused);
    }

    finish() {
      this.stop("over");
      this.go.textContent = this.go.dataset.again;
      this.lead(this.part("done"), this.go);
      this.steps.lead(false);
      this.tones.over();
      this.buzz(400);
      this.draw(this.words.unitOver, "", 1);
      this.part("told").textContent = this.words.sayOver;
      this.say(this.words.sayOver);
    }

    // Which of the two big buttons is the one to press.
    lead(first, second) {
      first.classList.replace("btn-outline-primary", "btn-primary");
      second.classList.replace("btn-primary", "btn-outline-primary");
    }

    stop(state) {
      this.state = state;
      clearInterval(this.timer);
      this.awake.release();
      this.stage.dataset.phase = state;
    }

    // One look at the clock: through as many phases as have passed since the last one.
    look() {
      if (this.state !== "running") return;
      const now = Date.now();
      const before = this.at;
      while (now >= this.ends) {
        this.at += 1;
        if (!this.phase) return this.finish();
        this.ends += this.phase.seconds * SECOND;
      }
      if (this.at !== before) this.enter(true, this.phases[before]);
      else this.tickNear(now);
      this.drawPhase(now);
    }

    enter(news, before) {
      const { kind, repetition } = this.phase;
      this.stage.dataset.phase = kind;
      this.shown = null;
      const resting = kind === "rest" && this.steps.words.length > 1;
      this.steps.show(resting ? this.steps.back : this.steps.move);
      this.drawWords();
      this.drawPhase(Date.now());
      if (!news) return;
      this.sound(kind, before);
      if (kind === "move" && repetition > 1) return this.sayEnough(repetition);
      if (kind === "lead" && before?.kind === "rest") return;
      this.say(this.announcement());
    }

    sound(kind, before) {
      if (kind === "move") this.tones.tick();
      if (kind === "hold" || kind === "work") this.tones.begin();
      if (before && KINDS_TO_COUNT.has(before.kind) && !KINDS_TO_COUNT.has(kind)) this.tones.end();
      if (kind !== "move") this.buzz(kind === "lead" ? 100 : 250);
    }

    // The last three seconds before one begins to hold, or to move, are heard.
    tickNear(now) {
      const left = Math.ceil((this.ends - now) / SECOND);
      if (this.phase.kind === "lead" && left <= 3 && left !== this.shown) this.tones.tick();
    }

    announcement() {
      const { kind, seconds } = this.phase;
      const long = this.words.seconds.replace("{seconds}", seconds);
      if (kind === "hold") return `${this.counted()}. ${long}`;
      if (kind === "rest") return `${this.words.restWord}. ${long}`;
      return this.wordsOf("say", kind);
    }

    sayEnough(repetition) {
      const { enough, repetitions } = this.count;
      if (repetition === enough + 1 && enough < repetitions) this.say(this.words.sayEnough);
    }

    // “Hold 2 of 3”, “Next: 2 of 3”, “Round 1 of 2”.
    counted(words) {
      const { repetition, round } = this.phase;
      const holds = this.count.repetitions;
      if (this.count.hold) return this.fill(words || this.words.holdOf, repetition, holds);
      return this.count.rounds > 1 ? this.fill(this.words.roundOf, round, this.count.rounds) : "";
    }

    fill(words, n, of) {
      return words.replace("{n}", n).replace("{of}", of);
    }

    side() {
      if (this.count.sides === 1) return this.words.side;
      return this.phase.side === 1 ? this.words.oneSide : this.words.otherSide;
    }

    drawWords() {
      const { kind, round } = this.phase;
      const rounds = this.count.hold && this.count.rounds > 1;
      const which = rounds ? `${this.fill(this.words.roundOf, round, this.count.rounds)}. ` : "";
      this.part("count").textContent = this.counted(kind === "rest" && this.words.nextHold);
      this.part("side-now").textContent = `${which}${this.side()}`;
      this.part("told").textContent = this.wordsOf("say", kind);
    }

    drawReady() {
      this.stage.dataset.phase = "ready";
      this.drawWords();
      this.part("told").textContent = this.words.sayReady;
      const first = this.count.work || this.count.hold;
      if (first) this.draw(this.words.unitSeconds, this.clock(first), 1);
      else this.draw(this.words.unitMove, this.count.repetitions, 1);
      if (this.count.work) this.part("unit").textContent = this.words.unitWork;
    }

    drawPhase(now) {
      const { kind, seconds, repetition } = this.phase;
      const left = Math.max(1, Math.ceil((this.ends - now) / SECOND));
      if (this.shown === left) return;
      this.shown = left;
      if (kind !== "move") return this.draw(this.wordsOf("unit", kind), this.clock(left), left / seconds);
      // Repetitions are counted up; half of each is the way there, half the way back.
      // For who asked for less motion the picture stays.
      const there = left > seconds / 2 || LESS_MOTION.matches;
      this.steps.show(there || this.steps.words.length < 2 ? this.steps.move : this.steps.back);
      const { enough: least, repetitions } = this.count;
      const of = least < repetitions ? `${least}-${repetitions}` : repetitions;
      this.draw(this.words.timesOf.replace("{of}", of), repetition, repetition / repetitions);
    }

    // Words of a phase: ("say", "hold") is data-say-hold.
    wordsOf(what, kind) {
      return this.words[`${what}${kind[0].toUpperCase()}${kind.slice(1)}`];
    }

    clock(seconds) {
      if (seconds <= 60) return seconds;
      return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }

    draw(unit, big, share) {
      this.part("unit").textContent = unit;
      this.part("left").textContent = big;
      this.part("left").classList.toggle("is-long", String(big).length > 2);
      this.part("arc").setAttribute("stroke-dashoffset", 100 - 100 * share);
    }

    say(words) {
      this.part("live").textContent = words;
    }

    buzz(length) {
      navigator.vibrate?.(length);
    }
  }

  for (const page of document.querySelectorAll("[data-session]:not([data-session=led])")) {
    new Screen(page);
  }
}
