import type { Cores } from './machine.js';
import type { Measured } from './processes.js';
import { type Identity, type Stack, type StackOptions, startStack } from './stack.js';

/** Enough for every case of the short form: minting starts a program. */
const MINTED_AT_ONCE = 200;

/** Gives cases the Doclight that they measure. */
export class StackPool {
  private readonly shared = new Map<StackOptions['database'], Promise<Stack>>();

  /** @param shares whether cases that want the same get the same: quicker, and no ground to measure on */
  constructor(
    private readonly postgresUrl: string,
    private readonly cores: Cores,
    private readonly shares: boolean,
  ) {}

  async open(options: StackOptions): Promise<Stack> {
    if (!this.shares) return startStack(options, this.postgresUrl, this.cores);
    const stack = await this.share(options.database);
    const running = (): Measured[] => stack.gateways.filter((gateway) => gateway.isRunning());
    const wanted = options.gateways ?? 1;
    while (running().length < wanted) await stack.addGateway();
    return { ...stack, gateways: running().slice(0, wanted), stop: async () => {} };
  }

  /** Begins to start what will be shared; whoever opens it hears of a failure. */
  prepare(database: StackOptions['database']): void {
    if (this.shares) this.share(database).catch(() => {});
  }

  private share(database: StackOptions['database']): Promise<Stack> {
    const options = { database, redis: database === 'postgres' };
    const stack = this.shared.get(database) ?? startStack(options, this.postgresUrl, this.cores).then(keep);
    this.shared.set(database, stack);
    return stack;
  }

  /** Ends those that were shared. */
  async close(): Promise<void> {
    const stacks = await Promise.allSettled(this.shared.values());
    await Promise.all(stacks.map(async (stack) => stack.status === 'fulfilled' && stack.value.stop()));
  }
}

/** The same people for every case. */
function keep(stack: Stack): Stack {
  const people: Identity[] = [];
  return {
    ...stack,
    mint: async (count) => {
      if (people.length < count)
        people.push(...(await stack.mint(Math.max(MINTED_AT_ONCE, count - people.length))));
      return people.slice(0, count);
    },
  };
}
