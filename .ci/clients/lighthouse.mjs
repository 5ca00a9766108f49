// Lighthouse on the way of one change, as a phone on a slow network: node lighthouse.mjs BROWSER ORIGIN EMAIL EDIT_LINK FAST_ENOUGH PATH...
import lighthouse, { startFlow } from 'lighthouse';
import puppeteer from 'puppeteer-core';

const [browserPath, origin, email, editLink, fastEnough, ...paths] = process.argv.slice(2);
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];
// A busy machine makes a page slow, never fast.
const TRIES = 3;
// Four times slower than the machine that Lighthouse was calibrated on is a middling phone. Of a slower machine the
// same phone is so many times slower: its authors' table, by the index that Lighthouse measures on every run.
const SLOWER = [[1533, 4], [1300, 3], [800, 2], [150, 1]];

const browser = await puppeteer.launch({ executablePath: browserPath, args: flags });
const page = await browser.newPage();
// The session that saving opens is needed on the next page.
const config = { flags: { disableStorageReset: true, logLevel: 'silent', throttling: { cpuSlowdownMultiplier: SLOWER[0][1] } } };

function slower(index) {
  const below = SLOWER.findIndex(([least]) => index >= least);
  if (below <= 0) return SLOWER.at(below)[1];
  const [[most, high], [least, low]] = [SLOWER[below - 1], SLOWER[below]];
  return low + (index - least) / (most - least) * (high - low);
}

const scores = ({ categories, audits }) => ({
  ...Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, score])),
  complaints: Object.values(categories).flatMap(({ auditRefs }) => auditRefs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
    .map(({ id }) => id)),
});

async function tell(name, look) {
  let best;
  for (let i = 0; i < TRIES && !(best?.performance >= fastEnough); i++) {
    const report = await look();
    config.flags.throttling.cpuSlowdownMultiplier = slower(report.environment.benchmarkIndex);
    const seen = { ...scores(report), index: report.environment.benchmarkIndex };
    if (!best || seen.performance > best.performance) best = seen;
  }
  console.log(JSON.stringify({ name, ...best }));
}

const open = (path) => tell(path, async () => (await lighthouse(origin + path, config.flags, undefined, page)).lhr);

/** A page that only a form leads to, which is sent once more for each try. */
const send = (name, from, fill, button) => tell(name, async () => {
  await page.goto(from);
  await fill();
  const flow = await startFlow(page, config);
  await flow.navigate(() => page.click(button));
  return (await flow.createFlowResult()).steps[0].lhr;
});

const typed = async (field, text) => page.$eval(field, (input, value) => {
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}, text);

try {
  await open('/');
  await send('sent', origin + '/', () => typed('#identifier', email), "form[action='/link'] button");
  await open(new URL(editLink).pathname);
  await page.goto(editLink);
  await typed('#bio', 'Measured.');
  await Promise.all([page.waitForNavigation(), page.click('form[enctype] button[data-busy]')]);
  const saved = new URL(page.url());
  await open(saved.pathname + saved.search);
  for (const path of paths) await open(path);
} finally {
  await browser.close();
}
