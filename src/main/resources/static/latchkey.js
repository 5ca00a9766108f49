// Comfort for the pages. Everything works without this file; no text lives here, templates hand it over in data-*.

const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, index) => values[index]);
const codePoints = (text) => [...text.replace(/\r\n?/g, "\n")].length;

/** Runs an action once the person has paused, so that screen readers are not told of every keystroke. */
function settled(action, wait = 900) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
}

/** <p data-counts="bio" data-most="2000" data-left="…{0}" data-over="…{0}"> shows how much room is left. */
function count(output) {
  const input = document.getElementById(output.dataset.counts);
  const most = Number(output.dataset.most);
  const spoken = output.nextElementSibling;
  const words = () => {
    const left = most - codePoints(input.value);
    return left < 0 ? fill(output.dataset.over, -left) : fill(output.dataset.left, left);
  };
  const speak = settled(() => { spoken.textContent = words(); });
  const show = () => {
    output.textContent = words();
    output.classList.toggle("over", codePoints(input.value) > most);
  };
  input.addEventListener("input", () => { show(); speak(); });
  show();
}

/** <button data-reveals="passphrase" data-show data-hide> */
function reveal(button) {
  const input = document.getElementById(button.dataset.reveals);
  const set = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
    button.setAttribute("aria-pressed", String(shown));
  };
  button.hidden = false;
  button.addEventListener("click", () => { set(input.type === "password"); input.focus(); });
  // Never leave a passphrase readable in the browser's memory of typed texts.
  input.form.addEventListener("submit", () => set(false));
}

/** <button name="…" data-suggests="nickname"> fills the field in place, so that a chosen photo and a passphrase stay. */
function suggest(button) {
  const input = document.getElementById(button.dataset.suggests);
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(input.form.action, {
        method: "POST",
        body: new URLSearchParams({ [button.name]: button.value, version: input.form.elements.version.value }),
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const note = page.getElementById(`${input.id}-suggested`);
      input.value = page.getElementById(input.id).value;
      document.getElementById(note.id)?.remove();
      button.parentElement.before(note);
      input.setAttribute("aria-describedby", page.getElementById(input.id).getAttribute("aria-describedby"));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    } catch {
      // The link has ended, or the server is away: its own page says so.
      input.form.requestSubmit(button);
    }
  });
}

/** A rough guess from length and variety; the server alone decides what is refused. */
function strengthOf(passphrase) {
  const length = codePoints(passphrase);
  if (length < 8) return 0;
  const variety = new Set(passphrase.toLowerCase()).size;
  if (variety < 5 || /^(.{1,4})\1+$/u.test(passphrase)) return 1;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(passphrase)).length;
  const points = length + 2 * kinds + Math.min(variety, 12) / 2;
  return points < 17 ? 1 : points < 25 ? 2 : 3;
}

/** <div data-strength="passphrase" data-words="too short|weak|fair|strong"> with a meter and a live text. */
function strength(box) {
  const input = document.getElementById(box.dataset.strength);
  const words = box.dataset.words.split("|");
  const text = box.querySelector("[role=status]");
  const speak = settled(() => { text.textContent = input.value ? words[strengthOf(input.value)] : ""; }, 400);
  input.addEventListener("input", () => {
    box.hidden = input.value === "";
    box.querySelector("meter").value = input.value ? strengthOf(input.value) + 1 : 0;
    speak();
  });
}

const blobOf = (canvas, ...kind) => new Promise((done) => canvas.toBlob(done, ...kind));

/**
 * Whether this browser hands out what was drawn on a canvas. Those that resist fingerprinting hand out noise, nothing, or
 * an error; small changes that nobody sees do not matter.
 */
async function canvasIsHonest() {
  const colours = [[250, 80, 20], [30, 200, 90], [40, 60, 220], [240, 240, 235]];
  const side = 32;
  try {
    const canvas = document.createElement("canvas");
    canvas.width = side * colours.length;
    canvas.height = side;
    const context = canvas.getContext("2d");
    colours.forEach((colour, at) => {
      context.fillStyle = `rgb(${colour})`;
      context.fillRect(at * side, 0, side, side);
    });
    // There and back: some browsers lie about the file, some about the pixels.
    const copy = await createImageBitmap(await blobOf(canvas, "image/png"));
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(copy, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data.every((value, index) => {
      const colour = colours[Math.floor((index >> 2) % canvas.width / side)];
      return Math.abs(value - (colour[index % 4] ?? 255)) < 16;
    });
  } catch {
    return false;
  }
}

/** The square part of a photo that is sent, moved by pointer or by the sliders. */
class Crop {
  static SIDE = 1024;

  constructor(box) {
    this.box = box;
    this.input = document.getElementById(box.dataset.crops);
    this.canvas = box.querySelector("canvas");
    this.sliders = Object.fromEntries([...box.querySelectorAll("input")].map((slider) => [slider.dataset.axis, slider]));
    this.pointers = new Map();
    this.pending = false;
    this.input.addEventListener("change", () => this.open());
    Object.values(this.sliders).forEach((slider) => slider.addEventListener("input", () => this.draw()));
    this.canvas.addEventListener("pointerdown", (event) => this.grab(event));
    this.canvas.addEventListener("pointermove", (event) => this.drag(event));
    ["pointerup", "pointercancel"].forEach((end) =>
      this.canvas.addEventListener(end, (event) => this.pointers.delete(event.pointerId)));
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.08 : 1 / 1.08);
    }, { passive: false });
  }

  async open() {
    this.image?.close();
    this.image = null;
    this.pending = false;
    const file = this.input.files[0];
    let image = null;
    try {
      // Where nothing can be cut, the file goes as it was chosen, and the server takes its middle.
      if (file && await canvasIsHonest()) image = await createImageBitmap(file);
    } catch {
      // A kind of image this browser cannot show goes to the server as it is, which says what it thinks of it.
    }
    if (file !== this.input.files[0]) {
      image?.close();
      return;
    }
    this.image = image;
    this.box.hidden = !this.image;
    this.pending = Boolean(this.image);
    if (this.image) {
      this.sliders.zoom.value = 1;
      this.sliders.x.value = 50;
      this.sliders.y.value = 50;
      this.draw();
    }
  }

  /** Left, top and side of the chosen square in pixels of the image. */
  square() {
    const { width, height } = this.image;
    const side = Math.min(width, height) / Number(this.sliders.zoom.value);
    return [(width - side) * this.sliders.x.value / 100, (height - side) * this.sliders.y.value / 100, side];
  }

  draw(canvas = this.canvas) {
    if (!this.image) return;
    const [x, y, side] = this.square();
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(this.image, x, y, side, side, 0, 0, canvas.width, canvas.height);
    if (canvas === this.canvas) this.pending = true;
  }

  grab(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before || !this.image) return;
    const spread = this.spread();
    this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.pointers.size === 2) {
      this.zoom(this.spread() / spread);
      return;
    }
    const [, , side] = this.square();
    const scale = side / this.canvas.clientWidth;
    this.shift("x", (event.clientX - before[0]) * scale, this.image.width - side);
    this.shift("y", (event.clientY - before[1]) * scale, this.image.height - side);
    this.draw();
  }

  spread() {
    const [[ax, ay], [bx, by]] = [...this.pointers.values(), [0, 0]];
    return Math.hypot(ax - bx, ay - by) || 1;
  }

  shift(axis, pixels, room) {
    if (room > 0) this.sliders[axis].value = Number(this.sliders[axis].value) - pixels / room * 100;
  }

  zoom(factor) {
    this.sliders.zoom.value = Number(this.sliders.zoom.value) * factor;
    this.draw();
  }

  /** Puts the chosen square into the file input, as a JPEG. */
  async apply() {
    const [, , side] = this.square();
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.max(1, Math.round(Math.min(side, Crop.SIDE)));
    this.draw(canvas);
    const blob = await blobOf(canvas, "image/jpeg", 0.9);
    this.pending = false;
    if (blob) {
      const files = new DataTransfer();
      files.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
      this.input.files = files.files;
    }
  }
}

/** <input data-ticks="accept-bio">: whoever changes a proposal wants to use it. */
function tick(input) {
  input.addEventListener("input", () => { document.getElementById(input.dataset.ticks).checked = true; });
}

/** <details class="own">: whoever writes something of their own drops the proposal. */
function untick(own) {
  const box = own.closest(".field").querySelector(".take input");
  own.addEventListener("input", () => { box.checked = false; });
}

/** <button data-takes="…selector"> ticks them all. */
function take(button) {
  const boxes = [...document.querySelectorAll(button.dataset.takes)];
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    boxes.forEach((box) => { box.checked = true; });
    boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
    boxes[0].focus();
  });
}

/** <button data-tallies="…selector" data-one data-some="…{0}…{1}"> says how many of the boxes are ticked. */
function tally(button) {
  const boxes = [...button.form.querySelectorAll(button.dataset.tallies)];
  const none = button.textContent;
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    const some = boxes.length === 1 ? button.dataset.one : fill(button.dataset.some, ticked, boxes.length);
    button.textContent = ticked ? some : none;
  };
  button.form.addEventListener("input", show);
  addEventListener("pageshow", show);
  show();
}

/** <textarea data-outdates="bio-difference">: what was said about its text is true no longer once it is changed. */
function outdate(input) {
  const said = document.getElementById(input.dataset.outdates);
  if (said) input.addEventListener("input", () => { said.hidden = true; });
}

/** Sends a form once, with its photo cut, and warns before typed text is lost. */
function guard(form, crop) {
  const buttons = [...form.elements].filter((control) => control.matches("button[type=submit], button:not([type])"));
  const button = buttons.find((control) => control.dataset.busy) ?? buttons[0];
  let dirty = form.hasAttribute("data-dirty");
  let sending = false;
  let idle = button.textContent;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", async (event) => {
    if (sending) {
      event.preventDefault();
      return;
    }
    sending = true;
    // Somebody who stopped the sending must be able to try again.
    setTimeout(reset, 60_000);
    // A button with a name asks for something else than saving: the form comes back, so no photo is cut.
    if (event.submitter?.name) return;
    button.setAttribute("aria-disabled", "true");
    idle = button.textContent;
    if (button.dataset.busy) button.textContent = button.dataset.busy;
    if (crop?.pending) {
      event.preventDefault();
      try {
        await crop.apply();
      } catch {
        // Better the whole photo than none.
      }
      form.submit();
    }
  });
  const reset = () => {
    sending = false;
    button.removeAttribute("aria-disabled");
    button.textContent = idle;
  };
  addEventListener("pageshow", reset);
  if (form.hasAttribute("data-warns")) {
    addEventListener("beforeunload", (event) => {
      if (dirty && !sending) event.preventDefault();
    });
  }
}

/** <time data-local> is rewritten into the reader's own time zone. */
function localize(time) {
  // The reader's own variety of the page's language: the day comes first in London, the month in Chicago.
  const language = document.documentElement.lang;
  const variety = navigator.languages.find((tag) => tag.split("-")[0] === language.split("-")[0]);
  const format = new Intl.DateTimeFormat(variety ?? language, { dateStyle: "medium", timeStyle: "short" });
  time.textContent = format.format(new Date(time.dateTime));
}

/** <p data-seconds="58" data-text="…{0}" data-over data-frees="again"> counts down, and frees the button at the end. */
function countDown(line) {
  const button = document.getElementById(line.dataset.frees);
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang);
  const end = Date.now() + 1000 * line.dataset.seconds;
  const show = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    const over = seconds <= 0;
    button.disabled = !over;
    if (over) {
      clearInterval(clock);
      line.hidden = true;
      line.nextElementSibling.textContent = line.dataset.over;
      line.nextElementSibling.classList.remove("unseen");
    } else {
      // As the server says it in Waits.
      const wait = seconds <= 90 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
      line.textContent = fill(line.dataset.text, words.format(...wait));
    }
  };
  const clock = setInterval(show, 500);
  show();
}

document.querySelectorAll("[data-seconds]").forEach(countDown);
document.querySelectorAll("[data-counts]").forEach(count);
document.querySelectorAll("[data-reveals]").forEach(reveal);
document.querySelectorAll("[data-suggests]").forEach(suggest);
document.querySelectorAll("[data-strength]").forEach(strength);
document.querySelectorAll("[data-ticks]").forEach(tick);
document.querySelectorAll("details.own").forEach(untick);
document.querySelectorAll("[data-takes]").forEach(take);
document.querySelectorAll("[data-tallies]").forEach(tally);
document.querySelectorAll("[data-outdates]").forEach(outdate);
document.querySelectorAll("time[data-local]").forEach(localize);
const crops = new Map([...document.querySelectorAll("[data-crops]")].map((box) => [box.closest("form"), new Crop(box)]));
document.querySelectorAll("form").forEach((form) => guard(form, crops.get(form)));
document.querySelector("[data-focus]")?.focus();
