// The conformance suite's scenarios about questions to the user ask for tools of the suite's own example server. Here they
// get ours, which asks for an address: between the two, only names change, and the address that somebody "types".
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { base, email } from './person.mjs';

const THEIRS = /^test_input_required_result_\w+$/;
const OURS = 'request_profile_edit_link';
const [KEY, NAME] = ['user_name', 'email'];

const renamed = (map, from, to) =>
  map && typeof map === 'object' ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value])) : map;

function asked(message) {
  const { params } = message;
  if (!THEIRS.test(params?.name)) {
    return;
  }
  params.name = OURS;
  params.inputResponses = renamed(params.inputResponses, KEY, NAME);
  for (const answer of Object.values(params.inputResponses ?? {})) {
    if (answer.action === 'accept') answer.content = { email };
  }
}

const between = createServer(async (request, response) => {
  const message = JSON.parse(await new Response(request).text());
  asked(message);
  const headers = { ...request.headers };
  for (const own of ['host', 'connection', 'content-length', 'transfer-encoding']) delete headers[own];
  if (THEIRS.test(headers['mcp-name'])) headers['mcp-name'] = OURS;
  const answer = await fetch(`${base}/mcp`, { method: 'POST', headers, body: JSON.stringify(message) });
  const told = await answer.json();
  if (told.result?.inputRequests) told.result.inputRequests = renamed(told.result.inputRequests, NAME, KEY);
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
});
between.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${between.address().port}/mcp`;
  const suite = spawn(
    process.execPath,
    ['node_modules/@modelcontextprotocol/conformance/dist/index.js', 'server', '--url', url, '--spec-version', '2026-07-28', '--scenario', process.argv[5]],
    { stdio: 'inherit' },
  );
  suite.on('exit', (code) => {
    between.close();
    process.exitCode = code ?? 1;
  });
});
