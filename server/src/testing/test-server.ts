import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Database, type DatabaseHandle, demoAccounts, schema } from '@doclight/db';
import type { Document, Role, User } from '@doclight/protocol';
import { eq } from 'drizzle-orm';
import pg from 'pg';
import { createLogger } from '../common/logger.js';
import { loadConfig } from '../config/config.js';
import { type App, createApp } from '../create-app.js';
import { DATABASE } from '../database/database.token.js';
import { DEMO_PASSWORD, DemoService } from '../ops/demo.service.js';
import { type Api, apiClient } from './api-client.js';
import { createTestDatabase, type Engine } from './test-database.js';
import { type SocketOptions, TestSocket } from './test-socket.js';

/** How to start a test server. */
export interface TestServerOptions {
  /** Variables as an operator sets them. Without a DATA_DIR the embedded database is in memory. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Fills it with the demo workspace. Default: true. */
  readonly demo?: boolean;
}

/** Somebody with a session, made by `TestServer.person`. */
export interface TestPerson extends User {
  readonly email: string;
  /** Value of the session cookie. */
  readonly session: string;
  readonly api: Api;
}

/** The real application on a port of its own, without the web app. */
export class TestServer {
  private readonly sessions = new Map<string, Promise<string>>();
  private readonly sockets = new Set<TestSocket>();
  private readonly expected: RegExp[] = [];
  private stopped: Promise<void> | undefined;

  private constructor(
    readonly app: App,
    readonly url: string,
    readonly engine: Engine,
    /** Where the data is, for a second client of the same database; undefined: embedded. */
    readonly databaseUrl: string | undefined,
    /** Everything that was logged as an error: a fault of the server, whatever it answered. */
    readonly errors: readonly string[],
    private readonly release: () => Promise<void>,
  ) {}

  static async start(engine: Engine, options: TestServerOptions = {}): Promise<TestServer> {
    const { environment = {}, demo = true } = options;
    const database = engine === 'postgres' ? await createTestDatabase() : undefined;
    const errors: string[] = [];
    const log = createLogger('error', { write: (line: string) => errors.push(line) });
    const config = loadConfig({
      PORT: '0',
      ...(database ? { DATABASE_URL: database.url } : {}),
      ...environment,
    });
    const inMemory = !database && environment.DATA_DIR === undefined;
    let app: App | undefined;
    try {
      app = await createApp({ ...config, ...(inMemory ? { dataDir: 'memory://' } : {}) }, log);
      const port = await app.listen();
      if (demo) await app.nest.get(DemoService).seed();
      const url = `http://127.0.0.1:${port}`;
      return new TestServer(app, url, engine, database?.url, errors, async () => {
        await database?.drop();
      });
    } catch (error) {
      await app?.close();
      await database?.drop();
      throw error;
    }
  }

  /** The database itself, for what no interface offers and for looking at what is left. */
  get db(): Database {
    return this.app.nest.get<DatabaseHandle>(DATABASE).db;
  }

  /** @param session value of a session cookie; left out: signed out */
  api(session?: string): Api {
    return apiClient(this.url, session);
  }

  /** Signs a demo account in, once. @returns value of the session cookie */
  login(email: string, password = DEMO_PASSWORD): Promise<string> {
    const known = this.sessions.get(email);
    if (known) return known;
    const session = this.freshLogin(email, password);
    this.sessions.set(email, session);
    return session;
  }

  /** Signs in, in a session that no other test shares. */
  async freshLogin(email: string, password = DEMO_PASSWORD): Promise<string> {
    const answer = await this.api()('POST', '/api/auth/login', { json: { email, password } });
    if (!answer.session) throw new Error(`cannot sign in as ${email}: ${answer.status} ${answer.text}`);
    return answer.session;
  }

  /** A demo account, signed in. */
  async demo(name: 'leela' | 'fry' | 'bender'): Promise<TestPerson> {
    const email = `${name}@doclight.test`;
    if (!demoAccounts.some((account) => account.email === email)) throw new Error(`no account ${email}`);
    const session = await this.login(email);
    const [user] = await this.db.select().from(schema.users).where(eq(schema.users.email, email));
    if (!user) throw new Error(`the demo lacks ${email}`);
    return { id: user.id, name: user.name, color: user.color, email, session, api: this.api(session) };
  }

  /** Id of the demo workspace. */
  async demoWorkspace(): Promise<string> {
    const { id } = await this.demo('leela');
    const [row] = await this.db
      .select({ id: schema.memberships.workspaceId })
      .from(schema.memberships)
      .where(eq(schema.memberships.userId, id));
    if (!row) throw new Error('the demo lacks its workspace');
    return row.id;
  }

  /** A new account with a session, made without the cost of a password. */
  async person(roles: Readonly<Record<string, Role>> = {}, name = 'Somebody'): Promise<TestPerson> {
    const email = `${randomUUID()}@doclight.test`;
    const [user] = await this.db
      .insert(schema.users)
      .values({ email, name, color: '#1d4ed8', passwordHash: null })
      .returning();
    if (!user) throw new Error('an insert returned nothing');
    for (const [workspaceId, role] of Object.entries(roles)) {
      await this.db.insert(schema.memberships).values({ workspaceId, userId: user.id, role });
    }
    const session = await this.session(user.id);
    return { id: user.id, name, color: user.color, email, session, api: this.api(session) };
  }

  /** One more session of a person. @returns value of the session cookie */
  async session(userId: string, expiresAt = new Date(Date.now() + 86_400_000 * 30)): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const id = createHash('sha256').update(token).digest('hex');
    await this.db.insert(schema.sessions).values({ id, userId, expiresAt });
    return token;
  }

  /** A new workspace with nobody in it. @returns its id */
  async workspace(name = 'Another place'): Promise<string> {
    const [row] = await this.db
      .insert(schema.workspaces)
      .values({ name, slug: randomUUID() })
      .returning({ id: schema.workspaces.id });
    if (!row) throw new Error('an insert returned nothing');
    return row.id;
  }

  /** Makes a document over REST. */
  async document(author: TestPerson, workspaceId: string, title = 'A document'): Promise<Document> {
    const answer = await author.api('POST', `/api/workspaces/${workspaceId}/documents`, {
      json: { title, abstract: 'An abstract', text: 'A text' },
    });
    if (answer.status !== 201) throw new Error(`cannot make a document: ${answer.status} ${answer.text}`);
    return answer.json<Document>();
  }

  /** Opens a socket, closed with the server. @param session value of a session cookie */
  async socket(session: string | undefined, options: SocketOptions = {}): Promise<TestSocket> {
    const socket = await TestSocket.open(this.url, session, options);
    this.sockets.add(socket);
    return socket;
  }

  /** Closes the sockets opened so far: what a test leaves behind is not there in the next one. */
  closeSockets(): void {
    for (const socket of this.sockets) socket.close();
    this.sockets.clear();
  }

  /** A connection of its own to the database, PostgreSQL only: for what happens inside open transactions. */
  async connection(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    if (this.databaseUrl === undefined) throw new Error('the embedded database has one connection');
    await client.connect();
    return client;
  }

  /** Takes note that a test makes the server log errors like this on purpose. */
  expectErrors(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** Stops the application alone, as a signal does. */
  stop(): Promise<void> {
    this.stopped ??= this.app.close();
    return this.stopped;
  }

  /** Stops everything. @throws Error where the server logged an error that no test announced */
  async close(): Promise<void> {
    this.closeSockets();
    await this.stop();
    await this.release();
    const unexpected = this.errors.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
    if (unexpected.length > 0) throw new Error(`the server logged errors:\n${unexpected.join('')}`);
  }
}
