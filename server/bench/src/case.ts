import type { Row } from './figures.js';
import type { Cores } from './machine.js';
import type { Stack, StackOptions } from './stack.js';

/** What every case is given. */
export interface Bench {
  readonly cores: Cores;
  /** A PostgreSQL in which databases may be made. */
  readonly postgresUrl: string;
  /** A Doclight of the case's own; in the short form it may be one that earlier cases have used. `stop` it in the end. */
  openStack(this: void, options: StackOptions): Promise<Stack>;
  /** Small and quick: to see that it runs, not to measure. */
  readonly short: boolean;
}

/** One measurement, with servers and a load of its own. */
export interface Case {
  readonly name: string;
  readonly title: string;
  /** A database with which Doclight takes long to start: where stacks are shared, this is begun at once. */
  readonly opensLate?: StackOptions['database'];
  run(bench: Bench): Promise<Row[]>;
}
