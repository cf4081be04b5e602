import type { Server as HttpServer } from 'node:http';
import { type ClientEventName, type ConnectErrorCode, MAX_SOCKET_FRAME_BYTES } from '@doclight/protocol';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { DomainEvents } from '../common/domain-events.js';
import { withLogContext } from '../common/log-context.js';
import { LOGGER } from '../common/logger.js';
import type { Session } from '../common/session.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { REDIS } from '../redis/redis.token.js';
import type { RedisLink } from '../redis/redis-link.js';
import { Broadcaster } from './broadcaster.js';
import { Client, forgetRequest, hasRequest } from './client.js';
import { ClientRegistry } from './client-registry.js';
import { ClientRounds, TICK_MS, type Unsent } from './client-rounds.js';
import { EventDispatcher, type EventHandler } from './event-dispatcher.js';
import { redisAdapter } from './redis-adapter.js';
import { rooms } from './rooms.js';
import { SocketAuthService } from './socket-auth.service.js';
import { SocketStats, type Traffic } from './socket-stats.js';
import type { DoclightServer, DoclightSocket } from './socket-types.js';

/**
 * A socket that fell silent is noticed after at most interval plus timeout, 15 s; with the grace of
 * presence that is within the 20 s that the contract promises.
 */
const HEARTBEAT = { pingInterval: 10_000, pingTimeout: 5_000 };

/** Sockets are handed over to other gateways within this time, in milliseconds, in steps. */
const HAND_OVER_MS = 1_500;
const HAND_OVER_STEP_MS = 100;

/** What a feature wants to know of the sockets' lives. */
export interface ClientListener {
  /** A socket is connected and in its rooms. */
  connected(client: Client): void;
  /**
   * A socket is gone. `ended`: the server closed it, because its session ended; else it dropped,
   * and may be back in a moment.
   */
  disconnected(client: Client, ended: boolean): void;
  /** The person's workspaces or roles changed; `before` is the session until now. */
  accessChanged(client: Client, before: Session): void;
}

interface SocketData {
  session: Session;
  tab: string | undefined;
}

/** The Socket.IO server: admits sockets, keeps their rooms and rights true, hands their events on. */
@Injectable()
export class SocketServerService implements OnModuleInit {
  /** For whoever operates the server. */
  readonly stats = new SocketStats();
  private readonly clients = new ClientRegistry();
  private readonly clientRounds = new ClientRounds(this.clients, {
    slow: (client, unsent) => this.cutOff(client, unsent),
    expired: (clients) => this.recheck(clients),
  });
  private readonly dispatcher: EventDispatcher;
  private readonly listeners: ClientListener[] = [];
  /** Sockets that were admitted and are not connected yet: the person's id, by socket. */
  private readonly admitted = new Map<DoclightSocket, string>();
  /** Bytes of connections that are closed. */
  private readonly past = { sent: 0, received: 0 };
  private io: DoclightServer | undefined;
  private rounds: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(REDIS) private readonly redis: RedisLink | null,
    private readonly auth: SocketAuthService,
    private readonly broadcaster: Broadcaster,
    private readonly events: DomainEvents,
  ) {
    this.dispatcher = new EventDispatcher(log, this.stats);
  }

  onModuleInit(): void {
    this.events.on('session.ended', ({ sessionId }) => {
      for (const client of this.clients.ofSession(sessionId)) client.socket.disconnect(true);
    });
    this.events.on('membership.changed', ({ userId }) => this.recheck(this.clients.ofUser(userId)));
    this.events.on('access.unknown', () => this.recheck(this.clients.all()));
  }

  /** Sockets connected to this gateway. */
  get connections(): number {
    return this.clients.size;
  }

  /** Distinct people connected to this gateway. */
  get people(): number {
    return this.clients.people;
  }

  /** What went over all connections so far. The system counts for us: nothing is added up a message. */
  traffic(): Traffic {
    let { sent, received } = this.past;
    for (const { wire } of this.clients.each()) {
      sent += wire.bytesWritten;
      received += wire.bytesRead;
    }
    return { sent, received };
  }

  /** Registers the one handler of an event. */
  handle<E extends ClientEventName>(event: E, handler: EventHandler<E>): void {
    this.dispatcher.handle(event, handler);
  }

  addListener(listener: ClientListener): void {
    this.listeners.push(listener);
  }

  /** Begins to take connections on an HTTP server. */
  start(httpServer: HttpServer): void {
    const io: DoclightServer = new Server(httpServer, {
      ...HEARTBEAT,
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: MAX_SOCKET_FRAME_BYTES,
      // In development Next has an upgrade handler of its own on the same server.
      destroyUpgrade: !this.config.nextDev,
    });
    this.io = io;
    if (this.redis) io.adapter(redisAdapter(this.redis, this.log));
    this.broadcaster.attach(io, this.redis !== null);
    io.use((socket, next) => void this.admit(socket, next));
    io.on('connection', (socket) => this.connected(socket));
    this.rounds = setInterval(() => this.clientRounds.tick(Date.now()), TICK_MS);
  }

  /**
   * Stops: closes the transports and not the sockets, so that stock clients come back by
   * themselves, to this server when it is up again or to another one. Where there may be another
   * one, they are sent there bit by bit, so that it is not overrun.
   */
  async stop(): Promise<void> {
    clearInterval(this.rounds);
    const clients = this.clients.all();
    const steps = this.redis ? Math.ceil(HAND_OVER_MS / HAND_OVER_STEP_MS) : 1;
    for (let step = 0; step < steps; step += 1) {
      if (step > 0) await new Promise((resolve) => setTimeout(resolve, HAND_OVER_STEP_MS));
      const share = clients.slice((clients.length * step) / steps, (clients.length * (step + 1)) / steps);
      for (const client of share) client.socket.conn.close();
    }
    this.io?.engine.close();
  }

  /** Cuts off a client that does not take what it is sent, before it fills the memory. */
  private cutOff(client: Client, unsent: Unsent): void {
    this.stats.cutOff += 1;
    this.log.warn({ ...client.logContext, ...unsent }, 'cut off a client that does not read');
    client.socket.conn.close(true);
  }

  private async admit(socket: DoclightSocket, next: (error?: Error) => void): Promise<void> {
    // Another one has been connected on this connection: its request is gone, and with it who it is.
    if (!hasRequest(socket)) return socket.conn.close();
    const { headers, auth } = socket.handshake;
    try {
      const admission = await this.auth.admit({ origin: headers.origin, cookies: headers.cookie, auth });
      if (typeof admission === 'string') return this.refuse(admission, next);
      const userId = admission.session.user.id;
      const others = this.clients.ofUser(userId).length + this.admittedOf(userId);
      if (others >= this.config.limits.socketsPerPerson) return this.refuse('TOO_MANY_CONNECTIONS', next);
      socket.data = admission satisfies SocketData;
      this.admitted.set(socket, userId);
      next();
      // By then it is connected, or it closed on the way and never will be.
      setImmediate(() => this.admitted.delete(socket));
    } catch (err) {
      // Nobody's fault outside: a closed transport makes stock clients try again, a refusal would not.
      this.stats.connects.add('INTERNAL');
      this.log.error({ err, socketId: socket.id }, 'cannot admit a socket');
      socket.conn.close();
    }
  }

  private refuse(code: ConnectErrorCode, next: (error: Error) => void): void {
    this.stats.connects.add(code);
    next(new Error(code));
  }

  private admittedOf(userId: string): number {
    return [...this.admitted.values()].filter((id) => id === userId).length;
  }

  private connected(socket: DoclightSocket): void {
    this.admitted.delete(socket);
    // Two came before the first was answered, which Socket.IO forbids for later ones only.
    if (!hasRequest(socket)) {
      socket.conn.close();
      return;
    }
    const { session, tab } = socket.data as SocketData;
    const client = new Client(socket, session, tab, this.config.limits.socketEventsPerSecond);
    forgetRequest(socket);
    socket.conn.on('packet', ({ data }) => client.received(data));
    // The first to see an event, before Socket.IO queues it; `next` is never called.
    socket.use(([event, ...args]) => this.dispatcher.dispatch(client, String(event), args));
    socket.on('disconnect', (reason) => withLogContext(client.logContext, () => this.gone(client, reason)));
    this.clients.add(client);
    this.clientRounds.watch(client, Date.now());
    this.stats.connects.add('accepted');
    socket.join([rooms.user(session.user.id), ...[...session.roles.keys()].map(rooms.workspace)]);
    withLogContext(client.logContext, () => {
      for (const listener of this.listeners) listener.connected(client);
    });
    // A revocation that came between the look-up and this moment did not find the socket.
    if (!this.auth.isCurrent(session)) this.recheck([client]);
  }

  private gone(client: Client, reason: string): void {
    this.clients.remove(client);
    this.clientRounds.forget(client);
    this.past.sent += client.wire.bytesWritten;
    this.past.received += client.wire.bytesRead;
    this.stats.disconnects.add(reason);
    const ended = reason === 'server namespace disconnect';
    for (const listener of this.listeners) listener.disconnected(client, ended);
  }

  /** Looks at sessions again, and makes what changed take effect on their sockets. */
  private recheck(clients: readonly Client[]): void {
    for (const client of clients) {
      withLogContext(client.logContext, () => this.refresh(client)).catch((err) => {
        // Rights that cannot be checked are not there: the client connects again when they can be.
        this.log.error({ err, ...client.logContext }, 'cannot check the rights of a socket');
        client.socket.conn.close();
      });
    }
  }

  private async refresh(client: Client): Promise<void> {
    const session = await this.auth.refresh(client.session);
    if (!client.socket.connected) return;
    if (session === null) {
      client.socket.disconnect(true);
      return;
    }
    const before = client.session;
    client.session = session;
    this.clientRounds.watch(client, Date.now());
    const workspaceIds = new Set([...before.roles.keys(), ...session.roles.keys()]);
    const changed = [...workspaceIds].filter((id) => before.roles.get(id) !== session.roles.get(id));
    if (changed.length === 0) return;
    for (const workspaceId of changed) {
      if (session.roles.has(workspaceId)) client.socket.join(rooms.workspace(workspaceId));
      else client.socket.leave(rooms.workspace(workspaceId));
    }
    for (const listener of this.listeners) listener.accessChanged(client, before);
    for (const workspaceId of changed) {
      const role = session.roles.get(workspaceId) ?? null;
      this.broadcaster.toSocket(client.id, 'membership:changed', { workspaceId, role });
    }
  }
}
