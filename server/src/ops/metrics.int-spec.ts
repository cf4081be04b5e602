import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OwnRedis } from '../testing/own-redis.js';
import { engines } from '../testing/test-database.js';
import { TestServer } from '../testing/test-server.js';

const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const read = (name: string): string => readFileSync(path(name), 'utf8');

/** What a scrape says. */
class Scrape {
  constructor(private readonly text: string) {}

  static async of(server: TestServer): Promise<Scrape> {
    return new Scrape((await server.api()('GET', '/metrics')).text);
  }

  /** By name: the type and what it means. */
  get metrics(): Map<string, { type: string; help: string }> {
    const types = new Map(
      [...this.text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]),
    );
    return new Map(
      [...this.text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = '', help = '']) => [
        name,
        { type: types.get(name) ?? '', help },
      ]),
    );
  }

  /** Names that a query can ask for. */
  get names(): Set<string> {
    return new Set(
      [...this.metrics].flatMap(([name, { type }]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
  }

  /** The sum of all samples of a name whose labels include these. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return this.text
      .split('\n')
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .filter((line) => wanted.every((label) => line.includes(label)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }
}

/** Every query of the dashboard, and where it stands. */
function dashboardQueries(): [where: string, query: string][] {
  interface Panel {
    title: string;
    targets?: { expr: string }[];
    panels?: Panel[];
  }
  const { panels } = JSON.parse(read('deploy/grafana/doclight.json')) as { panels: Panel[] };
  const all = (some: Panel[]): Panel[] => some.flatMap((panel) => [panel, ...all(panel.panels ?? [])]);
  return all(panels).flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [title, expr]),
  );
}

/** Every query of the alerts, and which one it is of. */
function alertQueries(): [where: string, query: string][] {
  const { groups } = parse(read('deploy/prometheus/doclight-alerts.yml')) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  };
  return groups.flatMap(({ rules }) => rules.map(({ alert, expr }): [string, string] => [alert, expr]));
}

describe.each(engines)('metrics on %s', (engine) => {
  let server: TestServer;
  let redis: OwnRedis | undefined;

  beforeAll(async () => {
    redis = engine === 'postgres' ? await OwnRedis.start() : undefined;
    const environment = redis ? { REDIS_URL: `redis://127.0.0.1:${redis.port}` } : {};
    server = await TestServer.start(engine, { environment, demo: false });
  });
  afterAll(async () => {
    await server.close();
    await redis?.kill();
  });

  /** All sockets are closed, and the server knows it. */
  const nobody = async () => {
    server.closeSockets();
    await expect
      .poll(async () => (await Scrape.of(server)).value('doclight_socket_connections'), { timeout: 5_000 })
      .toBe(0);
  };
  const people = async () => {
    const workspaceId = await server.workspace();
    const fry = await server.person({ [workspaceId]: 'editor' });
    const bender = await server.person({ [workspaceId]: 'viewer' });
    return { workspaceId, fry, bender };
  };

  it('tell what people did, who is where, and what it took', async () => {
    await nobody();
    const { workspaceId, fry, bender } = await people();
    const before = await Scrape.of(server);
    const document = await server.document(fry, workspaceId);
    const [one, two] = [await server.socket(fry.session), await server.socket(bender.session)];
    await server.socket(fry.session);
    await expect(server.socket('nothing')).rejects.toThrow('UNAUTHENTICATED');
    for (const socket of [one, two]) await socket.ask('dashboard:join', { workspaceId });
    await one.ask('presence:set', { documentId: document.id, phase: 'edit' });
    await two.next('presence:diff', ({ documents }) => documents[0]?.status === 'edit');
    expect((await two.emitAck('presence:set', { documentId: document.id, phase: 'edit' })).ok).toBe(false);
    await two.emitRaw('made:up', {});
    expect((await fry.api('GET', `/api/documents/${document.id}`)).status).toBe(200);
    expect((await fry.api('GET', '/api/documents/nothing-there')).status).toBe(404);
    expect((await fry.api('GET', '/api/nothing/there')).status).toBe(404);

    const scrape = await Scrape.of(server);
    const more: Scrape['value'] = (...of) => scrape.value(...of) - before.value(...of);
    expect(scrape.value('doclight_socket_connections')).toBe(3);
    expect(scrape.value('doclight_people')).toBe(2);
    expect(scrape.value('doclight_dashboards')).toBe(2);
    expect(scrape.value('doclight_documents_occupied', { status: 'edit' })).toBe(1);
    expect(scrape.value('doclight_documents_occupied', { status: 'read' })).toBe(0);
    const connects = (outcome: string) => more('doclight_socket_connects_total', { outcome });
    expect(['accepted', 'UNAUTHENTICATED', 'FORBIDDEN_ORIGIN'].map(connects)).toEqual([3, 1, 0]);
    const events = (event: string, outcome: string) =>
      more('doclight_socket_events_total', { event, outcome });
    expect(events('dashboard:join', 'ok')).toBe(2);
    expect(events('presence:set', 'ok')).toBe(1);
    expect(events('presence:set', 'FORBIDDEN')).toBe(1);
    expect(events('unknown', 'UNKNOWN_EVENT')).toBe(1);
    expect(more('doclight_presence_changes_total')).toBe(1);
    expect(more('doclight_presence_frames_total')).toBe(1);
    expect(more('doclight_presence_frame_deliveries_total')).toBe(2);
    expect(more('doclight_presence_change_deliveries_total')).toBe(2);
    expect(scrape.value('doclight_presence_coalescing_ratio')).toBeGreaterThanOrEqual(1);
    expect(more('doclight_presence_frame_delay_seconds_count')).toBe(1);
    expect(more('doclight_presence_frame_delay_seconds_bucket', { le: '+Inf' })).toBe(1);
    expect(more('doclight_presence_store_seconds_count')).toBeGreaterThan(0);
    expect(scrape.value('doclight_presence_store_up')).toBe(1);
    expect(more('doclight_sent_bytes_total')).toBeGreaterThan(500);
    expect(more('doclight_received_bytes_total')).toBeGreaterThan(500);
    expect(more('doclight_event_log_told_total')).toBe(1);
    expect(scrape.value('doclight_event_log_behind_seconds')).toBeLessThan(30);
    expect(scrape.value('doclight_database_query_seconds_count')).toBeGreaterThan(10);
    expect(more('doclight_database_failures_total')).toBe(0);
    const requests = (route: string, status: string) =>
      more('doclight_http_requests_total', { method: 'GET', route, status });
    expect(requests('/api/documents/:id', '2xx')).toBe(1);
    expect(requests('/api/documents/:id', '4xx')).toBe(1);
    expect(requests('none', '4xx')).toBe(1);
    expect(more('doclight_http_request_duration_seconds_count', { route: 'none' })).toBe(1);
    // Percentiles of the event loop come with the default metrics.
    expect(scrape.value('doclight_nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);

    expect(scrape.value('doclight_redis_command_seconds_count', { command: 'apply-changes' }) > 0).toBe(
      redis !== undefined,
    );
    expect(scrape.value('doclight_database_wait_seconds_count') > 0).toBe(engine === 'postgres');
    expect(scrape.value('doclight_database_connections') > 0).toBe(engine === 'postgres');
  });

  it('count only upwards when sockets go', async () => {
    const { workspaceId, fry } = await people();
    await (await server.socket(fry.session)).ask('dashboard:join', { workspaceId });
    const before = await Scrape.of(server);
    await nobody();
    const after = await Scrape.of(server);
    for (const name of ['doclight_sent_bytes_total', 'doclight_received_bytes_total'])
      expect(after.value(name)).toBeGreaterThanOrEqual(before.value(name));
    expect(after.value('doclight_people')).toBe(0);
    expect(after.value('doclight_dashboards')).toBe(0);
    const gone = (scrape: Scrape) => scrape.value('doclight_socket_disconnects_total');
    expect(gone(after)).toBeGreaterThan(gone(before));
  });

  it('name no workspace, document or person', async () => {
    const { workspaceId, fry } = await people();
    const document = await server.document(fry, workspaceId);
    const socket = await server.socket(fry.session);
    await socket.ask('presence:set', { documentId: document.id, phase: 'read' });
    expect((await fry.api('GET', `/api/documents/${document.id}`)).status).toBe(200);
    const { text } = await server.api()('GET', '/metrics');
    for (const id of [workspaceId, document.id, document.slug, fry.id, socket.socket.id])
      expect(text).not.toContain(id);
  });

  it('are all that the dashboard and the alerts ask for', async () => {
    const scrape = await Scrape.of(server);
    const { names } = scrape;
    const queries = [...dashboardQueries(), ...alertQueries()];
    expect(queries.length).toBeGreaterThan(20);
    for (const [where, query] of queries) {
      const asked = [...query.matchAll(/\bdoclight_\w+/g)].map(([name]) => name);
      expect(asked, where).not.toEqual([]);
      expect(
        asked.filter((name) => !names.has(name)),
        where,
      ).toEqual([]);
    }
  });

  it('are all in the documentation, in its words', async () => {
    const { metrics } = await Scrape.of(server);
    const rows = [...metrics]
      .filter(([name]) => !/^doclight_(?:process|nodejs)_/.test(name))
      .map(([name, { type, help }]) => `| \`${name}\` | ${type} | ${help} |`);
    const table = ['| metric | type | what it says |', '| --- | --- | --- |', ...rows].join('\n');
    const documented = read('docs/operations.md');
    const [, found = ''] = /<!-- metrics -->\n([\s\S]*?)\n<!-- \/metrics -->/.exec(documented) ?? [];
    expect(found).toBe(table);
  });
});

it('counts what Redis does not answer, and says that presence goes on alone', async () => {
  const redis = await OwnRedis.start();
  const server = await TestServer.start('pglite', {
    environment: { REDIS_URL: `redis://127.0.0.1:${redis.port}` },
    demo: false,
  });
  try {
    expect((await Scrape.of(server)).value('doclight_presence_store_up')).toBe(1);
    await redis.kill();
    await expect
      .poll(
        async () => {
          const scrape = await Scrape.of(server);
          return [
            scrape.value('doclight_presence_store_up'),
            scrape.value('doclight_redis_failures_total', { failure: 'error' }) > 0,
          ];
        },
        { timeout: 10_000 },
      )
      .toEqual([0, true]);
  } finally {
    await server.close();
  }
});
