import { followParent } from './lib/follow-parent.mjs';
import { prepare } from './lib/prepare.mjs';
import { command } from './lib/run.mjs';

// `npm run test:chaos [-- --short --seed N --only WORD --times N]`: gateways, Redis, the proxy and the network
// are made to fail in the midst of what people do. The suite runs in this very process, so that a signal to
// it needs nobody to pass it on.
await command(async () => {
  followParent();
  await prepare(['server', 'web', 'chaos']);
  await import(new URL('../e2e/dist/main.js', import.meta.url).href);
});
