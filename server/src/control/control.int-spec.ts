import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { DataDirLockedError, dataDirHolder, schema } from '@doclight/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../cli/command.js';
import { connect } from '../cli/connect.js';
import { openLocally } from '../cli/local-backend.js';
import { createLogger } from '../common/logger.js';
import { loadConfig } from '../config/config.js';
import { operate, temporaryFolder } from '../testing/operator.js';
import { TestServer } from '../testing/test-server.js';
import { ControlService } from './control.service.js';
import type { ControlAddress } from './control-file.js';

/** One request as anything on this machine could send it. */
function send(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('commands while a server holds the embedded database', () => {
  let server: TestServer;
  let root: string;
  let dataDir: string;
  let clean: () => Promise<void>;

  /** The way a command really takes. */
  function reach(): Promise<Backend> {
    const config = loadConfig({ DATA_DIR: dataDir });
    return connect(config, {
      holder: () => dataDirHolder(dataDir),
      open: () => openLocally(config, createLogger('warn')),
      isTaken: (error) => error instanceof DataDirLockedError,
    });
  }
  const run = (...args: string[]) => operate(reach, args);
  const address = async () =>
    JSON.parse(await readFile(join(dataDir, 'control.json'), 'utf8')) as ControlAddress;

  beforeAll(async () => {
    const folder = await temporaryFolder();
    root = folder.path;
    clean = folder.remove;
    dataDir = join(root, 'data');
    server = await TestServer.start('pglite', { environment: { DATA_DIR: dataDir } });
    await server.app.nest.get(ControlService).start();
  });
  afterAll(async () => {
    await clean();
  });

  it('shows on open dashboards what is imported and what an import changes', async () => {
    const socket = await server.socket(await server.login('fry@doclight.test'));
    const folder = join(root, 'notes');
    await mkdir(folder);
    await writeFile(join(folder, 'live.md'), '# Live\n\nSeen at once.\n');
    expect(await run('import', folder)).toMatchObject({ status: 0, err: '' });
    const created = await socket.next('document:created', ({ document }) => document.title === 'Live');
    expect(created.document.abstract).toBe('Seen at once.');

    await writeFile(join(folder, 'live.md'), '# Live\n\nSeen again.\n');
    expect((await run('import', folder)).out).toContain('1 updated');
    const saved = await socket.next('document:saved', ({ documentId }) => documentId === created.document.id);
    expect(saved.revision).toBe(2);
  });

  it('exports through the server', async () => {
    const to = join(root, 'out');
    expect(await run('export', to)).toMatchObject({ status: 0, err: '' });
    expect(await readdir(to)).toContain('live.md');
  });

  it('tells the operator what the server says is wrong', async () => {
    const result = await run('accounts', 'password', 'nobody@doclight.test');
    expect(result).toMatchObject({ status: 1, out: '' });
    expect(result.err).toContain('There is no account nobody@doclight.test');
  });

  it('shows and mends jobs in the server', async () => {
    await server.db.insert(schema.jobs).values({ kind: 'test.broken', payload: {}, state: 'dead' });
    expect((await run('jobs', 'list')).out).toContain('test.broken');
    expect((await run('jobs', 'drop', '--all-dead')).out).toBe('1 job dropped.\n');
  });

  it('lets commands in one after the other, also where they come at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 5 }, () => run('accounts', 'sessions', '--count', '2')),
    );
    for (const { status, out } of results) {
      expect(status).toBe(0);
      expect(out.trim().split('\n')).toHaveLength(2);
    }
  });

  it('keeps the token where only the same user reads it', async () => {
    expect((await stat(join(dataDir, 'control.json'))).mode & 0o777).toBe(0o600);
    expect((await address()).pid).toBe(process.pid);
  });

  it('refuses whoever has no right token, and changes nothing', async () => {
    const before = await address();
    const accounts = await server.db.$count(schema.users);
    const body = JSON.stringify({ operation: 'mint-sessions', input: { count: 1 } });
    const wrong = { authorization: `Bearer ${'x'.repeat(before.token.length)}` };
    for (const [path, headers] of [
      ['/open', {}],
      ['/open', wrong],
      ['/open', { authorization: before.token }],
      ['/run', wrong],
      ['/run', { authorization: `Bearer ${before.token}` }],
      ['/close', wrong],
      ['/else', {}],
    ] as const) {
      expect((await send(before.port, path, headers, body)).status, path).toBe(403);
    }
    expect(await address()).toEqual(before);
    expect(await server.db.$count(schema.users)).toBe(accounts);
  });

  it('refuses what could come from a browser, even with the right token', async () => {
    const { port, token } = await address();
    const authorization = `Bearer ${token}`;
    expect((await send(port, '/open', { authorization, host: `rebound.example:${port}` })).status).toBe(403);
    expect((await send(port, '/open', { authorization, origin: `http://127.0.0.1:${port}` })).status).toBe(
      403,
    );
    expect((await address()).token).toBe(token);
  });

  it('takes a token once, and a session until its end', async () => {
    const { port, token } = await address();
    const opened = await send(port, '/open', { authorization: `Bearer ${token}` });
    expect(opened.status).toBe(200);
    expect((await send(port, '/open', { authorization: `Bearer ${token}` })).status).toBe(403);
    expect((await address()).token).not.toBe(token);

    const { secret } = (JSON.parse(opened.text) as { data: { secret: string } }).data;
    const authorization = `Bearer ${secret}`;
    for (const [body, status] of [
      ['{', 400],
      ['{"operation":"mint-sessions"}', 400],
      ['{"operation":"mint-sessions","input":{"count":0}}', 422],
      ['{"operation":"constructor","input":{}}', 422],
      ['{"operation":"mint-sessions","input":{"count":1}}', 200],
    ] as const) {
      expect((await send(port, '/run', { authorization }, body)).status, body).toBe(status);
    }
    expect((await send(port, '/nowhere', { authorization })).status).toBe(404);
    expect((await send(port, '/close', { authorization })).status).toBe(200);
    expect((await send(port, '/run', { authorization }, '{}')).status).toBe(403);
  });

  it('leaves nothing behind when it stops, and commands open the database themselves then', async () => {
    const { port } = await address();
    await server.close();
    await expect(stat(join(dataDir, 'control.json'))).rejects.toThrow('ENOENT');
    await expect(send(port, '/open', {})).rejects.toThrow('ECONNREFUSED');
    expect((await run('import', join(root, 'notes'))).out).toContain('1 unchanged');
    expect(await dataDirHolder(dataDir)).toBeNull();
  });
});
