import { followParent } from './lib/follow-parent.mjs';
import { prepare } from './lib/prepare.mjs';
import { command } from './lib/run.mjs';

// `npm run test:crash [-- --short --seed N --saves N --kills N --only PostgreSQL]`: the server is killed again and
// again while people save, and nothing that was acknowledged may be lost. In this very process, as the chaos suite.
await command(async () => {
  followParent();
  await prepare(['server', 'web', 'chaos']);
  await import(new URL('../e2e/dist/crash/main.js', import.meta.url).href);
});
