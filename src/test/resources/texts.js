// Every text of a page, be it seen, heard or kept for later, but for the languages that a list offers.
() => {
  const copy = document.body.cloneNode(true);
  copy.querySelectorAll("select, script").forEach((part) => part.remove());
  const texts = [document.title, copy.textContent];
  const plural = /\{\d, plural,|\b(zero|one|two|few|many|other) \{/g;
  for (const { attributes } of copy.querySelectorAll("*")) {
    for (const { name, value } of attributes) {
      if (["aria-label", "alt", "title", "placeholder"].includes(name)) texts.push(value);
      // Scripts are handed over texts, and names of one word or a selector.
      if (name.startsWith("data-") && /^[^.#/].*\s/.test(value)) texts.push(value.replace(plural, ""));
    }
  }
  const description = document.querySelector("meta[name=description]");
  if (description) texts.push(description.content);
  return texts;
}
