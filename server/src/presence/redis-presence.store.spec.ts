import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { RedisLink } from '../redis/redis-link.js';
import type { PresenceChange } from './core/presence-types.js';
import { RedisPresenceStore } from './redis-presence.store.js';

const user = { id: 'fry', name: 'Fry', color: '#7c3aed' };

function change(documentId: string, phase: 'read' | 'edit' | null): PresenceChange {
  const entry =
    phase === null ? null : { user, phase, since: 1, unsaved: false, attention: 'active' as const };
  return { kind: 'document', documentId, userId: user.id, entry };
}

/** A Redis that answers everything at once, but for writes that it is told to hold back or to refuse. */
class Answers {
  /** Workspaces in which a write gets no answer, and how to end the waiting. */
  readonly held = new Map<string, (error: Error) => void>();
  readonly refused = new Set<string>();
  /** What leases wait for. */
  lease: Promise<unknown> = Promise.resolve();
  /** What was written by changes, in its order: workspace, field, value. */
  readonly written: string[][] = [];
  private version = 1;

  readonly link = {
    run: (script: { name: string }, keys: string[], args: string[]) => this.run(script.name, keys, args),
    membersOfSet: async () => [],
    subscribe: async () => {},
    unsubscribe: async () => {},
  } as unknown as RedisLink;

  private async run(name: string, keys: string[], args: string[]): Promise<unknown> {
    switch (name) {
      case 'renew-lease':
        await this.lease;
        return ['an epoch', 1, 0];
      case 'load-workspace':
        return [String(this.version), '1'];
      case 'check-workspace':
        return [String(this.version)];
      case 'apply-changes':
        return this.apply(/\{(.*)\}/.exec(keys[0] ?? '')?.[1] ?? '', args);
      default:
        return 1;
    }
  }

  private async apply(workspaceId: string, args: string[]): Promise<string[]> {
    if (this.refused.delete(workspaceId)) throw new Error('refused');
    if (this.held.has(workspaceId))
      await new Promise((_, reject) => this.held.set(workspaceId, reject as (error: Error) => void));
    for (let i = 5; i < args.length; i += 2)
      this.written.push([workspaceId, args[i] ?? '', args[i + 1] ?? '']);
    this.version += 1;
    return [String(this.version), String(this.version - 1)];
  }
}

describe('presence in Redis', () => {
  it('writes nothing late that waited since before a loss, and shows what came since', async () => {
    const redis = new Answers();
    const store = new RedisPresenceStore(redis.link, pino({ level: 'silent' }));
    await store.open();
    await store.apply('w', [change('first', 'read')]);

    redis.held.set('w', () => {});
    const underWay = store.apply('w', [change('second', 'read')]);
    const waiting = store.apply('w', [change('third', 'edit')]);
    // Redis is lost in another workspace, and meanwhile the person leaves the third document again.
    redis.refused.add('v');
    let comeBack = (): void => {};
    redis.lease = new Promise<void>((resolve) => {
      comeBack = resolve;
    });
    const lost = store.apply('v', [change('other', 'read')]);
    await expect.poll(() => store.fault()).not.toBeNull();
    const leaving = store.apply('w', [change('third', null)]);
    await Promise.all([lost, leaving]);
    comeBack();
    await expect.poll(() => store.fault()).toBeNull();

    const before = redis.written.length;
    redis.held.get('w')?.(new Error('no answer in time'));
    redis.held.delete('w');
    await Promise.all([underWay, waiting]);
    await store.apply('w', [change('fourth', 'read')]);
    const documents = redis.written.slice(before).map(([, field = '']) => field.split('\n')[2]);
    expect(documents).toEqual(['fourth']);
    await store.close();
  });
});
