import { z } from 'zod';
import { MAX_ABSTRACT_LENGTH, MAX_TEXT_LENGTH, MAX_TITLE_LENGTH } from './limits.js';
import { STORABLE_RULE, titleRules, UNSTORABLE } from './title.js';

/** Text that a database can store: no NUL, no half of a surrogate pair. */
export const storableSchema = z.string().refine((text) => !UNSTORABLE.test(text), STORABLE_RULE);
/** An opaque identifier. Compare it, never parse it. */
export const idSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'must be an id');
/** A moment, ISO 8601 in UTC. */
export const timeSchema = z.iso.datetime();

/** What a person may do in a workspace: owners run it, editors write, viewers read. */
export const roleSchema = z
  .enum(['owner', 'editor', 'viewer'])
  .meta({ id: 'Role', description: 'Owners run a workspace, editors write, viewers read.' });
export type Role = z.infer<typeof roleSchema>;

export const userSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    color: z.string().meta({ description: 'CSS colour of the avatar, `#rrggbb`.' }),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;

/** A title: one line with something on it. */
export const titleSchema = storableSchema
  .max(MAX_TITLE_LENGTH, titleRules.length.message)
  .refine(titleRules.filled.holds, titleRules.filled.message)
  .refine(titleRules.oneLine.holds, titleRules.oneLine.message);
export const abstractSchema = storableSchema.max(
  MAX_ABSTRACT_LENGTH,
  `must be at most ${MAX_ABSTRACT_LENGTH} characters`,
);
export const textSchema = storableSchema.max(
  MAX_TEXT_LENGTH,
  `must be at most ${MAX_TEXT_LENGTH} characters`,
);

export const thumbnailSchema = z
  .object({ url: z.string(), width: z.int().min(1).meta({ description: 'In pixels.' }) })
  .meta({ id: 'Thumbnail' });
export type Thumbnail = z.infer<typeof thumbnailSchema>;
export const thumbnailsSchema = z.array(thumbnailSchema).meta({
  description:
    'The image in small, narrowest first, of an animated one its first frame. Made in the background: empty until then, and without an image.',
});

/** A document without its text, as lists carry it. */
export const documentSummarySchema = z
  .object({
    id: idSchema,
    slug: z
      .string()
      .meta({ description: 'Kebab-case of the first title and a random suffix. Never changes.' }),
    workspaceId: idSchema,
    title: z.string(),
    abstract: z.string().meta({ description: 'Markdown.' }),
    imageUrl: z.string().nullable(),
    thumbnails: thumbnailsSchema,
    author: userSchema,
    revision: z.int().min(1),
    createdAt: timeSchema,
    updatedAt: timeSchema,
    updatedBy: userSchema,
  })
  .meta({ id: 'DocumentSummary' });
export type DocumentSummary = z.infer<typeof documentSummarySchema>;

export const documentSchema = documentSummarySchema
  .extend({ text: z.string().meta({ description: 'Markdown.' }) })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof documentSchema>;

/** What a person does in a document. `edit` is the stronger one. */
export const phaseSchema = z.enum(['read', 'edit']).meta({ id: 'Phase' });
export type Phase = z.infer<typeof phaseSchema>;

/** How close a person is to the page: in it, away from the keyboard, or in another tab. */
export const attentionSchema = z.enum(['active', 'idle', 'hidden']).meta({ id: 'Attention' });
export type Attention = z.infer<typeof attentionSchema>;

export const personSchema = userSchema
  .extend({
    since: timeSchema.meta({ description: 'Since when the person has been in this phase.' }),
    unsaved: z.boolean().meta({ description: 'Has unsaved changes in at least one tab.' }),
    attention: attentionSchema,
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof personSchema>;

/** The state of a document's label: nobody in it, someone reading, someone editing. */
export const presenceStatusSchema = z.enum(['free', 'read', 'edit']).meta({ id: 'PresenceStatus' });
export type PresenceStatus = z.infer<typeof presenceStatusSchema>;

/**
 * Who is in one document. A person is listed once, under the strongest phase over all their tabs.
 * `readers` and `editors` together are cut at 20 people, editors first; the counts are whole.
 */
export const documentPresenceSchema = z
  .object({
    documentId: idSchema,
    workspaceId: idSchema,
    version: z
      .int()
      .meta({ description: 'The version of the workspace at which this document last changed.' }),
    status: presenceStatusSchema,
    readers: z.array(personSchema),
    editors: z.array(personSchema),
    readerCount: z.int().min(0),
    editorCount: z.int().min(0),
  })
  .meta({ id: 'DocumentPresence' });
export type DocumentPresence = z.infer<typeof documentPresenceSchema>;

/** How many documents of the whole workspace are in each status. */
export const totalsSchema = z
  .object({ reading: z.int().min(0), editing: z.int().min(0) })
  .meta({ id: 'Totals' });
export type Totals = z.infer<typeof totalsSchema>;
