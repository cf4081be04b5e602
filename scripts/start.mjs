import { followParent } from './lib/follow-parent.mjs';
import { prepare } from './lib/prepare.mjs';
import { command } from './lib/run.mjs';

// `npm start`: everything from a fresh clone to a running server. The server runs in this very process,
// so that a signal to it needs nobody to pass it on.
await command(async () => {
  followParent();
  await prepare(['server', 'web']);
  process.env.NODE_ENV = 'production';
  await import(new URL('../server/dist/main.js', import.meta.url).href);
});
