import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../lib/paths.mjs';
import { findProgram, runQuietly } from '../lib/run.mjs';

interface Service {
  image?: string;
  build?: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  volumes?: string[];
  ports?: string[];
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const service = (name: string): Service => {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};
const gateways = Object.keys(compose.services).filter((name) => name.startsWith('doclight-'));
const nginx = { server: read('deploy/nginx/doclight.conf'), gateways: read('deploy/nginx/gateways.conf') };

describe('docker-compose.yml', () => {
  it('has a database, Redis, two gateways and a proxy, and nothing else', () => {
    expect(Object.keys(compose.services).sort()).toEqual([...gateways, 'postgres', 'proxy', 'redis'].sort());
    expect(gateways).toEqual(['doclight-1', 'doclight-2']);
  });

  it('starts each part when those it needs are healthy', () => {
    for (const name of gateways) {
      expect(service(name).depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
    }
    expect(service('proxy').depends_on).toEqual(
      Object.fromEntries(gateways.map((name) => [name, { condition: 'service_healthy' }])),
    );
    for (const name of ['postgres', 'redis', 'proxy']) expect(service(name).healthcheck).toBeDefined();
    // That of the gateways is in their image.
    expect(read('Dockerfile')).toMatch(/HEALTHCHECK[\s\S]*\/api\/health\/ready/);
  });

  it('tells gateways where everything is, and to believe one proxy', () => {
    for (const name of gateways) {
      expect(service(name).environment).toMatchObject({
        HOST: '0.0.0.0',
        PORT: '3000',
        REDIS_URL: 'redis://redis:6379',
        TRUST_PROXY: '1',
        PUBLIC_URL: `\${PUBLIC_URL:-http://localhost:8080}`,
      });
    }
  });

  it('holds no secret: the password is asked for', () => {
    const asked = `\${POSTGRES_PASSWORD:?`;
    expect(service('postgres').environment?.POSTGRES_PASSWORD?.startsWith(asked)).toBe(true);
    for (const name of gateways) {
      const { password } = /doclight:(?<password>.*)@postgres/.exec(
        service(name).environment?.DATABASE_URL ?? '',
      )?.groups ?? { password: '' };
      expect(password?.startsWith(asked)).toBe(true);
    }
  });

  it('keeps the database in a volume, and opens the proxy alone to the outside', () => {
    expect(service('postgres').volumes).toEqual(['postgres-data:/var/lib/postgresql/data']);
    expect(Object.keys(compose.volumes)).toEqual(['postgres-data']);
    const open = Object.keys(compose.services).filter((name) => service(name).ports !== undefined);
    expect(open).toEqual(['proxy']);
  });

  it('gives the proxy the configuration that the chaos suite runs', () => {
    expect(service('proxy').volumes).toEqual([
      './deploy/nginx/gateways.conf:/etc/nginx/conf.d/default.conf:ro',
      './deploy/nginx/doclight.conf:/etc/nginx/doclight.conf:ro',
    ]);
  });

  // Where it is there anyway: neither it nor an engine is needed for anything else.
  const program = findProgram('docker-compose');
  if (program) {
    it('is taken by docker-compose', async () => {
      const env = { PATH: process.env.PATH ?? '', POSTGRES_PASSWORD: 'secret' };
      const config = await runQuietly('docker-compose', program, ['config'], { env });
      expect(parse(config).services).toHaveProperty('doclight-2');
    }, 30_000);
  }
});

describe('deploy/nginx', () => {
  it('lists every gateway, and leaves out one that is down for about a second', () => {
    const servers = [...nginx.gateways.matchAll(/^\s*server (\S+):3000 max_fails=1 fail_timeout=1s;$/gm)];
    expect(servers.map(([, name]) => name)).toEqual(gateways);
  });

  it('upgrades sockets, and tells the address that it saw itself', () => {
    expect(nginx.server).toMatch(/location \/socket\.io\/ \{[^}]*proxy_set_header Upgrade \$http_upgrade;/);
    expect(nginx.server).not.toContain('proxy_add_x_forwarded_for');
  });

  it('sets every header in every location: those from outside are not inherited by one that sets its own', () => {
    const locations = [...nginx.server.matchAll(/^location [^{]+\{([^}]*)\}/gm)].map(([, body]) => body);
    expect(locations).toHaveLength(2);
    for (const body of locations) {
      expect(body).toContain('proxy_set_header Host $http_host;');
      expect(body).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
      expect(body).toContain('proxy_set_header X-Forwarded-Proto $scheme;');
      expect(body).toContain('proxy_set_header X-Request-Id $request_id;');
    }
    expect(nginx.server).not.toMatch(/^proxy_set_header/m);
  });

  it('lets the largest image through that the server takes', () => {
    const config = read('server/src/config/config.ts');
    const [, factors = ''] = /LIMIT_IMAGE_BYTES: limit\(([\d *_]+)\)/.exec(config) ?? [];
    const image = factors
      .split('*')
      .reduce((product, factor) => product * Number(factor.replaceAll('_', '')), 1);
    const [, megabytes] = /client_max_body_size (\d+)m;/.exec(nginx.server) ?? [];
    expect(image).toBeGreaterThan(1_000_000);
    expect(Number(megabytes) * 1024 * 1024).toBeGreaterThan(image);
  });
});
