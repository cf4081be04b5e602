import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.js';
import { attentionSchema, idSchema, timeSchema, userSchema } from './model.js';

/** Most devices of one person that notices are pushed to; a further one takes the place of the oldest. */
export const MAX_PUSH_DEVICES = 20;

// ---- notices ----

/** What a notice tells of. */
export const notificationTypeSchema = z
  .enum(['saved', 'created', 'deleted', 'opened', 'mentioned', 'edit-requested'])
  .meta({
    id: 'NotificationType',
    description:
      'A document was saved, created or deleted; somebody opened one that the person edits; a save mentions the person; somebody asks to edit what the person edits.',
  });
export type NotificationType = z.infer<typeof notificationTypeSchema>;

export const noticeSchema = z
  .object({
    id: idSchema,
    type: notificationTypeSchema,
    workspaceId: idSchema,
    document: z
      .object({
        id: idSchema,
        slug: z.string(),
        title: z.string(),
        exists: z.boolean().meta({ description: 'False: it was deleted since, the title is its last one.' }),
      })
      .nullable()
      .meta({ description: 'Null: it tells of many documents at once, as after an import.' }),
    actor: userSchema.meta({ description: 'Who did it. Never the person who is told.' }),
    count: z.int().min(1).meta({ description: 'How often (or to how many documents) within 10 minutes.' }),
    title: z
      .string()
      .meta({ description: 'What a notice shows in its first line, e.g. `Fry saved Delivery`.' }),
    body: z.string().meta({ description: 'What it shows below; may be empty.' }),
    tag: z
      .string()
      .meta({ description: 'A newer notice of the same tag replaces the one shown: one tag a document.' }),
    url: z.string().meta({ description: 'Path of the page that it leads to.' }),
    read: z.boolean(),
    createdAt: timeSchema.meta({ description: 'The first of what it tells of.' }),
    updatedAt: timeSchema.meta({ description: 'The last of what it tells of: the list’s order.' }),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof noticeSchema>;

export const notificationListQuerySchema = z.object({
  unread: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: '`true`: only those not read yet.' }),
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});
export type NotificationListQuery = z.infer<typeof notificationListQuerySchema>;
export const notificationListSchema = z
  .object({
    notifications: z.array(noticeSchema).meta({ description: 'Newest first.' }),
    nextCursor: z.string().nullable(),
    unread: z.int().min(0).meta({ description: 'How many are unread in all.' }),
  })
  .meta({ id: 'NotificationList' });
export type NotificationList = z.infer<typeof notificationListSchema>;

export const unreadSchema = z.object({ unread: z.int().min(0) }).meta({ id: 'Unread' });
export type Unread = z.infer<typeof unreadSchema>;
export const notificationReadBodySchema = z
  .union([
    z.strictObject({ ids: z.array(idSchema).min(1).max(MAX_PAGE_SIZE) }),
    z.strictObject({ documentId: idSchema }),
    z.strictObject({ all: z.literal(true) }),
  ])
  .meta({ description: 'Those of these ids, those of one document (as on opening it), or all.' });
export type NotificationReadBody = z.infer<typeof notificationReadBodySchema>;
export const notificationPatchBodySchema = z.strictObject({ read: z.boolean() });

// ---- rules ----

/** How much a person wants to hear of something. */
export const watchLevelSchema = z.enum(['watch', 'default', 'mute']).meta({
  id: 'WatchLevel',
  description:
    '`watch`: everything. `default`: for a document what holds for its workspace; for a workspace the documents one has made or edited. `mute`: nothing.',
});
export type WatchLevel = z.infer<typeof watchLevelSchema>;

export const notificationTypesSchema = z
  .strictObject({
    saved: z.boolean(),
    created: z.boolean(),
    deleted: z.boolean(),
    opened: z.boolean(),
    mentioned: z.boolean(),
    'edit-requested': z.boolean(),
  })
  .meta({ id: 'NotificationTypes', description: 'False: never told of that, whatever is watched.' });
export type NotificationTypes = z.infer<typeof notificationTypesSchema>;

export const workspaceRuleSchema = z
  .strictObject({ level: watchLevelSchema, types: notificationTypesSchema })
  .meta({ id: 'WorkspaceRule' });
export type WorkspaceRule = z.infer<typeof workspaceRuleSchema>;
export const workspaceRulesSchema = workspaceRuleSchema
  .extend({
    documents: z
      .array(z.object({ id: idSchema, slug: z.string(), title: z.string(), level: watchLevelSchema }))
      .meta({ description: 'Documents with a rule of their own, by title.' }),
  })
  .meta({ id: 'WorkspaceRules' });
export type WorkspaceRules = z.infer<typeof workspaceRulesSchema>;

export const documentRuleBodySchema = z.strictObject({ level: watchLevelSchema });
export const documentRuleSchema = z
  .object({
    level: watchLevelSchema.meta({ description: 'What is set for the document.' }),
    effective: watchLevelSchema.meta({
      description: 'What that comes to with the workspace’s rule; `default`: told if `involved`.',
    }),
    involved: z.boolean().meta({ description: 'The person has made or edited the document.' }),
  })
  .meta({ id: 'DocumentRule' });
export type DocumentRule = z.infer<typeof documentRuleSchema>;

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');
const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin');
export const notificationSettingsSchema = z
  .strictObject({
    quietHours: z
      .strictObject({ from: clockSchema, to: clockSchema, timeZone: timeZoneSchema })
      .refine(({ from, to }) => from !== to, 'must not begin and end at the same time')
      .nullable()
      .meta({
        description:
          'From when to when, by the clock of the time zone, notices go to the centre only; `to` may lie on the next day. Null: never.',
      }),
  })
  .meta({ id: 'NotificationSettings' });
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets such as +02:00 are taken as well, but know no summer time.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

// ---- push ----

export const pushKeySchema = z
  .object({ publicKey: z.string().meta({ description: 'The `applicationServerKey`, base64url.' }) })
  .meta({ id: 'PushKey' });

const base64url = (bytes: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+={0,2}$/, 'must be base64url')
    .refine(
      (text) => Math.floor((text.replace(/=+$/, '').length * 3) / 4) === bytes,
      `must be ${bytes} bytes`,
    );
export const pushSubscriptionBodySchema = z
  .strictObject({
    endpoint: z.url({ protocol: /^https$/, error: 'must be an https address' }).max(1_000),
    expirationTime: z.number().nullable().optional(),
    keys: z.strictObject({ p256dh: base64url(65), auth: base64url(16) }),
    replaces: z.string().max(1_000).optional().meta({
      description: 'The endpoint that this one replaces, after `pushsubscriptionchange`.',
    }),
  })
  .meta({ description: 'What `PushSubscription.toJSON()` gives. The same endpoint again renews it.' });
export type PushSubscriptionBody = z.infer<typeof pushSubscriptionBodySchema>;

export const pushDeviceSchema = z
  .object({
    id: idSchema,
    label: z.string().meta({ description: 'Browser and system, e.g. `Firefox on Linux`.' }),
    current: z.boolean().meta({ description: 'It belongs to the session that asks.' }),
    createdAt: timeSchema,
    lastSuccessAt: timeSchema.nullable(),
    lastFailureAt: timeSchema.nullable(),
    lastFailure: z.string().nullable().meta({ description: 'Why, as in `Delivery.reason`.' }),
  })
  .meta({ id: 'PushDevice', description: 'A browser that notices are pushed to. Signing out removes it.' });
export type PushDevice = z.infer<typeof pushDeviceSchema>;
export const pushDeviceListSchema = z.object({ devices: z.array(pushDeviceSchema) });
export const pushTestSchema = z
  .object({
    delivered: z.boolean().meta({ description: 'The push service has taken it.' }),
    reason: z.string().nullable().meta({ description: 'Why not, as in `Delivery.reason`.' }),
  })
  .meta({ id: 'PushTest' });
export type PushTest = z.infer<typeof pushTestSchema>;

/** What a service worker is pushed, as JSON. */
export const pushPayloadSchema = z
  .object({
    userId: idSchema.meta({ description: 'Whom it is for: on a shared computer, show it to nobody else.' }),
    notificationId: idSchema.nullable().meta({ description: 'Null: a test.' }),
    title: z.string(),
    body: z.string(),
    tag: z.string(),
    url: z.string(),
    at: timeSchema,
    unread: z.int().min(0).meta({ description: 'For the app’s badge.' }),
  })
  .meta({ id: 'PushPayload' });
export type PushPayload = z.infer<typeof pushPayloadSchema>;

// ---- what became of them ----

export const deliveryStateSchema = z.enum(['waiting', 'delivered', 'dropped']);
export const deliveryReasonSchema = z
  .enum([
    'quiet-hours',
    'looking',
    'read',
    'no-access',
    'document-gone',
    'no-device',
    'not-shown',
    'superseded',
    'device-removed',
    'device-gone',
    'expired',
    'refused',
    'rate-limited',
    'unreachable',
    'failing',
  ])
  .meta({
    description:
      'Why it was dropped, or waits: quiet hours; the person looks at the document; had read it by then; may not see it any more; the document was deleted; has no device; no page showed it; a newer one of the same notice takes its place; the device was removed here, or is gone says its push service (404, 410); it took too long; the push service refuses it, wants fewer (429), cannot be reached, or fails (5xx).',
  });
export type DeliveryReason = z.infer<typeof deliveryReasonSchema>;
export const deliverySchema = z
  .object({
    id: idSchema,
    notificationId: idSchema,
    title: z.string(),
    way: z.enum(['toast', 'desktop', 'push', 'centre']),
    device: z.object({ id: idSchema.nullable(), label: z.string() }).nullable(),
    state: deliveryStateSchema,
    reason: deliveryReasonSchema.nullable(),
    attempts: z.int().min(0),
    createdAt: timeSchema,
    settledAt: timeSchema.nullable(),
  })
  .meta({ id: 'Delivery', description: 'One attempt to reach a person beyond the notification centre.' });
export type Delivery = z.infer<typeof deliverySchema>;
export const deliveryListQuerySchema = z.object({
  deviceId: idSchema.optional(),
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});
export type DeliveryListQuery = z.infer<typeof deliveryListQuerySchema>;
export const deliveryListSchema = z
  .object({ deliveries: z.array(deliverySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'DeliveryList' });
export type DeliveryList = z.infer<typeof deliveryListSchema>;

// ---- over the socket ----

export const attentionSetSchema = z
  .strictObject({
    attention: attentionSchema,
    desktop: z.boolean().optional().meta({
      description: 'The page may show desktop notifications (`Notification.permission` is `granted`).',
    }),
  })
  .meta({ id: 'AttentionSet' });
export const notificationClaimSchema = z
  .strictObject({ offerId: idSchema })
  .meta({ id: 'NotificationClaim' });
export const notificationClaimedSchema = z
  .object({ show: z.boolean().meta({ description: 'False: it came too late, or another tab shows it.' }) })
  .meta({ id: 'NotificationClaimed' });
export const notificationShowSchema = z
  .object({
    offerId: idSchema,
    way: z.enum(['toast', 'desktop']),
    notification: noticeSchema,
  })
  .meta({ id: 'NotificationShow' });
export type NotificationShow = z.infer<typeof notificationShowSchema>;
export const notificationsReadSchema = z
  .object({
    notificationIds: z.array(idSchema).nullable().meta({ description: 'Null: all of them.' }),
  })
  .meta({ id: 'NotificationsRead' });
export type NotificationsRead = z.infer<typeof notificationsReadSchema>;
export const notificationsRemovedSchema = z
  .object({ workspaceId: idSchema })
  .meta({ id: 'NotificationsRemoved' });
export type NotificationsRemoved = z.infer<typeof notificationsRemovedSchema>;
