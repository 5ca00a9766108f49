// LibreChat reads the action as it reads those of its agents, and calls it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { base, key, plays } from './person.mjs';

const { openapiToFunction, validateAndParseOpenAPISpec } = createRequire(import.meta.url)('librechat-data-provider');

const parsed = validateAndParseOpenAPISpec(await (await fetch(`${base}/openapi/chatgpt-action.yml`)).text());
assert.ok(parsed.status, parsed.message);
const { functionSignatures, requestBuilders } = openapiToFunction(parsed.spec, true);
assert.deepEqual(
  functionSignatures.map((signature) => signature.name).sort(),
  ['getRequestStatus', 'requestProfileEditLink', 'requestSignUp'],
);

async function call(operation, parameters) {
  const executor = requestBuilders[operation].createExecutor().setParams(parameters);
  await executor.setAuth({ auth: { type: 'service_http', authorization_type: 'bearer' }, api_key: key });
  return (await executor.execute()).data;
}

await plays(
  (request) => call('requestProfileEditLink', request),
  (request) => call('getRequestStatus', request),
);
