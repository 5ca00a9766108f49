// The conformance suite's authorization server scenarios: it prints the address for a browser and waits for the answer.
import { spawn } from 'node:child_process';
import { Browser } from './browser.mjs';
import { base, email } from './person.mjs';

const [clientId, port] = process.argv.slice(5);
const suite = spawn(process.execPath, [
  'node_modules/@modelcontextprotocol/conformance/dist/index.js',
  'authorization', '--url', base, '--client-id', clientId, '--port', port, '--spec-version', '2026-07-28',
]);
const browser = new Browser(base);
let said = '';
let asked = false;
suite.stdout.on('data', async (data) => {
  process.stdout.write(data);
  said += data;
  const [authorization] = said.match(/^http\S+\/oauth\/authorize\?\S+$/m) ?? [];
  if (authorization && said.includes('Waiting') && !asked) {
    asked = true;
    await fetch(await browser.allows(authorization, email));
  }
});
suite.stderr.pipe(process.stderr);
suite.on('exit', (code) => { process.exitCode = code ?? 1; });
