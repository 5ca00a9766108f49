// What axe-core finds on this page alone, in words; of these rules, or of all.
async (rules) => {
  const options = { iframes: false, preload: false, resultTypes: ["violations"] };
  if (rules) options.runOnly = { type: "rule", values: rules };
  // In the inbox, a mail's HTML is in a frame where no script runs.
  const found = await axe.run({ exclude: [["iframe"]] }, options);
  return found.violations.map(
    (rule) => `${rule.id}: ${rule.help}` + rule.nodes.map((node) => `\n    ${node.html} ${JSON.stringify(node.any)}`).join(""),
  );
}
