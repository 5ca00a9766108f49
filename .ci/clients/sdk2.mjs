// The official TypeScript SDK in its 2.x, in the protocol of this year.
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { lives } from './oauth-story.mjs';
import { base } from './person.mjs';

await lives(async (authProvider) => {
  const transport = new StreamableHTTPClientTransport(new URL(`${base}/mcp`), { authProvider });
  const client = new Client({ name: 'sdk2', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(transport);
  return {
    call: (name, args) => client.callTool({ name, arguments: args }),
    finish: (back) => transport.finishAuth(back.searchParams),
    isUnauthorized: (error) => error instanceof UnauthorizedError,
    close: () => client.close(),
  };
});
