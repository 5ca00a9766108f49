// One story for each SDK: connect, be asked to sign in, read, step up, propose, refresh, and be shown out.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Browser } from './browser.mjs';
import { base, email } from './person.mjs';

/** How to be known: the id of a predefined client, or nothing, which registers one. */
const [clientId, clientSecret] = process.argv.slice(5);

/** A client's own memory, as its SDK asks for it. */
export class Memory {
  redirectUrl = 'http://127.0.0.1:6274/callback';
  client = clientId && { client_id: clientId, ...(clientSecret && { client_secret: clientSecret }) };

  get clientMetadata() {
    return {
      client_name: 'Example client',
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: clientSecret ? 'client_secret_basic' : 'none',
    };
  }

  state() {
    this.sent = randomUUID();
    return this.sent;
  }

  clientInformation() {
    return this.client;
  }

  saveClientInformation(client) {
    this.client = client;
  }

  tokens() {
    return this.kept;
  }

  saveTokens(tokens) {
    this.kept = tokens;
  }

  saveCodeVerifier(verifier) {
    this.verifier = verifier;
  }

  codeVerifier() {
    return this.verifier;
  }

  redirectToAuthorization(url) {
    this.asked = url;
  }

  invalidateCredentials(scope) {
    if (scope === 'all' || scope === 'tokens') this.kept = undefined;
  }
}

/**
 * Lives it.
 *
 * @param connect makes a client with this memory: {call(name, arguments), finish(callback URL), isUnauthorized(error), close()}
 * @param asks for more than the server's challenge names, before anything is called: (memory, code), twice
 */
export async function lives(connect, asks) {
  const memory = new Memory();
  const browser = new Browser(base);
  if (asks) {
    assert.equal(await asks(memory), 'REDIRECT');
    assert.equal(await asks(memory, codeIn(await comesBack())), 'AUTHORIZED');
  }
  let client = await connect(memory);

  async function comesBack() {
    const back = await browser.allows(memory.asked, email);
    memory.asked = undefined;
    assert.equal(`${back.origin}${back.pathname}`, memory.redirectUrl);
    assert.equal(back.searchParams.get('state'), memory.sent);
    assert.equal(back.searchParams.get('iss'), base);
    return back;
  }

  async function allowed(doing) {
    for (let times = 0; times < 3; times++) {
      try {
        return await doing();
      } catch (error) {
        assert.ok(client.isUnauthorized(error), error);
        assert.ok(memory.asked, 'The client was told where to sign in');
        await client.finish(await comesBack());
        await client.close();
        client = await connect(memory);
      }
    }
    return assert.fail('Asked to sign in again and again');
  }

  async function call(name, args) {
    const answer = await allowed(() => client.call(name, args));
    assert.ok(!answer.isError, JSON.stringify(answer));
    return answer;
  }

  const mine = await call('get_my_profile', {});
  assert.equal(mine.structuredContent.email ?? email, email);
  const proposed = await call('propose_profile_change', { proposal: { bio: `Proposed by ${memory.client.client_id}` } });
  assert.ok(proposed._meta['latchkey/draft'].key);
  assert.ok(!JSON.stringify([proposed.structuredContent, proposed.content]).includes(proposed._meta['latchkey/draft'].key));

  const before = memory.kept;
  assert.ok(before.refresh_token, 'There is a refresh token');
  memory.kept = { ...before, access_token: `${before.access_token}x` };
  await client.call('get_my_profile', {});
  assert.notEqual(memory.kept.access_token, `${before.access_token}x`);
  assert.notEqual(memory.kept.refresh_token, before.refresh_token);

  await browser.endsAllOthers();
  await assert.rejects(client.call('get_my_profile', {}), (error) => client.isUnauthorized(error));
  assert.ok(memory.asked, 'The client is asked to sign in again');
  await client.close();
  console.log(`lived as ${memory.client.client_id}`);
}

const codeIn = (back) => back.searchParams.get('code');
