import { z } from 'zod';
import type { HttpErrorCode } from './errors.js';
import { documentSchema, type Role } from './model.js';
import * as notifications from './notifications.js';
import * as rest from './rest.js';

/** One REST endpoint. The published OpenAPI document is made from these. */
export interface RouteDefinition {
  readonly summary: string;
  readonly tag: 'operations' | 'accounts' | 'workspaces' | 'documents' | 'notifications';
  /** Who may call it: anyone, anyone signed in, or a member of the workspace with at least that role. */
  readonly access: 'public' | 'session' | Role;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media types of a body that is not JSON. */
  readonly bodyTypes?: readonly string[];
  /** Request headers with their description. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Those that may be left out. */
  readonly optionalHeaders?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly answer?: z.ZodType;
  /** Media type of an answer that is not JSON. */
  readonly answerType?: string;
  /** What may go wrong beyond what follows from `access` and `body`. */
  readonly errors?: readonly HttpErrorCode[];
}

/** Media types an image may have. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

const ifMatch = { 'If-Match': 'The revision the change started from: `"<revision>"` or `W/"<revision>"`.' };
const editLease = {
  'Edit-Lease':
    'The token of the lease under which one edits (`edit:acquire`). Where somebody else holds the lease by now, the save is answered as a conflict, with `fenced: true`.',
};
const revisionErrors = ['INVALID_HEADER', 'NOT_FOUND', 'REVISION_CONFLICT', 'REVISION_REQUIRED'] as const;

/** Every endpoint, by `METHOD /path` with `:name` parameters. */
export const routes = {
  'GET /api/health/live': {
    tag: 'operations',
    access: 'public',
    summary: 'The process runs.',
    status: 200,
    answer: rest.healthSchema,
  },
  'GET /api/health/ready': {
    tag: 'operations',
    access: 'public',
    summary: 'The process can serve: database and Redis answer. A 503 names what does not.',
    status: 200,
    answer: rest.healthSchema,
    errors: ['NOT_READY'],
  },
  'GET /metrics': {
    tag: 'operations',
    access: 'public',
    summary: 'Prometheus metrics; from loopback only unless METRICS_PUBLIC is set.',
    status: 200,
    answerType: 'text/plain',
    errors: ['FORBIDDEN'],
  },

  'GET /api/setup': {
    tag: 'accounts',
    access: 'public',
    summary: 'Whether the first account is still to be made.',
    status: 200,
    answer: rest.setupStatusSchema,
  },
  'POST /api/setup': {
    tag: 'accounts',
    access: 'public',
    summary: 'Makes the first workspace and its owner, and signs them in.',
    body: rest.setupBodySchema,
    status: 201,
    answer: rest.userAnswerSchema,
    errors: ['INVALID_SETUP_TOKEN', 'ALREADY_SET_UP', 'RATE_LIMITED'],
  },
  'POST /api/auth/login': {
    tag: 'accounts',
    access: 'public',
    summary: 'Signs in: sets the session cookie.',
    body: rest.loginBodySchema,
    status: 200,
    answer: rest.userAnswerSchema,
    errors: ['INVALID_CREDENTIALS', 'RATE_LIMITED'],
  },
  'POST /api/auth/logout': {
    tag: 'accounts',
    access: 'session',
    summary: 'Ends the session and closes its sockets.',
    status: 204,
  },
  'GET /api/auth/me': {
    tag: 'accounts',
    access: 'session',
    summary: 'Who is signed in, and their workspaces.',
    status: 200,
    answer: rest.meSchema,
  },
  'GET /api/invitations/:token': {
    tag: 'accounts',
    access: 'public',
    summary: 'What an invitation link invites to.',
    status: 200,
    answer: rest.invitationPreviewSchema,
    errors: ['INVITATION_INVALID', 'RATE_LIMITED'],
  },
  'POST /api/invitations/:token/accept': {
    tag: 'accounts',
    access: 'public',
    summary: 'Joins the workspace, with a new account or the one signed in.',
    body: rest.acceptBodySchema,
    status: 200,
    answer: rest.userAnswerSchema,
    errors: ['INVITATION_INVALID', 'EMAIL_TAKEN', 'RATE_LIMITED'],
  },

  'GET /api/workspaces/:workspaceId/members': {
    tag: 'workspaces',
    access: 'viewer',
    summary: 'Everyone in the workspace.',
    status: 200,
    answer: z.object({ members: z.array(rest.memberSchema) }),
  },
  'PATCH /api/workspaces/:workspaceId/members/:userId': {
    tag: 'workspaces',
    access: 'owner',
    summary: 'Changes a role, also on open sockets.',
    body: rest.roleBodySchema,
    status: 200,
    answer: rest.memberSchema,
    errors: ['LAST_OWNER'],
  },
  'DELETE /api/workspaces/:workspaceId/members/:userId': {
    tag: 'workspaces',
    access: 'viewer',
    summary: 'Takes someone out (owners), or leaves (oneself).',
    status: 204,
    errors: ['FORBIDDEN', 'LAST_OWNER'],
  },
  'GET /api/workspaces/:workspaceId/invitations': {
    tag: 'workspaces',
    access: 'owner',
    summary: 'Invitations that can still be accepted.',
    status: 200,
    answer: z.object({ invitations: z.array(rest.invitationSchema) }),
  },
  'POST /api/workspaces/:workspaceId/invitations': {
    tag: 'workspaces',
    access: 'owner',
    summary: 'Makes an invitation link; good for 7 days and one person.',
    body: rest.invitationBodySchema,
    status: 201,
    answer: rest.newInvitationSchema,
  },
  'DELETE /api/workspaces/:workspaceId/invitations/:invitationId': {
    tag: 'workspaces',
    access: 'owner',
    summary: 'Withdraws an invitation.',
    status: 204,
  },
  'GET /api/workspaces/:workspaceId/events': {
    tag: 'workspaces',
    access: 'viewer',
    summary:
      'What a client missed, in the shape of the document events. An event may come twice: drop it by `eventId`.',
    query: rest.eventListQuerySchema,
    status: 200,
    answer: rest.eventListSchema,
  },

  'GET /api/workspaces/:workspaceId/documents': {
    tag: 'documents',
    access: 'viewer',
    summary: 'One page of the documents.',
    query: rest.documentListQuerySchema,
    status: 200,
    answer: rest.documentListSchema,
  },
  'POST /api/workspaces/:workspaceId/documents': {
    tag: 'documents',
    access: 'editor',
    summary: 'Makes a document.',
    body: rest.documentCreateBodySchema,
    status: 201,
    answer: documentSchema,
  },
  'GET /api/documents/:id': {
    tag: 'documents',
    access: 'viewer',
    summary: 'A document by id or slug, with its revision as ETag.',
    status: 200,
    answer: documentSchema,
  },
  'PUT /api/documents/:id': {
    tag: 'documents',
    access: 'editor',
    summary: 'Saves a document. A conflict answers with `current`, the document as it is.',
    headers: ifMatch,
    optionalHeaders: editLease,
    body: rest.documentUpdateBodySchema,
    status: 200,
    answer: documentSchema,
    errors: revisionErrors,
  },
  'DELETE /api/documents/:id': {
    tag: 'documents',
    access: 'editor',
    summary: 'Deletes a document (owners, or its author).',
    status: 204,
  },
  'PUT /api/documents/:id/image': {
    tag: 'documents',
    access: 'editor',
    summary:
      'Sets the image: a save like any other. It is stored upright and without what it says of itself (camera, place, time, comments).',
    headers: ifMatch,
    optionalHeaders: editLease,
    bodyTypes: imageTypes,
    status: 200,
    answer: documentSchema,
    errors: [...revisionErrors, 'INVALID_IMAGE', 'UNSUPPORTED_MEDIA_TYPE', 'PAYLOAD_TOO_LARGE'],
  },
  'DELETE /api/documents/:id/image': {
    tag: 'documents',
    access: 'editor',
    summary: 'Takes the image away: a save like any other.',
    headers: ifMatch,
    optionalHeaders: editLease,
    status: 200,
    answer: documentSchema,
    errors: revisionErrors,
  },
  'GET /api/documents/:id/revisions': {
    tag: 'documents',
    access: 'viewer',
    summary: 'Revisions, newest first.',
    query: rest.pageQuerySchema,
    status: 200,
    answer: rest.revisionListSchema,
  },
  'GET /api/documents/:id/revisions/:revision': {
    tag: 'documents',
    access: 'viewer',
    summary: 'One revision, whole.',
    status: 200,
    answer: rest.revisionSchema,
  },
  'POST /api/documents/:id/revisions/:revision/restore': {
    tag: 'documents',
    access: 'editor',
    summary: 'Makes an older revision, its image included, the newest one: a save like any other.',
    headers: ifMatch,
    optionalHeaders: editLease,
    status: 200,
    answer: documentSchema,
    errors: revisionErrors,
  },
  'GET /api/images/:id': {
    tag: 'documents',
    access: 'viewer',
    summary: 'An image of a document.',
    status: 200,
    answerType: 'image/*',
  },
  'GET /api/images/:id/thumbnails/:width': {
    tag: 'documents',
    access: 'viewer',
    summary: 'An image of a document in small, in one of the widths that the document names.',
    status: 200,
    answerType: 'image/webp',
  },

  'GET /api/notifications': {
    tag: 'notifications',
    access: 'session',
    summary: 'One page of the notices of the person, of all their workspaces.',
    query: notifications.notificationListQuerySchema,
    status: 200,
    answer: notifications.notificationListSchema,
  },
  'GET /api/notifications/unread': {
    tag: 'notifications',
    access: 'session',
    summary: 'How many notices are unread.',
    status: 200,
    answer: notifications.unreadSchema,
  },
  'POST /api/notifications/read': {
    tag: 'notifications',
    access: 'session',
    summary: 'Marks notices as read, on every tab and device. Ids of others are passed over.',
    body: notifications.notificationReadBodySchema,
    status: 200,
    answer: notifications.unreadSchema,
  },
  'PATCH /api/notifications/:notificationId': {
    tag: 'notifications',
    access: 'session',
    summary: 'Marks one notice as read or unread.',
    body: notifications.notificationPatchBodySchema,
    status: 200,
    answer: notifications.noticeSchema,
    errors: ['NOT_FOUND'],
  },
  'GET /api/notifications/deliveries': {
    tag: 'notifications',
    access: 'session',
    summary:
      'What was delivered to the person and what was dropped, and why; of one device or all. Kept for 14 days.',
    query: notifications.deliveryListQuerySchema,
    status: 200,
    answer: notifications.deliveryListSchema,
  },
  'GET /api/notifications/settings': {
    tag: 'notifications',
    access: 'session',
    summary: 'Quiet hours.',
    status: 200,
    answer: notifications.notificationSettingsSchema,
  },
  'PUT /api/notifications/settings': {
    tag: 'notifications',
    access: 'session',
    summary: 'Sets the quiet hours.',
    body: notifications.notificationSettingsSchema,
    status: 200,
    answer: notifications.notificationSettingsSchema,
  },
  'GET /api/workspaces/:workspaceId/notification-rules': {
    tag: 'notifications',
    access: 'viewer',
    summary: 'What the person wants to hear of a workspace, and of which documents otherwise.',
    status: 200,
    answer: notifications.workspaceRulesSchema,
  },
  'PUT /api/workspaces/:workspaceId/notification-rules': {
    tag: 'notifications',
    access: 'viewer',
    summary: 'Sets what the person wants to hear of a workspace.',
    body: notifications.workspaceRuleSchema,
    status: 200,
    answer: notifications.workspaceRulesSchema,
  },
  'GET /api/documents/:id/notification-rule': {
    tag: 'notifications',
    access: 'viewer',
    summary: 'What the person wants to hear of a document.',
    status: 200,
    answer: notifications.documentRuleSchema,
  },
  'PUT /api/documents/:id/notification-rule': {
    tag: 'notifications',
    access: 'viewer',
    summary: 'Watches or mutes a document, or leaves it to the workspace’s rule.',
    body: notifications.documentRuleBodySchema,
    status: 200,
    answer: notifications.documentRuleSchema,
  },
  'GET /api/push/key': {
    tag: 'notifications',
    access: 'session',
    summary: 'The key that a browser subscribes with (VAPID, RFC 8292).',
    status: 200,
    answer: notifications.pushKeySchema,
  },
  'GET /api/push/subscriptions': {
    tag: 'notifications',
    access: 'session',
    summary: 'The devices of the person that notices are pushed to.',
    status: 200,
    answer: notifications.pushDeviceListSchema,
  },
  'POST /api/push/subscriptions': {
    tag: 'notifications',
    access: 'session',
    summary:
      'Subscribes this browser, for as long as its session lasts, or renews its subscription. One that belonged to somebody else on this computer is theirs no more.',
    body: notifications.pushSubscriptionBodySchema,
    status: 200,
    answer: notifications.pushDeviceSchema,
  },
  'DELETE /api/push/subscriptions/:subscriptionId': {
    tag: 'notifications',
    access: 'session',
    summary: 'Ends the pushes to a device.',
    status: 204,
    errors: ['NOT_FOUND'],
  },
  'POST /api/push/subscriptions/:subscriptionId/test': {
    tag: 'notifications',
    access: 'session',
    summary: 'Pushes a test notice to a device, and tells what its push service said.',
    status: 200,
    answer: notifications.pushTestSchema,
    errors: ['NOT_FOUND', 'RATE_LIMITED'],
  },
} as const satisfies Readonly<Record<string, RouteDefinition>>;

/** Key of an endpoint in `routes`. */
export type RouteName = keyof typeof routes;
