import { followParent } from './lib/follow-parent.mjs';
import { prepare } from './lib/prepare.mjs';
import { command } from './lib/run.mjs';

// `npm run bench [-- CASE… --short --output FILE]`: what Doclight costs, beside bare servers in the same run.
// The benchmark runs in this very process, so that a signal to it needs nobody to pass it on.
await command(async () => {
  followParent();
  await prepare(['server', 'web', 'bench']);
  await import(new URL('../server/bench/dist/main.js', import.meta.url).href);
});
