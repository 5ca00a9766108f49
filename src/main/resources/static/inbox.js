// Comfort for the dev inbox: its list looks for new mails by itself, and links can be copied. English alone, as its pages are.

const EVERY = 3000;
const list = document.getElementById("mails");
const news = document.getElementById("news");

/** Puts what is new into the list and takes out what is gone. Whatever stays is left alone: focus, scroll, selection. */
function merge(page) {
  const theirs = [...page.getElementById("mails").children];
  const ids = new Set(theirs.map((mail) => mail.id));
  for (const mail of [...list.children].filter(({ id }) => !ids.has(id))) {
    const focused = mail.contains(document.activeElement);
    const next = mail.nextElementSibling ?? mail.previousElementSibling;
    mail.remove();
    if (focused) (next?.querySelector("a") ?? document.getElementById("main")).focus({ preventScroll: true });
  }
  let place = list.firstElementChild;
  let arrived = 0;
  for (const mail of theirs) {
    if (place?.id === mail.id) {
      place.className = mail.className;
      place.querySelector(".mark").hidden = mail.querySelector(".mark").hidden;
      place = place.nextElementSibling;
    } else {
      list.insertBefore(mail, place);
      mail.dispatchEvent(new Event("added", { bubbles: true }));
      arrived++;
    }
  }
  for (const id of ["none", "mails", "doings"]) document.getElementById(id).hidden = page.getElementById(id).hidden;
  document.getElementById("tally").textContent = page.getElementById("tally").textContent;
  document.title = page.title;
  if (arrived > 0) news.textContent = arrived === 1 ? "1 new mail" : `${arrived} new mails`;
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href);
    if (answer.ok) merge(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The server is being started anew; it will be there again.
  }
}

async function lookForEver() {
  await look();
  setTimeout(lookForEver, EVERY);
}

if (list) {
  setTimeout(lookForEver, EVERY);
  document.addEventListener("visibilitychange", look);
}

/** <button data-copies="http://…" hidden>Copy</button> */
function copy(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copies);
    news.textContent = "";
    news.textContent = "Copied";
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}

// Only where the browser lets pages write there: this machine, and https.
if (navigator.clipboard) document.querySelectorAll("[data-copies]").forEach(copy);
