// Lets the calls of a document be sent from its page. What is typed goes to this server alone and is kept nowhere.
for (const form of document.querySelectorAll("form.try")) {
  const { body } = form.elements;
  const output = form.querySelector("output");
  form.hidden = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // Before latchkey.js, which sends a form once and then waits for another page.
    event.stopImmediatePropagation();
    try {
      const answer = await fetch(address(form), {
        method: form.dataset.method, headers: headers(form), body: body && content(body), credentials: "omit",
      });
      const text = await answer.text();
      output.textContent = `${answer.status} ${answer.statusText}\n\n${pretty(text)}`;
    } catch (failure) {
      output.textContent = `${event.submitter.dataset.failed}\n\n${failure.message}`;
    }
    output.hidden = false;
    output.focus();
  }, { capture: true });
}

function address(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const { name, value, dataset } of form.querySelectorAll("[data-in]")) {
    if (dataset.in === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value) query.set(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

function headers({ elements: { key, body } }) {
  const headers = { Accept: "application/json, text/event-stream;q=0.5, */*;q=0.1" };
  if (key?.value) headers.Authorization = `Bearer ${key.value}`;
  // A form with files names its boundary by itself.
  if (body && body.dataset.type !== "multipart/form-data") headers["Content-Type"] = body.dataset.type;
  return headers;
}

/** Forms are edited as JSON, too. */
function content({ value, dataset: { type } }) {
  if (type === "application/json") return value;
  const form = type === "multipart/form-data" ? new FormData() : new URLSearchParams();
  for (const [name, text] of Object.entries(JSON.parse(value))) form.append(name, text);
  return form;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
