import { type Costs, INPUTS } from './costs.js';
import { type Assumptions, MILLION, type Needs, needsOf, type Placement, plan } from './plan.js';

/** People of the ladder: the same size of workspace, more and more of them. */
const LADDER = [10_000, 30_000, 100_000, 300_000, 1_000_000];

/** Everything that the plan says, as Markdown: `docs/scaling.md` quotes it between its marks. */
export function describePlan(costs: Costs): Record<'inputs' | 'needs' | 'ladder', string> {
  return { inputs: inputsTable(costs), needs: needsTable(costs), ladder: ladderTable(costs) };
}

function inputsTable(costs: Costs): string {
  return markdown(
    ['what', 'measured', 'unit', 'case'],
    Object.entries(INPUTS).map(([name, [what, unit, source]]) => [
      what,
      short(costs[name as keyof Costs]),
      unit,
      `\`${source}\``,
    ]),
  );
}

function needsTable(costs: Costs): string {
  const routed = plan(MILLION, costs, 'by workspace');
  if (!routed) return 'No number of gateways suffices.';
  const spread = needsOf(MILLION, costs, 'spread', routed.gateways);
  const more = needsOf(MILLION, costs, 'spread', 2 * routed.gateways);
  const columns = [routed, spread, more];
  const line = (what: string, of: (needs: Needs) => string): string[] => [what, ...columns.map(of)];
  const share =
    (of: (needs: Needs) => number) =>
    (needs: Needs): string =>
      `${short(of(needs) * 100)} %`;
  return markdown(
    ['1,000,000 people', 'by workspace', 'spread', 'spread, twice as many'],
    [
      line('gateways, a core each', ({ gateways }) => whole(gateways)),
      line(
        'a gateway: its own changes',
        share(({ work }) => work.ownChanges),
      ),
      line(
        "… changes of others' people",
        share(({ work }) => work.followedChanges),
      ),
      line(
        '… messages to sockets',
        share(({ work }) => work.frames),
      ),
      line(
        '… idle sockets',
        share(({ work }) => work.idleSockets),
      ),
      line(
        '… checks',
        share(({ work }) => work.checks),
      ),
      line(
        '… together, of its core',
        share(({ workSum }) => workSum),
      ),
      line('… each round of checks', ({ checkMs }) => `${short(checkMs)} ms`),
      line('… workspaces it follows', ({ followed }) => whole(followed)),
      line('… memory', ({ gatewayBytes }) => bytes(gatewayBytes)),
      line('Redis: cores for changes', ({ redis }) => short(redis.writes)),
      line('… for telling gateways', ({ redis }) => short(redis.deliveries)),
      line('… for checks', ({ redis }) => short(redis.checks)),
      line('… for `document:opened`, on one server', ({ adapterCores }) => short(adapterCores)),
      line('… servers that hold slots', ({ shards }) => whole(shards)),
      line('… memory, all together', ({ redisBytes }) => bytes(redisBytes)),
      line('Redis to gateways', ({ betweenBytes }) => `${bytes(betweenBytes)}/s`),
      line('gateways to people', ({ outBytes }) => `${bytes(outBytes)}/s`),
      line('PostgreSQL: cores for saves', ({ database }) => short(database.saves)),
      line('… for gateways that read the event log', ({ database }) => short(database.tails)),
      line('… connections', ({ connections }) => whole(connections)),
      line(
        'a gateway lost: its people are back after',
        ({ backAfterGatewayS }) => `${short(backAfterGatewayS)} s`,
      ),
      line('a zone lost: its people are back after', ({ backAfterZoneS }) => `${short(backAfterZoneS)} s`),
      line('… session look-ups meanwhile', ({ lookUps }) => `${whole(lookUps)}/s`),
      line('changes', ({ changes }) => `${whole(changes)}/s`),
      line('frames', ({ frames }) => `${whole(frames)}/s`),
      line('checks', ({ checks }) => `${whole(checks)}/s`),
      line('saves', ({ saves }) => `${whole(saves)}/s`),
    ],
  );
}

function ladderTable(costs: Costs): string {
  const cells = (given: Assumptions, placement: Placement): string[] => {
    const needs = plan(given, costs, placement);
    if (!needs) return ['none suffices', '', ''];
    return [whole(needs.gateways), whole(needs.shards), `${bytes(needs.betweenBytes)}/s`];
  };
  return markdown(
    [
      'people',
      'workspaces',
      'spread: gateways',
      'Redis',
      'between',
      'by workspace: gateways',
      'Redis',
      'between',
    ],
    LADDER.map((people) => {
      const given = { ...MILLION, people, workspaces: people / 100 };
      return [
        whole(people),
        whole(given.workspaces),
        ...cells(given, 'spread'),
        ...cells(given, 'by workspace'),
      ];
    }),
  );
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const format = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [format(head), format(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(format)].join(
    '\n',
  );
}

/** Two significant digits: more than the assumptions bear. */
function short(value: number): string {
  if (value >= 100) return whole(value);
  return String(Number(value.toPrecision(2)));
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let [left, unit] = [value, 0];
  while (left >= 1_000 && unit < units.length - 1) {
    left /= 1_000;
    unit += 1;
  }
  return `${short(left)} ${units[unit]}`;
}
