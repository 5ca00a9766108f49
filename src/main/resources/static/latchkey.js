// Comfort for the pages. Everything works without this file; no text lives here, templates hand it over in data-*.

const language = document.documentElement.lang;
const written = (value) => typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;

/** {0, plural, one {# minute} other {# minutes}}, as in ICU's messages. */
const PLURAL = /\{(\d), plural,((?:\s*\w+ \{[^{}]*\})+)\s*\}/g;

function plural(forms, count) {
  const texts = new Map([...forms.matchAll(/(\w+) \{([^{}]*)\}/g)].map(([, form, text]) => [form, text]));
  return (texts.get(new Intl.PluralRules(language).select(count)) ?? texts.get("other")).replaceAll("#", written(count));
}

/** A text with its values, as the language writes them. */
const fill = (text, ...values) => text
  .replace(PLURAL, (_, index, forms) => plural(forms, values[index]))
  .replace(/\{(\d)\}/g, (_, index) => written(values[index]));
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
  };
  button.hidden = false;
  button.addEventListener("click", () => { set(input.type === "password"); input.focus(); });
  // Never leave a passphrase readable in the browser's memory of typed texts.
  input.form.addEventListener("submit", () => set(false));
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

/**
 * Sends a form once, and warns before typed text is lost. Who has something to do before it goes, such as cutting a photo,
 * listens to its event "sending" and hands over what to wait for.
 */
function guard(form) {
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
    // A button with a name asks for something else than saving: the form comes back.
    if (event.submitter?.name) return;
    button.setAttribute("aria-disabled", "true");
    idle = button.textContent;
    if (button.dataset.busy) button.textContent = button.dataset.busy;
    const works = [];
    form.dispatchEvent(new CustomEvent("sending", { detail: { waitFor: (work) => works.push(work) } }));
    if (works.length > 0) {
      event.preventDefault();
      // Better the whole photo than none.
      await Promise.allSettled(works);
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
document.querySelectorAll("[data-strength]").forEach(strength);
document.querySelectorAll("[data-ticks]").forEach(tick);
document.querySelectorAll("details.own").forEach(untick);
document.querySelectorAll("[data-takes]").forEach(take);
document.querySelectorAll("[data-tallies]").forEach(tally);
document.querySelectorAll("[data-outdates]").forEach(outdate);
document.querySelectorAll("time[data-local]").forEach(localize);
document.addEventListener("added", ({ target }) => target.querySelectorAll("time[data-local]").forEach(localize));
document.querySelectorAll("form").forEach(guard);
document.querySelector("[data-focus]")?.focus();
