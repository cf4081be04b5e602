import { z } from 'zod';
import { editingClientEvents, editingServerEvents, leaseTokenSchema } from './editing.js';
import { socketErrorCodes } from './errors.js';
import { MAX_WATCHED_DOCUMENTS, PROTOCOL_VERSION } from './limits.js';
import {
  abstractSchema,
  attentionSchema,
  documentPresenceSchema,
  documentSchema,
  documentSummarySchema,
  idSchema,
  phaseSchema,
  roleSchema,
  textSchema,
  thumbnailsSchema,
  timeSchema,
  titleSchema,
  totalsSchema,
  userSchema,
} from './model.js';
import {
  attentionSetSchema,
  noticeSchema,
  notificationClaimedSchema,
  notificationClaimSchema,
  notificationShowSchema,
  notificationsReadSchema,
  notificationsRemovedSchema,
  unreadSchema,
} from './notifications.js';

/** What a client may send in the handshake's `auth`. A field left out takes its default. */
export const handshakeAuthSchema = z.object({
  protocol: z.literal(PROTOCOL_VERSION).optional(),
  tab: z.string().min(1).max(64).optional().meta({
    description: 'A random name of the browser tab: what it held before a reload is then replaced at once.',
  }),
});

// ---- what a client sends ----

export const dashboardJoinSchema = z
  .strictObject({
    workspaceId: idSchema,
    documentIds: z.array(idSchema).max(MAX_WATCHED_DOCUMENTS).optional(),
  })
  .meta({ id: 'DashboardJoin' });
export const dashboardLeaveSchema = z.strictObject({ workspaceId: idSchema }).meta({ id: 'DashboardLeave' });
export const presenceSetSchema = z
  .strictObject({
    documentId: idSchema,
    phase: phaseSchema,
    unsaved: z.boolean().optional(),
    attention: attentionSchema.optional(),
  })
  .meta({ id: 'PresenceSet' });
export const presenceClearSchema = z.strictObject({ documentId: idSchema }).meta({ id: 'PresenceClear' });
export const documentUpdateSchema = z
  .strictObject({
    documentId: idSchema,
    revision: z.int().min(1).meta({ description: 'The revision that the change started from.' }),
    lease: leaseTokenSchema
      .optional()
      .meta({ description: 'The token of the lease under which one edits, as `Edit-Lease` of `PUT`.' }),
    title: titleSchema.optional(),
    abstract: abstractSchema.optional(),
    text: textSchema.optional(),
  })
  .refine(
    ({ title, abstract, text }) => title !== undefined || abstract !== undefined || text !== undefined,
    'must have at least one of title, abstract and text',
  )
  .meta({ id: 'DocumentUpdate' });

// ---- what the acknowledgements and the server's events carry ----

export const usersCountSchema = z
  .object({
    workspaceId: idSchema,
    activeUsers: z.int().min(0).meta({ description: 'Distinct people connected, not tabs.' }),
    people: z.array(userSchema).meta({ description: 'Up to 20 of them.' }),
  })
  .meta({ id: 'UsersCount' });
export type UsersCount = z.infer<typeof usersCountSchema>;

export const dashboardSnapshotSchema = z
  .object({
    version: z.int(),
    activeUsers: z.int().min(0),
    people: z.array(userSchema),
    totals: totalsSchema,
    documents: z
      .array(documentPresenceSchema)
      .meta({ description: 'Only documents with someone in them; an absent one is free as of `version`.' }),
    truncated: z.boolean(),
  })
  .meta({ id: 'DashboardSnapshot' });
export type DashboardSnapshot = z.infer<typeof dashboardSnapshotSchema>;

export const presenceAnswerSchema = z
  .object({ presence: documentPresenceSchema })
  .meta({ id: 'PresenceAnswer' });
export type PresenceAnswer = z.infer<typeof presenceAnswerSchema>;

export const presenceDiffSchema = z
  .object({
    workspaceId: idSchema,
    previous: z.int().meta({ description: 'Version of the answer or frame this dashboard was sent before.' }),
    version: z.int(),
    totals: totalsSchema,
    documents: z.array(documentPresenceSchema),
  })
  .meta({ id: 'PresenceDiff' });
export type PresenceDiff = z.infer<typeof presenceDiffSchema>;

export const documentSavedSchema = z
  .object({
    eventId: idSchema,
    documentId: idSchema,
    workspaceId: idSchema,
    slug: z.string(),
    title: titleSchema,
    revision: z.int(),
    savedBy: userSchema,
    savedAt: timeSchema,
  })
  .meta({ id: 'DocumentSaved' });
export type DocumentSaved = z.infer<typeof documentSavedSchema>;

export const documentCreatedSchema = z
  .object({ eventId: idSchema, document: documentSummarySchema })
  .meta({ id: 'DocumentCreated' });
export type DocumentCreated = z.infer<typeof documentCreatedSchema>;

export const documentDeletedSchema = z
  .object({ eventId: idSchema, documentId: idSchema, workspaceId: idSchema })
  .meta({ id: 'DocumentDeleted' });
export type DocumentDeleted = z.infer<typeof documentDeletedSchema>;

export const thumbnailsMadeSchema = z
  .object({
    documentId: idSchema,
    workspaceId: idSchema,
    imageUrl: z.string().meta({ description: 'Of which image: the document may have another one by now.' }),
    thumbnails: thumbnailsSchema,
  })
  .meta({ id: 'ThumbnailsMade' });
export type ThumbnailsMade = z.infer<typeof thumbnailsMadeSchema>;

export const documentOpenedSchema = z
  .object({ documentId: idSchema, title: z.string(), phase: phaseSchema, by: userSchema })
  .meta({ id: 'DocumentOpened' });
export type DocumentOpened = z.infer<typeof documentOpenedSchema>;

export const membershipChangedSchema = z
  .object({
    workspaceId: idSchema,
    role: roleSchema.nullable().meta({ description: 'The new role; null: no longer a member.' }),
  })
  .meta({ id: 'MembershipChanged' });
export type MembershipChanged = z.infer<typeof membershipChangedSchema>;

/** One row of the event log, as `GET /api/workspaces/:workspaceId/events` lists it. */
export const workspaceEventSchema = z
  .discriminatedUnion('type', [
    documentSavedSchema.extend({ type: z.literal('document:saved') }),
    documentCreatedSchema.extend({ type: z.literal('document:created') }),
    documentDeletedSchema.extend({ type: z.literal('document:deleted') }),
  ])
  .meta({ id: 'WorkspaceEvent' });
export type WorkspaceEvent = z.infer<typeof workspaceEventSchema>;

// ---- the event tables: the types and the published page are both derived from them ----

const nothing = z.object({}).meta({ description: 'An empty object.' });

/** Every event a client may send: its payload, what the acknowledgement's `data` is, what it does. */
export const clientEvents = {
  'dashboard:join': {
    payload: dashboardJoinSchema,
    answer: dashboardSnapshotSchema,
    summary:
      'Answers who is where and subscribes to the diffs after it. With `documentIds` both speak of those only; calling it again changes the set.',
  },
  'dashboard:leave': {
    payload: dashboardLeaveSchema,
    answer: nothing,
    summary: 'Ends the diffs of a workspace.',
  },
  'presence:set': {
    payload: presenceSetSchema,
    answer: presenceAnswerSchema,
    summary:
      'Enters a document, changes phase, updates flags. A flag left out stays as it was. `edit` is FORBIDDEN for a viewer.',
  },
  'presence:clear': { payload: presenceClearSchema, answer: nothing, summary: 'Leaves a document, at once.' },
  'document:update': {
    payload: documentUpdateSchema,
    answer: documentSchema,
    summary:
      'Saves the fields that are there as the next revision, by the rules of `PUT /api/documents/:id`; those left out stay. Acknowledged with the document as saved. REVISION_CONFLICT carries the document as it is by now in `current`. FORBIDDEN for a viewer. For a text that does not fit in a message use `PUT`.',
  },
  'attention:set': {
    payload: attentionSetSchema,
    answer: unreadSchema,
    summary:
      'Tells whether the person is at this tab, whatever page it shows, and whether it may notify on the desktop: what decides how they are told of something. Never sent: what `presence:set` says, else `active`. Answered with the number of unread notices.',
  },
  'notification:claim': {
    payload: notificationClaimSchema,
    answer: notificationClaimedSchema,
    summary:
      'Asks whether to show what `notification:show` offered; to be sent before showing it. Of all tabs and devices one is told yes. Without a claim in time it goes another way.',
  },
  ...editingClientEvents,
} as const;

/** Every event the server sends: its payload and who gets it. */
export const serverEvents = {
  'users:count': {
    payload: usersCountSchema,
    to: 'everyone connected to the workspace, on connecting and on change, at most once a second',
  },
  'presence:diff': { payload: presenceDiffSchema, to: "the workspace's dashboards" },
  'document:presence': { payload: documentPresenceSchema, to: 'everyone in that document' },
  'document:saved': { payload: documentSavedSchema, to: 'the workspace' },
  'document:created': { payload: documentCreatedSchema, to: 'the workspace' },
  'document:deleted': { payload: documentDeletedSchema, to: 'the workspace' },
  'thumbnails:made': {
    payload: thumbnailsMadeSchema,
    to: "the workspace, when a document's image is there in small; it may come twice",
  },
  'document:opened': {
    payload: documentOpenedSchema,
    to: 'everyone else in that document, once, when a person enters who was not in it; not on a reload',
  },
  'membership:changed': { payload: membershipChangedSchema, to: 'the person whose role changed, every tab' },
  'notification:changed': {
    payload: noticeSchema,
    to: 'the person it is for, every tab: it is new, or another than before',
  },
  'notification:show': {
    payload: notificationShowSchema,
    to: 'one tab of the person (one of each gateway where they are equally fit): claim it, then show it as a toast or on the desktop',
  },
  'notifications:read': { payload: notificationsReadSchema, to: 'the person who read them, every tab' },
  'notifications:removed': {
    payload: notificationsRemovedSchema,
    to: 'the person, every tab: their notices of a workspace that they left are gone',
  },
  'notifications:unread': {
    payload: unreadSchema,
    to: 'the person, every tab, on change; to begin with, `attention:set` answers it',
  },
  ...editingServerEvents,
} as const;

export type ClientEventName = keyof typeof clientEvents;
export type ServerEventName = keyof typeof serverEvents;
export type ClientPayload<E extends ClientEventName> = z.infer<(typeof clientEvents)[E]['payload']>;
export type ClientAnswer<E extends ClientEventName> = z.infer<(typeof clientEvents)[E]['answer']>;
export type ServerPayload<E extends ServerEventName> = z.infer<(typeof serverEvents)[E]['payload']>;

export const socketErrorSchema = z
  .object({
    code: z.enum(socketErrorCodes),
    message: z.string().meta({ description: 'What is wrong and how to mend it.' }),
    current: documentSchema
      .optional()
      .meta({ description: 'With REVISION_CONFLICT: the document as it is by now.' }),
    fenced: z.literal(true).optional().meta({
      description: 'With REVISION_CONFLICT: somebody else holds the lease that the save named.',
    }),
  })
  .meta({ id: 'SocketError' });
export type SocketError = z.infer<typeof socketErrorSchema>;

/** What every client event is acknowledged with. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: SocketError };

/** Socket.IO's map of the events a client sends. */
export type ClientToServerEvents = {
  [E in ClientEventName]: (payload: ClientPayload<E>, ack: (answer: Ack<ClientAnswer<E>>) => void) => void;
};
/** Socket.IO's map of the events the server sends. */
export type ServerToClientEvents = { [E in ServerEventName]: (payload: ServerPayload<E>) => void };
