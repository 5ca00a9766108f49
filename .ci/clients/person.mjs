// The person between Init and Status: knows the right mail by its two words, opens its link and saves.
import assert from 'node:assert/strict';

export const [base, key, email] = process.argv.slice(2);

export async function opensTheMailAndSaves(matchPhrase, bio) {
  const link = await linkIn(matchPhrase, '/edit/');
  const token = link.split('/').pop();
  const answer = await fetch(`${base}/api/update/save`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, bio }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

export async function linkIn(matchPhrase, path) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const mails = await (await fetch(`${base}/dev/inbox/messages`)).json();
    const mail = mails.find((candidate) => candidate.subject.includes(matchPhrase));
    if (mail) {
      return mail.links.find((link) => link.includes(path));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`No mail with “${matchPhrase}” arrived`);
}

// The same story for every client: `init` and `status` are the client's own way to call the action.
export async function plays(init, status) {
  const accepted = await init({ email });
  assert.equal(accepted.status, 'accepted');
  assert.match(accepted.matchPhrase, /^[a-z]+ [a-z]+$/);
  assert.ok(accepted.instructions.includes(accepted.matchPhrase));
  const before = await status({ requestId: accepted.requestId });
  assert.ok(['queued', 'sent'].includes(before.state), before.state);
  await opensTheMailAndSaves(accepted.matchPhrase, `Written through ${email}`);
  const after = await status({ requestId: accepted.requestId });
  assert.equal(after.state, 'saved');
  assert.deepEqual(after.changed, ['bio']);
  console.log(`${after.state}: ${after.instructions}`);
}
