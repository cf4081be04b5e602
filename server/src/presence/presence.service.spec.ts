import { pino } from 'pino';
import { expect, it } from 'vitest';
import { DomainEvents } from '../common/domain-events.js';
import { loadConfig } from '../config/config.js';
import type { DocumentIndexService, DocumentLocation } from '../documents/document-index.service.js';
import type { Broadcaster } from '../realtime/broadcaster.js';
import type { Client } from '../realtime/client.js';
import type { EventHandler } from '../realtime/event-dispatcher.js';
import type { SocketServerService } from '../realtime/socket-server.service.js';
import { MemoryPresenceStore } from './memory-presence.store.js';
import { PresenceGateway } from './presence.gateway.js';
import { PresenceService } from './presence.service.js';
import type { PresenceFeedService } from './presence-feed.service.js';

const log = pino({ level: 'silent' });
const roles = new Map([['w', 'editor']]);
const client = (connected: () => boolean) =>
  ({
    id: 'socket',
    session: { user: { id: 'fry', name: 'Fry', color: '#c2410c' }, roles },
    socket: {
      get connected() {
        return connected();
      },
    },
  }) as unknown as Client;

it('lets nobody into a document that is deleted while its workspace is read', async () => {
  let deleted = false;
  const store = new MemoryPresenceStore();
  store.ready = async () => {
    deleted = true;
  };
  const location: DocumentLocation = { workspaceId: 'w', title: 'A document' };
  const documents = { locate: async () => (deleted ? null : location) } as unknown as DocumentIndexService;
  const rooms = { joinDocument: () => expect.unreachable() } as unknown as Broadcaster;
  const presence = new PresenceService(store, loadConfig({}), log, documents, rooms, new DomainEvents(log));
  const fry = client(() => true);
  await presence.connected(fry);
  deleted = false;
  await expect(presence.set(fry, { documentId: 'd', phase: 'read' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect([...store.view('w').occupied()]).toEqual([]);
});

it('subscribes no dashboard whose connection ends while its workspace is read', async () => {
  let connected = true;
  const handlers = new Map<string, EventHandler<'dashboard:join'>>();
  const sockets = {
    addListener: () => {},
    handle: (event: string, handler: EventHandler<'dashboard:join'>) => handlers.set(event, handler),
  } as unknown as SocketServerService;
  const feed = {
    ready: async () => {
      connected = false;
    },
    joinDashboard: () => expect.unreachable(),
  } as unknown as PresenceFeedService;
  new PresenceGateway(sockets, {} as PresenceService, feed, log).onModuleInit();
  const join = handlers.get('dashboard:join');
  await expect(async () =>
    join?.(
      client(() => connected),
      { workspaceId: 'w' },
    ),
  ).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
