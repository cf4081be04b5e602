import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { TestServer } from '../testing/test-server.js';

describe.each(engines)('health and metrics on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(engine);
  });
  afterAll(() => server.close());

  it('is live and ready', async () => {
    const live = await server.api()('GET', '/api/health/live');
    expect([live.status, live.json()]).toEqual([200, { status: 'ok', checks: {} }]);
    const ready = await server.api()('GET', '/api/health/ready');
    expect([ready.status, ready.json()]).toEqual([
      200,
      { status: 'ok', checks: { database: { status: 'up' } } },
    ]);
  });

  it('tells metrics to this machine, and not through a proxy', async () => {
    const metrics = await server.api()('GET', '/metrics');
    expect(metrics.status).toBe(200);
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    const names = metrics.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(names.length).toBeGreaterThan(5);
    expect(names.every((line) => line.startsWith('doclight_'))).toBe(true);
    for (const header of ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'via']) {
      const proxied = await server.api()('GET', '/metrics', { headers: { [header]: '127.0.0.1' } });
      expect([proxied.status, proxied.problem().code]).toEqual([403, 'FORBIDDEN']);
    }
  });
});
