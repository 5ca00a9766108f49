// What sticks out of the page or out of its own box, and buttons of more than two lines.
() => {
  const wide = document.documentElement.clientWidth;
  const found = [];
  const tell = (what, element) => found.push(`${what}: <${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 80)}`);
  if (document.documentElement.scrollWidth > wide) tell("wider than the page", document.body);
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // What is hidden from eyes has no place; what scrolls has as much as it needs.
    if (element.closest(".unseen, .skip, svg, select") || !element.checkVisibility() || box.width === 0) continue;
    if (box.left < -1 || box.right > wide + 1) tell("beyond the edge", element);
    const scrolls = ["auto", "scroll"].includes(style.overflowX) || element.matches("textarea, input");
    if (!scrolls && style.display !== "inline" && element.scrollWidth > element.clientWidth + 1) tell("wider than its box", element);
    if (element.matches("button, .button")) {
      const lines = (element.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)) / parseFloat(style.lineHeight);
      if (lines > 2.9) tell("more than two lines", element);
    }
  }
  return found;
}
