import { differences } from './seen/truth.js';
import type { Gateway } from './stack/gateway.js';
import { until, type World } from './world.js';

/** What came of one check. */
export interface Check {
  readonly what: string;
  /** Empty: it passed. */
  readonly faults: readonly string[];
}

/** Within this time before the settling time ends, in milliseconds, everything has to be right once. */
const LAST_LOOK_MS = 1_000;
/** A change on a gateway's own screens while Redis is away: a command is given up after a second. */
const OWN_MS = 3_000;
const SAVE_MS = 5_000;
/** Until a gateway says that Redis does not answer: its lease is renewed every 2 s. */
const HEALTH_MS = 5_000;

/** Every gateway: its dashboards, one that is opened now, and what it says of its health. */
export async function checkSettled(world: World): Promise<Check[]> {
  const { stack, crowd } = world;
  const observers = world.watching();
  const onScreens = observers.map(({ name, dashboard }) =>
    last(`dashboard ${name} shows what is`, () =>
      dashboard.isLive
        ? differences(world.truth(), dashboard.shown, dashboard.documentIds)
        : ['is not connected'],
    ),
  );
  const newcomers = observers
    .filter(({ dashboard }) => !dashboard.documentIds)
    .map(({ name, dashboard }) =>
      last(`a dashboard opened now shows what is (${name})`, async () => {
        const shown = await dashboard.newcomer();
        return differences(world.truth(), shown);
      }),
    );
  const behindProxy = last('dashboards behind the proxy show what is', () =>
    [...crowd.all()].flatMap(({ dashboard }, i) =>
      dashboard?.isLive
        ? differences(world.truth(), dashboard.shown).map((difference) => `tab ${i}: ${difference}`)
        : [],
    ),
  );
  const running = stack.gateways.filter((gateway) => gateway.isRunning);
  const health = running.map((gateway) =>
    last(`gateway ${gateway.name} is ready`, async () => {
      const answer = await gateway.health();
      return answer?.status === 200 ? [] : [`answers ${JSON.stringify(answer)}`];
    }),
  );
  const refusals = [...crowd.all()].flatMap((tab) => tab.refusals.splice(0));
  const checks = await Promise.all([...onScreens, ...newcomers, behindProxy, ...health]);
  return [...checks, { what: 'nobody was refused', faults: refusals }];
}

/** While Redis is out of reach of some gateways: what has to work there nevertheless. */
export async function checkWithoutRedis(world: World, cutOff: readonly Gateway[]): Promise<Check[]> {
  const own = cutOff.map((gateway) => checkOwnPeople(world, gateway));
  const health = world.stack.gateways.map((gateway) => checkHealth(gateway, cutOff.includes(gateway)));
  return Promise.all([...own, ...health, checkSave(world)]);
}

/** A person of the gateway changes phase, and the dashboards of that gateway show it. */
async function checkOwnPeople(world: World, gateway: Gateway): Promise<Check> {
  const what = `gateway ${gateway.name} shows what its own people do without Redis`;
  const resident = world.residents.get(gateway);
  const documentId = world.homes.get(gateway);
  if (!resident?.where || documentId === undefined) return { what, faults: ['nobody lives there'] };
  const phase = resident.where.phase === 'read' ? 'edit' : 'read';
  resident.go({ ...resident.where, phase });
  const whole = world.observersOf(gateway).filter(({ dashboard }) => !dashboard.documentIds);
  const seen = await until(OWN_MS, () =>
    whole.every(({ dashboard }) =>
      dashboard.shown.documents.some((one) => one.documentId === documentId && one.status === phase),
    ),
  );
  return { what, faults: seen === null ? [`not shown within ${OWN_MS} ms`] : [] };
}

async function checkHealth(gateway: Gateway, isCutOff: boolean): Promise<Check> {
  const what = `gateway ${gateway.name} says ${isCutOff ? 'that Redis is away' : 'that all is well'}`;
  let answer: Awaited<ReturnType<Gateway['health']>> = null;
  const told = await until(HEALTH_MS, async () => {
    answer = await gateway.health();
    const redis = answer?.checks.redis?.status;
    return isCutOff ? answer?.status === 503 && redis === 'down' : answer?.status === 200;
  });
  return { what, faults: told === null ? [`answers ${JSON.stringify(answer)}`] : [] };
}

/** A save goes through, and every gateway tells its people. */
async function checkSave(world: World): Promise<Check> {
  const what = 'a save works, and is told on every gateway';
  try {
    const { id, revision } = await world.rest.save(world.savedId, `Saved at ${Date.now()}.`);
    const told = await until(SAVE_MS, () =>
      world.observers.every(({ saves }) => saves.has(`${id}@${revision}`)),
    );
    if (told !== null) return { what, faults: [] };
    const silent = world.observers.filter(({ saves }) => !saves.has(`${id}@${revision}`));
    return { what, faults: silent.map(({ name }) => `${name} was not told within ${SAVE_MS} ms`) };
  } catch (error) {
    return { what, faults: [String(error)] };
  }
}

/** Passes where nothing is at fault at some moment of the last second. */
async function last(what: string, look: () => string[] | Promise<string[]>): Promise<Check> {
  let faults: string[] = [];
  await until(LAST_LOOK_MS, async () => {
    try {
      faults = await look();
    } catch (error) {
      faults = [String(error)];
    }
    return faults.length === 0;
  });
  return { what, faults };
}
