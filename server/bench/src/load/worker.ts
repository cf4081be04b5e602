import { comeBack } from './come-back.js';
import { connectAll } from './connect.js';
import { crowd } from './crowd.js';
import { fanOut } from './fan-out.js';
import { idle } from './idle.js';
import { redisWrites } from './redis-writes.js';
import { save } from './save.js';
import { simulation } from './simulation.js';

/** Every load, by the name that a case asks for. Each takes and gives plain data. */
const LOADS: Readonly<Record<string, (input: never) => Promise<unknown>>> = {
  fanOut,
  idle,
  connectAll,
  comeBack,
  crowd,
  redisWrites,
  save,
  simulation,
};

process.once('message', ({ name, input }: { name: string; input: never }) => {
  const load = LOADS[name];
  const work = load ? load(input) : Promise.reject(new Error(`there is no load ${name}`));
  work.then(
    (result) => process.send?.({ result }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
