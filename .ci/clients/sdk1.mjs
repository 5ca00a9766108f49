// The official TypeScript SDK in its 1.x, which asks for what a challenge names; whoever wants to stay asks for it first.
import { auth, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { lives } from './oauth-story.mjs';
import { base } from './person.mjs';

const serverUrl = `${base}/mcp`;
const scope = 'profile:read profile:propose offline_access';

await lives(async (authProvider) => {
  const transport = new StreamableHTTPClientTransport(new URL(serverUrl), { authProvider });
  const client = new Client({ name: 'sdk1', version: '1' });
  await client.connect(transport);
  return {
    call: (name, args) => client.callTool({ name, arguments: args }),
    finish: (back) => transport.finishAuth(back.searchParams.get('code')),
    isUnauthorized: (error) => error instanceof UnauthorizedError,
    close: () => client.close(),
  };
}, (provider, authorizationCode) => auth(provider, { serverUrl, scope, authorizationCode }));
