// Signs in as the SDK's 1.x does, and prints the tokens for a client that only takes one as a header.
import assert from 'node:assert/strict';
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';
import { Browser } from './browser.mjs';
import { Memory } from './oauth-story.mjs';
import { base, email } from './person.mjs';

const memory = new Memory();
const serverUrl = `${base}/mcp`;
const scope = 'profile:read profile:propose offline_access';
assert.equal(await auth(memory, { serverUrl, scope }), 'REDIRECT');
const back = await new Browser(base).allows(memory.asked, email);
assert.equal(await auth(memory, { serverUrl, authorizationCode: back.searchParams.get('code') }), 'AUTHORIZED');
console.log(JSON.stringify(memory.kept));
