import { setTimeout as delay } from 'node:timers/promises';
import { type Latency, latencyOf } from '../figures.js';
import type { Identity } from '../stack.js';
import { inParallel } from './pace.js';
import { Wire } from './wire.js';

/** How stock clients wait before they try again. @see https://socket.io/docs/v4/client-options/#reconnectiondelay */
const BACK_OFF = { firstMs: 1_000, mostMs: 5_000, randomness: 0.5 };
const BUCKET_MS = 250;

export interface ComeBackInput {
  /** Where everybody is, and its process, which is killed. */
  readonly from: { readonly url: string; readonly pid: number };
  /** Where everybody goes then. */
  readonly to: string;
  readonly workspaceId: string;
  readonly people: readonly Identity[];
}

export interface ComeBackResult {
  readonly back: number;
  /** From the kill to the snapshot in hand. */
  readonly latency: Latency;
  readonly tries: number;
  /** First tries in each quarter of a second after the kill. */
  readonly spread: readonly number[];
}

/** Everybody's gateway is killed, and everybody comes back to another one as stock clients do. */
export async function comeBack({ from, to, workspaceId, people }: ComeBackInput): Promise<ComeBackResult> {
  const delays: number[] = [];
  const spread: number[] = [];
  let tries = 0;
  let killedAt = Number.NaN;
  const enter = async (url: string, cookie: string): Promise<Wire> => {
    const wire = await Wire.connect(url, cookie);
    await wire.ask('dashboard:join', { workspaceId });
    return wire;
  };
  const wires = await inParallel(people, 50, ({ cookie }) => enter(from.url, cookie));
  const returns = wires.map(
    (wire, i) =>
      new Promise<void>((resolve) => {
        wire.onClose = () => void comeBackAs((people[i] as Identity).cookie).then(resolve);
      }),
  );
  async function comeBackAs(cookie: string): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const wait = Math.min(BACK_OFF.firstMs * 2 ** attempt, BACK_OFF.mostMs);
      await delay(wait * (1 + BACK_OFF.randomness * (2 * Math.random() - 1)));
      tries += 1;
      if (attempt === 0) {
        const bucket = Math.floor((performance.now() - killedAt) / BUCKET_MS);
        spread[bucket] = (spread[bucket] ?? 0) + 1;
      }
      try {
        await enter(to, cookie);
        delays.push(performance.now() - killedAt);
        return;
      } catch {
        // The next try, after a longer wait.
      }
    }
  }
  killedAt = performance.now();
  process.kill(from.pid, 'SIGKILL');
  await Promise.all(returns);
  return {
    back: delays.length,
    latency: latencyOf(delays),
    tries,
    spread: Array.from(spread, (count) => count ?? 0),
  };
}
