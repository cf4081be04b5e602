import type { Case } from '../case.js';
import { round } from '../figures.js';
import type { ComeBackInput, ComeBackResult } from '../load/come-back.js';
import type { ConnectInput, ConnectResult } from '../load/connect.js';
import type { CrowdInput, CrowdResult } from '../load/crowd.js';
import type { IdleInput, IdleResult } from '../load/idle.js';
import { runLoad, startBare } from '../processes.js';

const KIB = 1024;
/** Doclight's own heartbeat, which the bare server is given too, in milliseconds. */
const HEARTBEAT_MS = 10_000;
const HEARTBEAT = { PING_INTERVAL_MS: String(HEARTBEAT_MS), PING_TIMEOUT_MS: '5000' };

export const socketCases: readonly Case[] = [
  {
    name: 'idle',
    title: '10,000 signed-in sockets, idle on a dashboard',
    async run({ short, cores, openStack }) {
      const count = short ? 100 : 10_000;
      const times = short
        ? { arriveMs: 200, settleMs: 100, measureMs: 500 }
        : { arriveMs: HEARTBEAT_MS, settleMs: 15_000, measureMs: 30_000 };
      const bare = await startBare('socketio-server', cores.server, HEARTBEAT);
      const people = Array.from({ length: count }, (_, i) => ({ userId: String(i), cookie: '' }));
      const baseline = await runLoad<IdleInput, IdleResult>(
        'idle',
        { ...bare, workspaceId: '', people, ...times },
        cores.load,
      ).finally(bare.stop);
      const stack = await openStack({ database: 'postgres', redis: true });
      try {
        const [gateway] = stack.gateways;
        if (!gateway) throw new Error('no gateway');
        const { url, pid } = gateway;
        const minted = await stack.mint(count);
        const own = await runLoad<IdleInput, IdleResult>(
          'idle',
          { url, pid, workspaceId: stack.workspaceId, people: minted, ...times },
          cores.load,
        );
        const figures = ({ bytesAfter, bytesBefore, sockets, serverCpuSeconds, seconds }: IdleResult) => ({
          sockets,
          'KB each': round((bytesAfter - bytesBefore) / sockets / KIB),
          'server core %': round((serverCpuSeconds / seconds) * 100),
        });
        const memory = (own.bytesAfter - own.bytesBefore) / own.sockets / KIB;
        const cpu = own.serverCpuSeconds / baseline.serverCpuSeconds;
        return [
          { case: this.name, setting: 'bare Socket.IO', figures: figures(baseline) },
          {
            case: this.name,
            setting: 'Doclight',
            figures: { ...figures(own), 'of Socket.IO': round(cpu) },
            judged: ['KB each', 'of Socket.IO'],
            target: 'at most 20 KB each, 1.2 of the CPU of Socket.IO',
            met: memory <= 20 && cpu <= 1.2,
          },
        ];
      } finally {
        await stack.stop();
      }
    },
  },
  {
    name: 'connect',
    title: 'Connect, authenticate, join and have the snapshot',
    async run({ short, cores, openStack }) {
      const count = short ? 100 : 6_000;
      const stack = await openStack({ database: 'postgres', redis: true });
      try {
        const [gateway] = stack.gateways;
        if (!gateway) throw new Error('no gateway');
        const people = await stack.mint(count);
        const input: ConnectInput = {
          url: gateway.url,
          pid: gateway.pid,
          workspaceId: stack.workspaceId,
          people,
          atOnce: 50,
          warmUp: count / 3,
        };
        const { connects, seconds, serverCpuSeconds, latency } = await runLoad<ConnectInput, ConnectResult>(
          'connectAll',
          input,
          cores.load,
        );
        const perCore = connects / serverCpuSeconds;
        return [
          {
            case: this.name,
            setting: 'Doclight',
            figures: {
              connects,
              'a second': round(connects / seconds),
              'a second and core': round(perCore),
              'µs each': round(1e6 / perCore),
              'p50 ms': latency.p50,
              'p99 ms': latency.p99,
            },
            judged: ['a second and core'],
            target: 'at least 1,500 a second and core',
            met: perCore >= 1_500,
          },
        ];
      } finally {
        await stack.stop();
      }
    },
  },
  {
    name: 'come-back',
    title: 'A gateway of 5,000 sockets is killed, and all come back to another one',
    async run({ short, cores, openStack }) {
      const count = short ? 100 : 5_000;
      const stack = await openStack({ database: 'postgres', redis: true, gateways: 2 });
      try {
        const [to, from] = stack.gateways;
        if (!from || !to) throw new Error('two gateways are needed');
        const people = await stack.mint(count);
        const lookUps = async (): Promise<number> => {
          const [row] = await stack.query<{ count: string }>(
            `select idx_scan as count from pg_stat_user_indexes where indexrelname = 'sessions_pkey'`,
          );
          return Number(row?.count);
        };
        const before = await lookUps();
        const { back, latency, tries, spread } = await runLoad<ComeBackInput, ComeBackResult>(
          'comeBack',
          { from: { url: from.url, pid: from.pid }, to: to.url, workspaceId: stack.workspaceId, people },
          cores.load,
        );
        // PostgreSQL publishes its statistics when a connection falls idle, a second later at most.
        await new Promise((resolve) => setTimeout(resolve, short ? 0 : 2_000));
        // Each person was looked up once by the gateway that died, and once by the other one.
        const lookUpsEach = ((await lookUps()) - before) / count / 2;
        return [
          {
            case: this.name,
            setting: 'Doclight',
            figures: {
              sockets: count,
              back,
              'p50 ms': latency.p50,
              'last ms': latency.max,
              tries,
              'look-ups each': round(lookUpsEach),
              'first tries a 250 ms': spread.join(' '),
            },
            judged: ['back', 'last ms', 'look-ups each'],
            target: 'all back within 10 s, each session looked up at most once',
            met: back === count && latency.max < 10_000 && lookUpsEach <= 1,
          },
        ];
      } finally {
        await stack.stop();
      }
    },
  },
  {
    name: 'crowd',
    title: 'People in one document: 10 against 5,000',
    async run({ short, cores, openStack }) {
      const measure = async (inside: number): Promise<CrowdResult> => {
        const stack = await openStack({ database: 'postgres', redis: true });
        try {
          const [gateway] = stack.gateways;
          const [documentId] = await stack.addDocuments(1);
          if (!gateway || !documentId) throw new Error('no gateway, or no document');
          const comers = 10;
          const [guests, people] = [short ? 3 : 75, 1 + comers + inside];
          const minted = await stack.mint(people + guests);
          const input: CrowdInput = {
            url: gateway.url,
            pid: gateway.pid,
            workspaceId: stack.workspaceId,
            documentId,
            people: minted.slice(0, people),
            guests: minted.slice(people),
            comers,
            perSecond: short ? 40 : 5,
            measureMs: short ? 500 : 15_000,
          };
          return await runLoad('crowd', input, cores.load);
        } finally {
          await stack.stop();
        }
      };
      const few = await measure(10);
      const some = await measure(short ? 50 : 500);
      const many = await measure(short ? 100 : 5_000);
      const perDelivery = ({ serverCpuSeconds, deliveries }: CrowdResult): number =>
        (serverCpuSeconds / deliveries) * 1e6;
      const figures = (result: CrowdResult) => ({
        inside: result.inside,
        'changes/s': round(result.changes / result.seconds),
        'most bytes of a document': result.mostDocumentBytes,
        'µs/person told': round(perDelivery(result)),
        'server core %': round((result.serverCpuSeconds / result.seconds) * 100),
        'counters/s and person': round(result.countersPerSecond),
      });
      return [
        { case: this.name, setting: 'few', figures: figures(few) },
        { case: this.name, setting: 'some', figures: figures(some) },
        {
          case: this.name,
          setting: 'many',
          figures: figures(many),
          judged: ['most bytes of a document', 'µs/person told', 'counters/s and person'],
          target:
            'at most 4 KB a document, one more costs no more (1.1 of what it costs at 500), one counter a second',
          met:
            many.mostDocumentBytes <= 4 * KIB &&
            perDelivery(many) <= 1.1 * perDelivery(some) &&
            many.countersPerSecond > 0 &&
            many.countersPerSecond <= 1,
        },
      ];
    },
  },
];
