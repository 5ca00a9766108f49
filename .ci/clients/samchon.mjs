// @samchon/openapi turns the document into functions for a model, and calls them.
import assert from 'node:assert/strict';
import { HttpLlm } from '@samchon/openapi';
import { base, key, plays } from './person.mjs';

const document = await (await fetch(`${base}/openapi/chatgpt-action.json`)).json();
const application = HttpLlm.application({ document });
assert.deepEqual(application.errors, []);
assert.equal(application.functions.length, 3);

function call(path, input) {
  const found = application.functions.find((candidate) => candidate.path === path);
  return HttpLlm.propagate({
    application,
    function: found,
    connection: { host: base, headers: { Authorization: `Bearer ${key}` } },
    input,
  }).then((answer) => answer.body);
}

await plays(
  (request) => call('/api/update/init', { body: request }),
  (request) => call('/api/update/status/{requestId}', request),
);
