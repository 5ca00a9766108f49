// Holds mails against what caniemail.com knows of the readers that most people use; prints the features that one of them lacks.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caniemail } from 'caniemail';

const folder = process.argv[2];
const clients = ['gmail.*', 'outlook.*', 'apple-mail.*'];
const missing = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.html'))) {
  const { issues } = caniemail({ clients, html: readFileSync(join(folder, file), 'utf8') });
  for (const [client, found] of issues.errors) {
    for (const issue of found) {
      (missing[issue.title] ??= new Set()).add(client);
    }
  }
}
console.log(JSON.stringify(Object.fromEntries(Object.entries(missing).map(([title, readers]) => [title, [...readers].sort()]))));
