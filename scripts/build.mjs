import { prepare } from './lib/prepare.mjs';
import { command } from './lib/run.mjs';

// `npm run build`: what `npm start` does before it serves.
await command(() => prepare(['server', 'web']));
