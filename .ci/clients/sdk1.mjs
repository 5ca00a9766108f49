// The official TypeScript SDK in its 1.x.
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { lives } from './oauth-story.mjs';
import { base } from './person.mjs';

await lives(async (authProvider) => {
  const transport = new StreamableHTTPClientTransport(new URL(`${base}/mcp`), { authProvider });
  const client = new Client({ name: 'sdk1', version: '1' });
  await client.connect(transport);
  return {
    call: (name, args) => client.callTool({ name, arguments: args }),
    finish: (back) => transport.finishAuth(back.searchParams.get('code')),
    isUnauthorized: (error) => error instanceof UnauthorizedError,
    close: () => client.close(),
  };
});
