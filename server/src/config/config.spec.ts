import { createECDH } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AllowedOrigins } from './allowed-origins.js';
import { ConfigError, isLoopback, loadConfig } from './config.js';

describe('loadConfig', () => {
  it('needs nothing', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      publicUrl: undefined,
      trustProxy: 0,
      demo: true,
      metricsPublic: false,
      logLevel: 'info',
    });
    expect(isAbsolute(config.dataDir)).toBe(true);
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['DATABASE_URL', 'mysql://localhost/doclight'],
    ['DATABASE_URL', 'postgresql://a:b:c@@'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis://a:99999'],
    ['REDIS_URL', 'redis://a, redis://b:port'],
    ['REDIS_URL', 'redis://a,http://b'],
    ['PUBLIC_URL', 'docs.example.org'],
    ['PUBLIC_URL', 'ftp://docs.example.org'],
    ['PUBLIC_URL', 'https://docs.example.org/wiki'],
    ['PUBLIC_URL', 'https://me:secret@docs.example.org'],
    ['PUBLIC_URL', 'https://docs.example.org?x=1'],
    ['TRUST_PROXY', 'true'],
    ['DEMO', 'yes'],
    ['METRICS_PUBLIC', '1'],
    ['LOG_LEVEL', 'loud'],
    ['LIMIT_SOCKET_EVENTS_PER_SECOND', '-1'],
    ['LIMIT_SOCKETS_PER_PERSON', 'many'],
    ['LIMIT_DOCUMENTS_PER_SOCKET', '1.5'],
    ['LIMIT_LOGINS_PER_MINUTE', '1e3'],
    ['LIMIT_BODY_BYTES', '4MB'],
    ['LIMIT_IMAGE_BYTES', '0x10'],
    ['VAPID_PUBLIC_KEY', 'short'],
    ['VAPID_PRIVATE_KEY', 'short'],
    ['VAPID_PRIVATE_KEY', Buffer.alloc(32, 7).toString('base64url')],
    ['VAPID_SUBJECT', 'me'],
    ['PUSH_ALLOWED_HOSTS', 'https://push.intranet'],
    ['PUSH_CA_FILE', '/nowhere/ca.pem'],
    ['LIMIT_EDIT_REQUESTS_PER_MINUTE', '-6'],
    ['EDIT_REQUEST_SECONDS', '0'],
    ['TAKE_OVER_IDLE_SECONDS', '10m'],
    ['TAKE_OVER_WARNING_SECONDS', '0'],
  ])('names %s where it is %j', (name, value) => {
    expect(() => loadConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => loadConfig({ [name]: value })).toThrow(name);
  });

  it('takes a pair of VAPID keys that belong together, and no other', () => {
    const publicKey =
      'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcaxOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(Buffer.alloc(32, 7));
    const pair = {
      VAPID_PUBLIC_KEY: curve.getPublicKey('base64url'),
      VAPID_PRIVATE_KEY: Buffer.alloc(32, 7).toString('base64url'),
    };
    expect(loadConfig(pair).push.vapidKeys?.publicKey).toBe(pair.VAPID_PUBLIC_KEY);
    expect(() => loadConfig({ ...pair, VAPID_PUBLIC_KEY: publicKey })).toThrow('VAPID_PUBLIC_KEY');
    const hosts = loadConfig({ PUSH_ALLOWED_HOSTS: 'Push.intranet, localhost:8443' }).push.allowedHosts;
    expect([...hosts]).toEqual(['push.intranet:443', 'localhost:8443']);
  });

  it('names every variable at fault at once', () => {
    expect(() => loadConfig({ PORT: 'x', DEMO: 'y', LOG_LEVEL: 'z' })).toThrow(
      /PORT.*\n.*DEMO.*\n.*LOG_LEVEL/,
    );
  });

  it('takes one Redis or the nodes of a cluster', () => {
    expect(loadConfig({ REDIS_URL: 'redis://localhost' }).redisUrl).toBe('redis://localhost');
    const nodes = 'redis://a:7000,rediss://b:7000';
    expect(loadConfig({ REDIS_URL: nodes }).redisUrl).toBe(nodes);
  });

  it('takes an empty value for none', () => {
    expect(loadConfig({ PORT: '', REDIS_URL: '', DATABASE_URL: '', PUBLIC_URL: '' }).port).toBe(3000);
  });

  it.each([
    [{}, true],
    [{ PUBLIC_URL: 'http://localhost:4000' }, true],
    [{ PUBLIC_URL: 'http://[::1]:4000' }, true],
    [{ PUBLIC_URL: 'https://docs.example.org' }, false],
    [{ DATABASE_URL: 'postgresql://db/doclight' }, false],
    [{ DATABASE_URL: 'postgresql://db/doclight', DEMO: 'true' }, true],
    [{ PUBLIC_URL: 'https://docs.example.org', DEMO: 'true' }, true],
    [{ DEMO: 'false' }, false],
  ])('with %j has the demo: %s', (environment, demo) => {
    expect(loadConfig(environment).demo).toBe(demo);
  });

  it('takes 0 for no limit', () => {
    const { limits } = loadConfig({ LIMIT_BODY_BYTES: '0', LIMIT_SOCKETS_PER_PERSON: '7' });
    expect(limits.bodyBytes).toBe(Number.POSITIVE_INFINITY);
    expect(limits.socketsPerPerson).toBe(7);
  });

  it('takes an origin with a slash at the end', () => {
    expect(loadConfig({ PUBLIC_URL: 'https://Docs.example.org:443/' }).publicUrl).toBe(
      'https://docs.example.org',
    );
  });
});

describe('isLoopback', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'a.localhost',
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
  ])('knows %s', (host) => expect(isLoopback(host)).toBe(true));
  it.each(['0.0.0.0', '10.0.0.1', 'localhost.example.org', '127.0.0.1.example.org', '::', '128.0.0.1', ''])(
    'is not fooled by %j',
    (host) => expect(isLoopback(host)).toBe(false),
  );
});

describe('AllowedOrigins', () => {
  it('allows every loopback name of the port that was opened', () => {
    const origins = new AllowedOrigins({ publicUrl: undefined, port: 0 });
    origins.listeningOn(4321);
    expect(origins.publicUrl).toBe('http://localhost:4321');
    expect(origins.secure).toBe(false);
    for (const origin of ['http://localhost:4321', 'http://127.0.0.1:4321', 'http://[::1]:4321'])
      expect(origins.allows(origin)).toBe(true);
    for (const origin of [
      undefined,
      '',
      'null',
      'https://localhost:4321',
      'http://localhost:4322',
      'http://localhost',
      'http://localhost:4321/',
      'http://localhost:4321@evil.example',
      'http://evil.example:4321',
      'http://localhost:4321.evil.example',
      'file://',
    ])
      expect(origins.allows(origin), String(origin)).toBe(false);
  });

  it('allows PUBLIC_URL alone where it is set', () => {
    const origins = new AllowedOrigins({ publicUrl: 'https://docs.example.org', port: 3000 });
    expect(origins.secure).toBe(true);
    expect(origins.allows('https://docs.example.org')).toBe(true);
    for (const origin of [
      'http://docs.example.org',
      'https://docs.example.org:8443',
      'http://localhost:3000',
    ])
      expect(origins.allows(origin)).toBe(false);
  });

  it('knows port 80, which browsers leave out', () => {
    expect(new AllowedOrigins({ publicUrl: undefined, port: 80 }).allows('http://localhost')).toBe(true);
  });
});
