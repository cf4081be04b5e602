import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PushPayload } from '@doclight/protocol';
import { type PushService, startPushService } from '../../../scripts/lib/push-service.mjs';

/** A push service that a server of a test may call. */
export interface TestPushService {
  readonly service: PushService;
  /** What the server's environment needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was pushed to an endpoint, as its service worker is handed it. */
  payloads(endpoint: string): PushPayload[];
  stop(): Promise<void>;
}

/** Starts a push service on loopback, with a certificate that the environment lets the server trust. */
export async function startTestPushService(): Promise<TestPushService> {
  const service = await startPushService();
  const folder = await mkdtemp(join(tmpdir(), 'doclight-push-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, service.ca);
  return {
    service,
    environment: { PUSH_CA_FILE: caFile, PUSH_ALLOWED_HOSTS: service.host },
    payloads: (endpoint) => service.to(endpoint).map(({ text }) => JSON.parse(text) as PushPayload),
    stop: async () => {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
