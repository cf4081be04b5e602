import { followParent } from './lib/follow-parent.mjs';
import { prepare } from './lib/prepare.mjs';
import { command } from './lib/run.mjs';

// `npm run import | export | accounts | jobs`: the operator's commands. The server's own code reads the
// arguments (command first) and does the work, in this process.
await command(async () => {
  followParent();
  await prepare(['server']);
  process.env.NODE_ENV = 'production';
  await import(new URL('../server/dist/cli.js', import.meta.url).href);
});
