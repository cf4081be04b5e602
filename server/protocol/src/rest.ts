import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, MIN_PASSWORD_LENGTH } from './limits.js';
import {
  abstractSchema,
  documentSummarySchema,
  idSchema,
  roleSchema,
  storableSchema,
  textSchema,
  timeSchema,
  titleSchema,
  userSchema,
} from './model.js';
import { workspaceEventSchema } from './socket.js';

const emailSchema = z.email('must be an e-mail address').max(254);
const personNameSchema = storableSchema
  .max(80, 'must be at most 80 characters')
  .refine((name) => name.trim() !== '', 'must not be empty');
const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `must have at least ${MIN_PASSWORD_LENGTH} characters`)
  .max(256, 'must be at most 256 characters');

// ---- accounts ----

export const loginBodySchema = z.strictObject({
  email: storableSchema.max(254),
  password: z.string().max(256),
});
export type LoginBody = z.infer<typeof loginBodySchema>;

export const setupBodySchema = z.strictObject({
  token: z.string().max(128).meta({ description: 'The token that the start printed.' }),
  email: emailSchema,
  name: personNameSchema,
  password: newPasswordSchema,
  workspaceName: personNameSchema,
});
export type SetupBody = z.infer<typeof setupBodySchema>;

export const workspaceSchema = z
  .object({ id: idSchema, slug: z.string(), name: z.string(), role: roleSchema })
  .meta({ id: 'Workspace', description: 'A workspace, with the caller’s role in it.' });
export type Workspace = z.infer<typeof workspaceSchema>;

export const userAnswerSchema = z.object({ user: userSchema });
export const meSchema = z
  .object({ user: userSchema, workspaces: z.array(workspaceSchema) })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;
export const setupStatusSchema = z.object({ needed: z.boolean() });

// ---- members and invitations ----

export const memberSchema = z
  .object({ user: userSchema, email: z.string(), role: roleSchema, joinedAt: timeSchema })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof memberSchema>;
export const roleBodySchema = z.strictObject({ role: roleSchema });

export const invitationSchema = z
  .object({
    id: idSchema,
    role: roleSchema,
    email: z
      .string()
      .nullable()
      .meta({ description: 'Who it was made for, to fill in the form: whoever has the link can use it.' }),
    createdAt: timeSchema,
    expiresAt: timeSchema,
    createdBy: userSchema,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;
export const invitationBodySchema = z.strictObject({ role: roleSchema, email: emailSchema.optional() });
export const newInvitationSchema = invitationSchema.extend({
  url: z.string().meta({ description: 'The link to pass on. It is told only this once.' }),
});
export type NewInvitation = z.infer<typeof newInvitationSchema>;
export const invitationPreviewSchema = z.object({
  workspaceName: z.string(),
  role: roleSchema,
  email: z.string().nullable(),
  invitedBy: z.string(),
});
export type InvitationPreview = z.infer<typeof invitationPreviewSchema>;
export const acceptBodySchema = z
  .strictObject({
    email: emailSchema.optional(),
    name: personNameSchema.optional(),
    password: newPasswordSchema.optional(),
  })
  .meta({ description: 'All three for a new account; an empty object for the person who is signed in.' });
export type AcceptBody = z.infer<typeof acceptBodySchema>;

// ---- documents ----

export const documentSortSchema = z.enum(['changed', 'title']);
export type DocumentSort = z.infer<typeof documentSortSchema>;
export const documentListQuerySchema = z.object({
  query: storableSchema
    .max(200)
    .default('')
    .meta({ description: 'Words that must all occur in title, abstract, text or author.' }),
  sort: documentSortSchema.default('changed'),
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});
export type DocumentListQuery = z.infer<typeof documentListQuerySchema>;
export const documentListSchema = z
  .object({ documents: z.array(documentSummarySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'DocumentList' });
export type DocumentList = z.infer<typeof documentListSchema>;

export const documentCreateBodySchema = z.strictObject({
  title: titleSchema,
  abstract: abstractSchema.optional(),
  text: textSchema.optional(),
});
export type DocumentCreateBody = z.infer<typeof documentCreateBodySchema>;
export const documentUpdateBodySchema = z.strictObject({
  title: titleSchema,
  abstract: abstractSchema,
  text: textSchema,
});
export type DocumentUpdateBody = z.infer<typeof documentUpdateBodySchema>;

export const revisionSummarySchema = z
  .object({
    revision: z.int().min(1),
    author: userSchema,
    savedAt: timeSchema,
    title: z.string(),
    restoredFrom: z
      .int()
      .min(1)
      .nullable()
      .meta({ description: 'The older revision that this one brought back; null for any other save.' }),
  })
  .meta({ id: 'RevisionSummary' });
export type RevisionSummary = z.infer<typeof revisionSummarySchema>;
export const revisionListSchema = z
  .object({ revisions: z.array(revisionSummarySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'RevisionList' });
export const revisionSchema = revisionSummarySchema
  .extend({ abstract: z.string(), text: z.string(), imageUrl: z.string().nullable() })
  .meta({ id: 'Revision' });
export type Revision = z.infer<typeof revisionSchema>;
export const pageQuerySchema = z.object({
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});

export const eventListQuerySchema = z.object({
  after: z
    .string()
    .max(32)
    .optional()
    .meta({ description: 'The last `eventId` the client has; without it, from the beginning of the log.' }),
});
export const eventListSchema = z
  .object({
    events: z.array(workspaceEventSchema).meta({ description: 'Oldest first, at most 1,000.' }),
    lastEventId: z.string().meta({ description: 'What to send as `after` next time.' }),
    truncated: z.boolean().meta({ description: 'There are more, or `after` is unknown: reload the list.' }),
  })
  .meta({ id: 'EventList' });
export type EventList = z.infer<typeof eventListSchema>;

// ---- operations ----

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'error']),
    checks: z.record(
      z.string(),
      z.object({ status: z.enum(['up', 'down']), message: z.string().optional() }),
    ),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;
