// The end of a link: how long it still works, a warning two minutes before, and what was typed and never sent. Without this
// file the page says when the link ends, and a button gives it more time. No text lives here, the template hands it over.

const WARNING = 120_000;
/** Whoever pressed a key so lately is typing. */
const TYPING = 10_000;
const PREFIX = "latchkey.typed.";
const DAY = 86_400_000;

const language = document.documentElement.lang;
const variety = navigator.languages.find((tag) => tag.split("-")[0] === language.split("-")[0]) ?? language;
const lines = (text) => text.replace(/\r\n?/g, "\n");

/** Says when the link ends, warns before it does, and asks for more time. */
class Ending {
  constructor(line, dialog) {
    this.line = line;
    this.dialog = dialog;
    this.title = dialog.querySelector("h2");
    this.text = dialog.querySelector("#soon-text");
    this.left = dialog.querySelector(".left");
    this.answer = dialog.querySelector("[data-answer]");
    this.keep = dialog.querySelector("[data-keep]");
    this.close = dialog.querySelector("[data-close]");
    this.spoken = document.getElementById("soon-spoken");
    this.form = document.querySelector("form[data-typed-for]");
    this.keeps = this.form.querySelector("[data-keeps]");
    this.words = [this.title.textContent, this.text.textContent];
    this.pressed = 0;
    this.began();
    this.answer.addEventListener("click", () => this.more());
    this.close.addEventListener("click", () => this.hide());
    this.keep.addEventListener("click", () => this.form.requestSubmit(this.keeps));
    this.form.querySelector("[data-more]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.more();
    });
    document.addEventListener("keydown", (event) => this.key(event), true);
    document.addEventListener("input", () => { this.pressed = Date.now(); }, true);
    document.addEventListener("visibilitychange", () => this.tick());
    setInterval(() => this.tick(), 1000);
    this.tick();
  }

  /** The reader's clock may be wrong, so the server's counts, and the reader's tells how much time went by. */
  began() {
    this.end = Date.now() + Date.parse(this.line.dateTime) - Date.parse(this.line.dataset.now);
    this.warned = false;
    this.ended = false;
  }

  get canHaveMore() {
    return Boolean(this.form.querySelector("[data-more]"));
  }

  tick() {
    const left = this.end - Date.now();
    if (this.ended) return;
    if (left <= 0) {
      this.over();
      return;
    }
    const says = this.line.dataset.text.replace("{0}", this.in(left)).replace("{1}", this.at(left));
    if (this.line.textContent !== says) this.line.textContent = says;
    this.left.textContent = this.countdown(left);
    if (left <= WARNING && !this.warned) this.warn();
  }

  /** As the server says it. */
  in(left) {
    const seconds = Math.ceil(left / 1000);
    const minutes = Math.ceil(seconds / 60);
    const words = new Intl.RelativeTimeFormat(language);
    if (seconds <= 90) return words.format(seconds, "second");
    return minutes <= 90 ? words.format(minutes, "minute") : words.format(Math.ceil(minutes / 60), "hour");
  }

  at(left) {
    const far = left > DAY * 5 / 6 ? { dateStyle: "medium" } : {};
    return new Intl.DateTimeFormat(variety, { timeStyle: "short", ...far }).format(new Date(this.line.dateTime));
  }

  countdown(left) {
    return new Intl.DateTimeFormat(language, { minute: "numeric", second: "2-digit", timeZone: "UTC" }).format(left);
  }

  warn() {
    this.warned = true;
    const more = this.canHaveMore;
    this.show(this.words[0], more ? this.words[1] : this.dialog.dataset.last, more ? this.answer : this.close);
  }

  over() {
    this.ended = true;
    this.left.textContent = "";
    this.line.textContent = this.dialog.dataset.ended;
    this.form.querySelector("[data-more]")?.remove();
    this.show(this.dialog.dataset.ended, this.dialog.dataset.endedText, this.keep);
  }

  /** Opens without taking the focus from somebody who types; what it says is read out all the same. */
  show(title, text, button) {
    this.title.textContent = title;
    this.text.textContent = text;
    this.left.hidden = this.ended;
    [this.answer, this.keep, this.close].forEach((one) => { one.hidden = one !== button; });
    this.close.hidden = button === this.answer;
    const typing = Date.now() - this.pressed < TYPING && document.activeElement?.matches("input, textarea, select");
    if (!this.dialog.open) this.before = document.activeElement;
    this.dialog.setAttribute("open", "");
    if (typing) {
      this.say(`${title}. ${text}`);
    } else {
      button.focus();
    }
  }

  say(text) {
    this.spoken.textContent = "";
    setTimeout(() => { this.spoken.textContent = text; }, 50);
  }

  hide() {
    const inside = this.dialog.contains(document.activeElement);
    this.dialog.removeAttribute("open");
    if (inside && this.before?.isConnected) this.before.focus({ preventScroll: true });
  }

  key(event) {
    const inside = this.dialog.contains(event.target);
    if (!inside) this.pressed = Date.now();
    if (!this.dialog.open || event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (this.answer.hidden) this.hide();
      else this.more();
    } else if (inside && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // The warning came between two words: they go on where they were.
      this.before?.focus({ preventScroll: true });
    }
  }

  async more() {
    if (this.asking) return;
    this.asking = true;
    try {
      const answer = await fetch(this.keeps.formAction, { method: "POST" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const line = page.getElementById("ends");
      if (line) {
        this.line.dateTime = line.dateTime;
        this.line.dataset.now = line.dataset.now;
        if (!page.querySelector("[data-more]")) this.form.querySelector("[data-more]")?.remove();
        this.began();
        this.hide();
        this.tick();
        this.say(`${this.dialog.dataset.given}. ${this.line.textContent}`);
      } else if (answer.status === 410 || answer.status === 404) {
        this.over();
      } else {
        this.failed();
      }
    } catch {
      this.failed();
    } finally {
      this.asking = false;
    }
  }

  failed() {
    this.text.textContent = this.dialog.dataset.failed;
    this.say(this.dialog.dataset.failed);
  }
}

/** What was typed for each account stays in this browser until it is saved, and for a day at most; never a passphrase. */
class Typed {
  constructor(form) {
    this.form = form;
    this.key = PREFIX + form.dataset.typedFor;
    this.note = document.getElementById("returned");
    this.fields = [...form.querySelectorAll("input[type=text], textarea, select")]
      .filter((field) => form.elements[`base-${field.name}`] || field.name.startsWith("proposed-"));
    // A form that the server sent back holds all of it already.
    if (!form.hasAttribute("data-dirty")) this.restore();
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.save(), 300);
    });
    addEventListener("pagehide", () => this.save());
    document.querySelectorAll("[data-drops]").forEach((button) => button.addEventListener("click", () => this.drop()));
  }

  /** What the page held of a field, before anybody typed. */
  stored(field) {
    const base = this.form.elements[`base-${field.name}`];
    if (base) return lines(base.value);
    // A list has no such value of its own.
    return lines(field.defaultValue ?? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "");
  }

  save() {
    if (this.dropped) return;
    const texts = {};
    this.fields.forEach((field) => {
      const text = lines(field.value);
      if (text !== this.stored(field)) texts[field.name] = [text, this.stored(field)];
    });
    write(this.key, Object.keys(texts).length ? { at: Date.now(), texts } : null);
  }

  restore() {
    const texts = read(this.key)?.texts ?? {};
    let some = false;
    Object.entries(texts).forEach(([name, [text, base]]) => {
      const own = name.replace(/^proposed-/, "");
      // A proposal that is gone, or another one by now, leaves what was made of it to the person's own field.
      const same = this.fields.find((field) => field.name === name && (field.name === own || this.stored(field) === base));
      const field = same ?? (own in texts ? null : this.fields.find((one) => one.name === own));
      if (!field || lines(field.value) === text) return;
      field.value = text;
      if (lines(field.value) !== text) return;
      some = true;
      field.closest("details")?.setAttribute("open", "");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    if (some && this.note) this.note.hidden = false;
  }

  drop() {
    write(this.key, null);
    this.fields.forEach((field) => {
      field.value = this.stored(field);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    if (this.note) this.note.hidden = true;
    document.getElementById("main").focus();
  }
}

/** Absent where there is none, where it is too old, or where the browser keeps nothing. */
function read(key) {
  try {
    const entry = JSON.parse(localStorage.getItem(key));
    return entry && Math.abs(Date.now() - entry.at) < DAY ? entry : null;
  } catch {
    return null;
  }
}

function write(key, entry) {
  try {
    if (entry) localStorage.setItem(key, JSON.stringify(entry));
    else localStorage.removeItem(key);
  } catch {
    // The form itself still holds it.
  }
}

/** Whatever is older than a day goes, whoever typed it. */
function sweep() {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && !read(key)).forEach((key) => write(key, null));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

sweep();
document.querySelectorAll("form[data-typed-for]").forEach((form) => new Typed(form));
document.querySelectorAll("[data-typed-saved]").forEach((page) => write(PREFIX + page.dataset.typedSaved, null));
const line = document.getElementById("ends");
if (line) new Ending(line, document.getElementById("soon"));
