import { randomUUID } from 'node:crypto';
import type { User } from '@doclight/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Entry, PresenceChange } from '../presence/core/presence-types.js';
import type { PresenceStore } from '../presence/presence.store.js';
import { PresenceModel, pictureOfFold, pictureOfStore } from './presence-model.js';
import { PresenceScreen } from './presence-screen.js';

const GATEWAYS = 3;
const USERS = ['amy', 'fry', 'leela'];
const DOCUMENTS = ['a', 'b', 'c'];
const SHOWN = ['a', 'c'];

const user = (id: string): User => ({ id, name: id, color: '#1d4ed8' });

/** Where a story is played: stores that share what is stored, and what can befall them. */
export interface Stage {
  /** A gateway comes up. */
  open(): Promise<PresenceStore>;
  /** It ends as with SIGKILL. */
  kill(store: PresenceStore): Promise<void>;
  /** The others take it for dead, though it is alive. */
  removeAlive(store: PresenceStore, workspaceId: string): Promise<void>;
  /** Everything that is stored is gone. */
  empty(): Promise<void>;
  /** Lets the time of a lease pass, for all gateways, until `holds` or for long enough to tell that it never does. */
  settle(holds: () => boolean): Promise<void>;
}

type Tell = { readonly kind: 'tell'; readonly gateway: number; readonly change: PresenceChange };

/** One thing that happens. */
export type Step =
  | Tell
  /** Told without waiting for one to tell the next. */
  | { readonly kind: 'burst'; readonly tells: readonly Tell[] }
  | { readonly kind: 'die' | 'remove'; readonly gateway: number }
  | { readonly kind: 'empty' };

const gateway = fc.nat(GATEWAYS - 1);
const entry: fc.Arbitrary<Omit<Entry, 'user'>> = fc.record({
  phase: fc.constantFrom('read', 'edit'),
  since: fc.nat(5),
  unsaved: fc.boolean(),
  attention: fc.constantFrom('active', 'idle', 'hidden'),
});
const change: fc.Arbitrary<PresenceChange> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...DOCUMENTS), fc.constantFrom(...USERS), fc.option(entry, { freq: 3 }))
      .map(([documentId, userId, facts]): PresenceChange => {
        return { kind: 'document', documentId, userId, entry: facts && { user: user(userId), ...facts } };
      }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...USERS), fc.boolean()).map(([userId, on]): PresenceChange => {
      return { kind: 'connection', userId, user: on ? user(userId) : null };
    }),
  },
);
const tell: fc.Arbitrary<Tell> = fc.record({ kind: fc.constant('tell'), gateway, change });

const step = fc.oneof(
  { weight: 12, arbitrary: tell as fc.Arbitrary<Step> },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('burst'), tells: fc.array(tell, { maxLength: 8 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('die', 'remove'), gateway }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('empty') }) },
) as fc.Arbitrary<Step>;

/** Whatever may happen to people and gateways, in any order. */
export const story: fc.Arbitrary<Step[]> = fc.array(step, { maxLength: 25, size: 'max' });

interface Actor {
  readonly name: string;
  readonly store: PresenceStore;
  readonly screens: readonly PresenceScreen[];
}

/** Plays a story on a stage, and holds every gateway and every screen against the naive model. */
export async function play(stage: Stage, steps: readonly Step[]): Promise<void> {
  const workspaceId = randomUUID();
  const model = new PresenceModel();
  const actors: Actor[] = [];
  let opened = 0;
  /** Nothing has befallen a gateway yet: who enters is told exactly. */
  let calm = true;

  const open = async (): Promise<Actor> => {
    opened += 1;
    const name = `g${opened}`;
    const store = await stage.open();
    await store.ready(workspaceId);
    const screens = [new PresenceScreen(store, workspaceId), new PresenceScreen(store, workspaceId, SHOWN)];
    // Somebody by whom the gateway can be found in what is stored.
    const marker: PresenceChange = { kind: 'connection', userId: name, user: user(name) };
    model.tell(name, [marker]);
    await store.apply(workspaceId, [marker]);
    return { name, store, screens };
  };
  const actor = (number: number): Actor => {
    const found = actors[number];
    if (!found) throw new Error(`there is no gateway ${number}`);
    return found;
  };
  const end = async ({ name, store, screens }: Actor) => {
    for (const screen of screens) screen.close();
    model.forget(name);
    await stage.kill(store);
  };
  const perform = async ({ gateway: number, change: told }: Tell) => {
    const { name, store } = actor(number);
    const listed = (userId: string, documentId: string, of = model.picture()) =>
      of.documents[documentId]?.some((line) => line.startsWith(`${userId} `)) ?? false;
    const enters = told.kind === 'document' && told.entry !== null && !listed(told.userId, told.documentId);
    model.tell(name, [told]);
    return { entered: await store.apply(workspaceId, [told]), enters, store, told, listed };
  };
  const act = async (step: Step) => {
    if (step.kind === 'tell') {
      const { entered, enters, store, told, listed } = await perform(step);
      if (calm) expect(entered, 'who entered').toHaveLength(enters ? 1 : 0);
      // What a gateway told is seen in its own view at once.
      if (told.kind !== 'document' || told.entry === null) return;
      expect(listed(told.userId, told.documentId, pictureOfStore(store.view(workspaceId)))).toBe(true);
    } else if (step.kind === 'burst') await Promise.all(step.tells.map(perform));
    else {
      calm = false;
      if (step.kind === 'empty') await stage.empty();
      else if (step.kind === 'remove') await stage.removeAlive(actor(step.gateway).store, workspaceId);
      else {
        await end(actor(step.gateway));
        actors[step.gateway] = await open();
      }
    }
  };

  try {
    actors.push(...(await Promise.all(Array.from({ length: GATEWAYS }, open))));
    for (const step of steps) await act(step);
    const compare = () => {
      const { people, ...all } = model.picture();
      const shown = Object.entries(all.documents).filter(([id]) => SHOWN.includes(id));
      const expected = {
        store: { ...all, people },
        screens: [all, { ...all, documents: Object.fromEntries(shown) }],
      };
      return actors.map(({ name, store, screens }) => ({
        name,
        expected,
        is: {
          store: pictureOfStore(store.view(workspaceId)),
          screens: screens.map(({ view }) => pictureOfFold(view)),
        },
      }));
    };
    const same = (a: unknown, b: unknown) => {
      try {
        expect(a).toEqual(b);
        return true;
      } catch {
        return false;
      }
    };
    await stage.settle(() => compare().every(({ is, expected }) => same(is, expected)));
    for (const { name, is, expected } of compare()) expect(is, name).toEqual(expected);
    for (const { name, screens } of actors) {
      for (const { rejoins, versions } of screens) {
        expect(rejoins, `${name} joined again`).toBe(0);
        expect(
          [...new Set(versions)].sort((a, b) => a - b),
          `versions on ${name}`,
        ).toEqual(versions);
      }
    }
  } finally {
    for (const one of actors) await end(one);
  }
}
