// A chat that shows the card, made of the protocol's own host bridge; bundled for a browser by esbuild.
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

/**
 * Shows the card at an address in the sandbox that the specification demands.
 *
 * `answers` are what the calls of tools get, in turn: a result, {refuse: why} or {never: true}; without them,
 * `window.callTool` is asked. What the card did stands in `window.seen`.
 */
window.show = async ({ card, context = {}, capabilities = { serverTools: {} }, result, answers, deaf = false }) => {
  const seen = { calls: [], heights: [], told: [], initialized: false };
  window.seen = seen;
  const frame = document.createElement('iframe');
  frame.title = 'Card';
  frame.setAttribute('sandbox', 'allow-scripts');
  document.body.replaceChildren(frame);
  if (!deaf) {
    const bridge = new AppBridge(null, { name: 'Example chat', version: '1' }, capabilities, { hostContext: context });
    window.bridge = bridge;
    bridge.oninitialized = async () => {
      seen.initialized = true;
      await bridge.sendToolInput({ arguments: {} });
      if (result) await bridge.sendToolResult(result);
    };
    bridge.onsizechange = ({ height }) => {
      seen.heights.push(height);
      frame.style.height = `${height}px`;
    };
    bridge.onupdatemodelcontext = async (params) => {
      seen.told.push(params);
      return {};
    };
    bridge.oncalltool = async (params) => {
      seen.calls.push(params);
      const answer = answers ? answers.shift() : JSON.parse(await window.callTool(JSON.stringify(params)));
      if (answer?.never) return new Promise(() => {});
      if (!answer || answer.refuse) throw new Error(answer?.refuse ?? 'No more calls are expected');
      return answer;
    };
    await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  }
  frame.src = card;
};
