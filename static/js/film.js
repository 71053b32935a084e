// Movements to watch: a strip of frames behind a window, and a strip of pictures one at a time.
// A page without this script shows the same pictures, all of them, and no button.
"use strict";
{
  const LESS_MOTION = window.matchMedia("(prefers-reduced-motion: reduce)");

  // One exercise in motion. The frames lie side by side in one picture; it is moved, not redrawn.
  class Film {
    constructor(box) {
      this.box = box;
      this.window = box.querySelector(".pm-film__window");
      this.playButton = box.querySelector("[data-play]");
      this.pauseButton = box.querySelector("[data-pause]");
      this.sorry = box.querySelector("[data-sorry]");
      this.playButton.addEventListener("click", () => this.play());
      this.pauseButton.addEventListener("click", () => this.pause());
      // The style sheet takes the player away from who asks for less motion; it stops as well.
      LESS_MOTION.addEventListener("change", () => { if (this.running) this.pause(); });
    }

    async play() {
      this.turn(true);
      this.loading ??= this.load();
      const running = await this.loading;
      if (!running) return this.failed();
      if (!this.playButton.hidden) return; // paused while it was on its way
      this.window.dataset.moving = "";
      running.play();
    }

    failed() {
      this.loading = null; // the next press tries again
      this.turn(false);
      this.sorry.textContent = this.sorry.dataset.sorry;
    }

    pause() {
      this.running?.pause();
      this.turn(false);
    }

    // The two buttons take turns; the one that appears keeps the focus of the one that goes.
    turn(moving) {
      const [comes, goes] = moving
        ? [this.pauseButton, this.playButton]
        : [this.playButton, this.pauseButton];
      const focused = document.activeElement === goes;
      comes.hidden = false;
      goes.hidden = true;
      if (focused) comes.focus();
    }

    // The film, ready to run, or nothing when the strip did not come.
    async load() {
      const strip = new Image();
      strip.alt = ""; // the still says what it shows
      strip.src = this.box.dataset.film;
      try {
        await strip.decode();
      } catch {
        return null;
      }
      this.sorry.textContent = "";
      this.window.append(strip);
      return (this.running = this.film(strip));
    }

    film(strip) {
      const { frames, order, frameMs, rounds } = this.box.dataset;
      const moments = order.split(" ");
      const place = (frame) => ({ transform: `translateX(${(-100 * frame) / frames}%)` });
      const steps = moments.map((frame, at) => ({
        ...place(frame), offset: at / moments.length, easing: "step-end",
      }));
      const running = strip.animate([...steps, { ...place(moments.at(-1)), offset: 1 }], {
        duration: moments.length * frameMs, iterations: Number(rounds),
      });
      running.pause();
      running.addEventListener("finish", () => {
        delete this.window.dataset.moving; // the still is back
        this.turn(false);
      });
      return running;
    }
  }

  // A strip of pictures, one at a time.
  class Stepper {
    constructor(box) {
      this.box = box;
      this.part = (name) => box.querySelector(`[data-${name}]`);
      this.strip = box.nextElementSibling;
      while (this.strip && !this.strip.matches(".pm-strip")) this.strip = this.strip.nextElementSibling;
      this.pictures = [...(this.strip?.children ?? [])];
      if (this.pictures.length < 2) return;
      this.part("total").textContent = this.pictures.length;
      this.part("start").addEventListener("click", () => this.open());
      this.part("all").addEventListener("click", () => this.close());
      this.part("back").addEventListener("click", () => this.show(this.at - 1));
      this.part("next").addEventListener("click", () => this.show(this.at + 1));
      box.hidden = false;
    }

    open() {
      this.strip.classList.add("pm-strip--one");
      this.part("start").hidden = true;
      this.part("walk").hidden = false;
      this.show(0);
      this.part("next").focus();
    }

    close() {
      this.strip.classList.remove("pm-strip--one");
      for (const picture of this.pictures) picture.hidden = false;
      this.part("start").hidden = false;
      this.part("walk").hidden = true;
      this.part("start").focus();
    }

    // A button at its end stays in reach of the keyboard, but does nothing and says so.
    show(at) {
      const last = this.pictures.length - 1;
      if (at < 0 || at > last) return;
      this.at = at;
      this.pictures.forEach((picture, number) => { picture.hidden = number !== at; });
      this.part("at").textContent = at + 1;
      this.part("back").setAttribute("aria-disabled", at === 0);
      this.part("next").setAttribute("aria-disabled", at === last);
    }
  }

  const once = (name, make) => {
    for (const box of document.querySelectorAll(`[data-${name}]:not([data-ready])`)) {
      box.dataset.ready = "";
      make(box);
    }
  };
  once("film", (box) => new Film(box));
  once("stepper", (box) => new Stepper(box));
}
