// The nickname of a profile: a suggestion in place, and whether the one in the field is free. Without this file the form comes
// back with a suggestion, and saving says what is wrong.

/** <button name="…" data-suggests="nickname"> fills the field in place, so that a chosen photo and a passphrase stay. */
function suggest(button) {
  const input = document.getElementById(button.dataset.suggests);
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(input.form.action, {
        method: "POST",
        body: new URLSearchParams({ [button.name]: button.value, version: input.form.elements.version.value, ...csrf(input) }),
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const note = page.getElementById(`${input.id}-suggested`);
      input.value = page.getElementById(input.id).value;
      document.getElementById(note.id)?.remove();
      button.parentElement.before(note);
      input.setAttribute("aria-describedby", page.getElementById(input.id).getAttribute("aria-describedby"));
      input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: note.id }));
      input.focus();
    } catch {
      // The link has ended, or the server is away: its own page says so.
      input.form.requestSubmit(button);
    }
  });
}

/** What the form of somebody who is signed in carries. */
function csrf(input) {
  const token = input.form.elements.csrf;
  return token ? { csrf: token.value } : {};
}

/** <p data-checks="nickname" data-at="/…/nickname" role="status"> says whether the nickname in the field may be had. */
function check(status) {
  const input = document.getElementById(status.dataset.checks);
  const stored = input.value;
  let timer;
  let asked = null;
  const ask = async () => {
    const nickname = input.value;
    asked = new AbortController();
    try {
      const answer = await fetch(status.dataset.at, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ nickname, ...csrf(input) }),
        signal: asked.signal,
      });
      const { free, says } = await answer.json();
      if (!answer.ok || nickname !== input.value) return;
      status.classList.toggle("error", !free);
      status.textContent = says;
    } catch {
      // Saving says what is wrong, as it would have without us.
    }
  };
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    asked?.abort();
    status.textContent = "";
    // A suggestion is free, and says so itself.
    if (event.detail || input.value === "" || input.value === stored) return;
    document.getElementById(`${input.id}-suggested`)?.remove();
    timer = setTimeout(ask, 600);
  });
}

document.querySelectorAll("[data-suggests]").forEach(suggest);
document.querySelectorAll("[data-checks]").forEach(check);
