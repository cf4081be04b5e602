import { sql } from 'drizzle-orm';
import {
  bigserial,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** PostgreSQL's 64-bit transaction id, as decimal text. */
const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });
const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** Millisecond precision, so that a value survives the way through a JavaScript Date unchanged. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const id = () => text('id').primaryKey().default(sql`gen_random_uuid()::text`);
const createdAt = () => moment('created_at').notNull().defaultNow();

export const users = pgTable(
  'users',
  {
    id: id(),
    /** Lower case. */
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    color: text('color').notNull(),
    /** Argon2id in PHC form; null: cannot sign in with a password. */
    passwordHash: text('password_hash'),
    createdAt: createdAt(),
  },
  (table) => [
    // The expression stands again in the search of the documents repository, and must stay the same.
    index('users_search').using('gin', sql`lower(${table.name}) gin_trgm_ops`),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's token, hex: the token itself is stored nowhere. */
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('sessions_user_id').on(table.userId), index('sessions_expires_at').on(table.expiresAt)],
);

export const workspaces = pgTable('workspaces', {
  id: id(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  createdAt: createdAt(),
});

export const memberships = pgTable(
  'memberships',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['owner', 'editor', 'viewer'] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    index('memberships_user_id').on(table.userId),
    check('memberships_role', sql`${table.role} in ('owner', 'editor', 'viewer')`),
  ],
);

export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** SHA-256 of the link's token, hex. */
    tokenHash: text('token_hash').notNull().unique(),
    role: text('role', { enum: ['owner', 'editor', 'viewer'] }).notNull(),
    email: text('email'),
    createdBy: text('created_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('invitations_workspace_id').on(table.workspaceId),
    check('invitations_role', sql`${table.role} in ('owner', 'editor', 'viewer')`),
  ],
);

/** How a document lay in the file it was imported from, so that an export writes that file again. */
export type SourceLayout = Record<string, unknown>;

/**
 * The triggers of migration 0001 complete every change, whoever makes it: an insert without a slug
 * gets one, a changed title, abstract, text or image gets the next revision and a new `updated_at`,
 * and each writes its row of `document_revisions` and of `document_events`.
 */
export const documents = pgTable(
  'documents',
  {
    id: id(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Filled in by a trigger where an insert gives none. */
    slug: text('slug').notNull().unique().default(''),
    title: text('title').notNull(),
    abstract: text('abstract').notNull().default(''),
    text: text('text').notNull().default(''),
    imageId: text('image_id'),
    authorId: text('author_id')
      .notNull()
      .references(() => users.id),
    revision: integer('revision').notNull().default(1),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    /** Filled in with the author by a trigger where an insert gives none. */
    updatedBy: text('updated_by')
      .notNull()
      .references(() => users.id)
      .default(''),
    /** Path, with `/`, below the folder it was imported from. */
    sourcePath: text('source_path'),
    sourceLayout: jsonb('source_layout').$type<SourceLayout>(),
  },
  (table) => [
    index('documents_changed').on(table.workspaceId, table.updatedAt, table.id),
    // People's order, not that of bytes, on whatever system; the browser sorts by the same rules.
    index('documents_title').on(table.workspaceId, sql`${table.title} collate "und-x-icu"`, table.id),
    index('documents_author').on(table.workspaceId, table.authorId),
    uniqueIndex('documents_source_path')
      .on(table.workspaceId, table.sourcePath)
      .where(sql`${table.sourcePath} is not null`),
    // The expression stands again in the search of the documents repository, and must stay the same.
    index('documents_search').using(
      'gin',
      sql`lower(${table.title} || ' ' || ${table.abstract} || ' ' || ${table.text}) gin_trgm_ops`,
    ),
  ],
);

/** Every image a document has had: revisions keep theirs. */
export const images = pgTable(
  'images',
  {
    id: id(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    contentType: text('content_type').notNull(),
    bytes: bytea('bytes').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('images_document_id').on(table.documentId)],
);

/**
 * Images in small, made by a job after an image was stored; a trigger asks for that, and another one tells
 * the gateways when they are there.
 */
export const thumbnails = pgTable(
  'thumbnails',
  {
    imageId: text('image_id')
      .notNull()
      .references(() => images.id, { onDelete: 'cascade' }),
    /** In pixels; no two of an image have the same. */
    width: integer('width').notNull(),
    contentType: text('content_type').notNull(),
    bytes: bytea('bytes').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.imageId, table.width] }),
    index('thumbnails_created_at').on(table.createdAt),
  ],
);

export const documentRevisions = pgTable(
  'document_revisions',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    title: text('title').notNull(),
    abstract: text('abstract').notNull(),
    text: text('text').notNull(),
    imageId: text('image_id'),
    authorId: text('author_id')
      .notNull()
      .references(() => users.id),
    savedAt: moment('saved_at').notNull().defaultNow(),
    /** The older revision that this one brought back; null for any other save. */
    restoredFrom: integer('restored_from'),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.revision] })],
);

/**
 * What happened to documents, in the order of `id` within a transaction. Ids of concurrent
 * transactions can become visible out of order: whoever tails this log compares `xid` with the
 * snapshot's xmin, and `horizon` (the oldest transaction running when the row was written) bounds
 * how far back a client that knows this row can have missed one.
 */
export const documentEvents = pgTable(
  'document_events',
  {
    id: bigserial('id', { mode: 'bigint' }).primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    documentId: text('document_id').notNull(),
    type: text('type', { enum: ['created', 'saved', 'deleted'] }).notNull(),
    revision: integer('revision').notNull(),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    actorId: text('actor_id').notNull(),
    at: moment('at').notNull(),
    xid: xid8('xid').notNull().default(sql`pg_current_xact_id()`),
    horizon: xid8('horizon').notNull().default(sql`pg_snapshot_xmin(pg_current_snapshot())`),
  },
  (table) => [
    index('document_events_workspace').on(table.workspaceId, table.id),
    index('document_events_xid').on(table.xid),
  ],
);

/**
 * Who last got the right of way in editing a document. The row stays when they leave, so that its
 * token only grows; whether they still edit is for presence to say.
 */
export const editLeases = pgTable('edit_leases', {
  documentId: text('document_id')
    .primaryKey()
    .references(() => documents.id, { onDelete: 'cascade' }),
  holderId: text('holder_id').references(() => users.id, { onDelete: 'set null' }),
  token: integer('token').notNull().default(1),
  since: moment('since').notNull().defaultNow(),
  how: text('how', { enum: ['acquired', 'handed-over', 'taken-over'] })
    .notNull()
    .default('acquired'),
  fromId: text('from_id').references(() => users.id, { onDelete: 'set null' }),
  /** Since when nobody has seen the holder at the keyboard; null: they are there. */
  idleSince: moment('idle_since'),
});

/** Questions to those who edit, for a while also those that have ended. */
export const editRequests = pgTable(
  'edit_requests',
  {
    id: id(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    byId: text('by_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    toId: text('to_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['ask', 'take-over'] }).notNull(),
    state: text('state', { enum: ['open', 'accepted', 'declined', 'expired', 'withdrawn', 'ended'] })
      .notNull()
      .default('open'),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    uniqueIndex('edit_requests_open').on(table.documentId, table.byId).where(sql`${table.state} = 'open'`),
    index('edit_requests_ended').on(table.endedAt),
  ],
);

/** What the installation itself must remember: tokens, keys. */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/**
 * Work to be done after the answer, at least once each. A row that is done is deleted; one that cannot be
 * done stays as `dead` for an operator. `doclight_enqueue_jobs` of the migration job_functions adds rows, in the
 * transaction of the change that asks for them, and a trigger wakes the gateways. All times are the
 * database's.
 */
export const jobs = pgTable(
  'jobs',
  {
    id: bigserial('id', { mode: 'bigint' }).primaryKey(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    /** At most one job of a kind and key waits, and at most one runs. */
    key: text('key'),
    state: text('state', { enum: ['waiting', 'running', 'dead'] })
      .notNull()
      .default('waiting'),
    /** How often it was begun. */
    attempts: integer('attempts').notNull().default(0),
    /** Not to be begun before. */
    runAt: moment('run_at').notNull().defaultNow(),
    /** Who runs it, for people to read. */
    worker: text('worker'),
    /** New for each attempt: only who knows it may say how that attempt ended. */
    claim: text('claim'),
    /** A running one whose worker has not renewed this is up for the next. */
    leaseUntil: moment('lease_until'),
    /** Why the last attempt failed. */
    lastError: text('last_error'),
    createdAt: createdAt(),
    diedAt: moment('died_at'),
  },
  (table) => [
    index('jobs_due').on(table.kind, table.runAt, table.id).where(sql`${table.state} = 'waiting'`),
    index('jobs_running').on(table.kind, table.leaseUntil).where(sql`${table.state} = 'running'`),
    index('jobs_dead').on(table.diedAt).where(sql`${table.state} = 'dead'`),
    uniqueIndex('jobs_waiting_key')
      .on(table.kind, table.key)
      .where(sql`${table.state} = 'waiting' and ${table.key} is not null`),
    index('jobs_running_key')
      .on(table.kind, table.key)
      .where(sql`${table.state} = 'running' and ${table.key} is not null`),
    check('jobs_state', sql`${table.state} in ('waiting', 'running', 'dead')`),
    // What is large belongs in a table of its own: a gateway holds the payloads of all that it runs.
    check('jobs_payload_size', sql`octet_length(${table.payload}::text) <= 65536`),
  ],
);
/** Who has made or edited a document: kept by a trigger on revisions, and until its deletion was told. */
export const documentParticipants = pgTable(
  'document_participants',
  {
    documentId: text('document_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.userId] })],
);

const notificationTypes = ['saved', 'created', 'deleted', 'opened', 'mentioned', 'edit-requested'] as const;
const watchLevels = ['watch', 'default', 'mute'] as const;
const notificationWays = ['toast', 'desktop', 'push', 'centre'] as const;

/**
 * What a person is told. Those of a workspace go with the membership in it (a trigger removes them), so that
 * no title stays with somebody who has lost access.
 */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    type: text('type', { enum: notificationTypes }).notNull(),
    /** Of a document that may be gone by now; null: it tells of many at once. */
    documentId: text('document_id'),
    /** As they were at the time: for a document that is gone. */
    slug: text('slug').notNull().default(''),
    title: text('title').notNull().default(''),
    actorId: text('actor_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    count: integer('count').notNull().default(1),
    /** What further changes are counted in this row by; null: it takes no more. */
    foldKey: text('fold_key'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    readAt: moment('read_at'),
  },
  (table) => [
    index('notifications_list').on(table.userId, table.updatedAt, table.id),
    index('notifications_unread').on(table.userId).where(sql`${table.readAt} is null`),
    index('notifications_document').on(table.documentId),
    index('notifications_updated_at').on(table.updatedAt),
    uniqueIndex('notifications_fold').on(table.userId, table.foldKey),
  ],
);

/** What a person wants to hear of a workspace; no row: the default. */
export const notificationRules = pgTable(
  'notification_rules',
  {
    userId: text('user_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    level: text('level', { enum: watchLevels }).notNull(),
    /** Types that the person never wants to hear of. */
    off: text('off', { enum: notificationTypes }).array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    foreignKey({
      columns: [table.workspaceId, table.userId],
      foreignColumns: [memberships.workspaceId, memberships.userId],
    }).onDelete('cascade'),
  ],
);

/** What a person wants to hear of a document; no row: what holds for its workspace. */
export const documentRules = pgTable(
  'document_rules',
  {
    userId: text('user_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    documentId: text('document_id').notNull(),
    level: text('level', { enum: watchLevels }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.userId] }),
    foreignKey({
      columns: [table.workspaceId, table.userId],
      foreignColumns: [memberships.workspaceId, memberships.userId],
    }).onDelete('cascade'),
  ],
);

/** When a person is not to be disturbed; no row: never. */
export const quietHours = pgTable('quiet_hours', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** `HH:MM`. */
  from: text('from').notNull(),
  to: text('to').notNull(),
  /** IANA name. */
  timeZone: text('time_zone').notNull(),
});

/** Browsers that notices are pushed to. One lasts as long as the session that it was made in. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: id(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    endpoint: text('endpoint').notNull().unique(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    label: text('label').notNull(),
    createdAt: createdAt(),
    lastSuccessAt: moment('last_success_at'),
    lastFailureAt: moment('last_failure_at'),
    lastFailure: text('last_failure'),
  },
  (table) => [
    index('push_subscriptions_user_id').on(table.userId),
    index('push_subscriptions_session_id').on(table.sessionId),
  ],
);

/** How each notice went out beyond the centre, or why it did not. */
export const notificationDeliveries = pgTable(
  'notification_deliveries',
  {
    id: id(),
    /** Those that were decided together, and are sent by one job. */
    batchId: text('batch_id').notNull(),
    notificationId: text('notification_id')
      .notNull()
      .references(() => notifications.id, { onDelete: 'cascade' }),
    userId: text('user_id').notNull(),
    way: text('way', { enum: notificationWays }).notNull(),
    subscriptionId: text('subscription_id').references(() => pushSubscriptions.id, { onDelete: 'set null' }),
    /** What the device was called; null: no device. */
    label: text('label'),
    state: text('state', { enum: ['waiting', 'delivered', 'dropped'] }).notNull(),
    reason: text('reason'),
    attempts: integer('attempts').notNull().default(0),
    /** A waiting one is not tried before. */
    dueAt: moment('due_at').notNull().defaultNow(),
    createdAt: createdAt(),
    settledAt: moment('settled_at'),
  },
  (table) => [
    index('notification_deliveries_batch').on(table.batchId).where(sql`${table.state} = 'waiting'`),
    index('notification_deliveries_list').on(table.userId, table.createdAt, table.id),
    index('notification_deliveries_notification').on(table.notificationId),
    index('notification_deliveries_subscription').on(table.subscriptionId),
    index('notification_deliveries_created_at').on(table.createdAt),
  ],
);

/** How far the telling of a change has come: what is told again after a crash begins where it was. */
export const notificationFanOuts = pgTable(
  'notification_fan_outs',
  {
    key: text('key').primaryKey(),
    /** Everybody up to this person, by id, has been told. */
    afterUserId: text('after_user_id').notNull(),
    doneAt: moment('done_at'),
  },
  (table) => [index('notification_fan_outs_done_at').on(table.doneAt)],
);
