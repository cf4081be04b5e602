import { z } from 'zod';
import { idSchema, timeSchema, userSchema } from './model.js';

/** Without input for this long, in seconds, a client reports its person's attention as `idle`. */
export const IDLE_AFTER_SECONDS = 120;

/** The number of a lease: it only grows, and each new holder of a document gets the next one. */
export const leaseTokenSchema = z.int().min(1);

/**
 * Who has the right of way in editing a document. It is advice: others may edit as well. What it
 * forbids is a save by somebody who held it and does not know that somebody else does by now.
 */
export const editLeaseSchema = z
  .object({
    documentId: idSchema,
    holder: userSchema.nullable().meta({ description: 'Null: whoever held it last does not edit now.' }),
    token: leaseTokenSchema.meta({ description: 'A holder sends it along with each save.' }),
    since: timeSchema,
    how: z.enum(['acquired', 'handed-over', 'taken-over']).meta({
      description: '`acquired`: nobody who edited held it. Else it went over from `from`.',
    }),
    from: userSchema.nullable(),
    takeOverIn: z
      .number()
      .min(0)
      .nullable()
      .meta({ description: 'Seconds from now until the holder may be taken over; null: not idle.' }),
  })
  .meta({ id: 'EditLease' });
export type EditLease = z.infer<typeof editLeaseSchema>;

/**
 * A question to the person who edits. `ask` ends unanswered when its time is over; `take-over` is
 * a warning to someone idle, and is granted when its time is over.
 */
export const leaseRequestSchema = z
  .object({
    requestId: idSchema,
    documentId: idSchema,
    workspaceId: idSchema,
    slug: z.string(),
    title: z.string(),
    kind: z.enum(['ask', 'take-over']),
    state: z.enum(['open', 'accepted', 'declined', 'expired', 'withdrawn', 'ended']).meta({
      description:
        '`accepted`: `by` holds the lease now and `to` reads. `declined`: `to` goes on. `expired`: no answer. `withdrawn`: `by` has left or taken it back. `ended`: `to` no longer edits.',
    }),
    by: userSchema,
    to: userSchema,
    secondsLeft: z.number().min(0).meta({ description: 'From now, while it is open.' }),
  })
  .meta({ id: 'LeaseRequest' });
export type LeaseRequest = z.infer<typeof leaseRequestSchema>;

export const editDocumentSchema = z.strictObject({ documentId: idSchema }).meta({ id: 'EditDocument' });
export const editAnswerSchema = z
  .strictObject({ requestId: idSchema, accept: z.boolean() })
  .meta({ id: 'EditAnswer' });
export const editCancelSchema = z.strictObject({ requestId: idSchema }).meta({ id: 'EditCancel' });

export const editStatusSchema = z
  .object({
    lease: editLeaseSchema.nullable().meta({ description: 'Null: nobody has ever held it.' }),
    requests: z.array(leaseRequestSchema).meta({ description: 'The open ones by or to the caller.' }),
  })
  .meta({ id: 'EditStatus' });
export type EditStatus = z.infer<typeof editStatusSchema>;
export const leaseRequestAnswerSchema = z
  .object({ request: leaseRequestSchema })
  .meta({ id: 'LeaseRequestAnswer' });

/** What a client sends about the right of way. */
export const editingClientEvents = {
  'edit:status': {
    payload: editDocumentSchema,
    answer: editStatusSchema,
    summary: 'Answers who holds the lease of a document, and which requests are open.',
  },
  'edit:acquire': {
    payload: editDocumentSchema,
    answer: editStatusSchema,
    summary:
      'Takes the lease where nobody who edits holds it, else changes nothing: `lease.holder` says who has it. The caller must be in the document with the phase `edit`, else FORBIDDEN.',
  },
  'edit:ask': {
    payload: editDocumentSchema,
    answer: leaseRequestAnswerSchema,
    summary:
      'Asks the person who edits (the holder, else the first editor) to hand over. Again: answers the request that is open. FORBIDDEN for a viewer; CONFLICT where nobody else edits, or the caller is not in the document.',
  },
  'edit:take-over': {
    payload: editDocumentSchema,
    answer: leaseRequestAnswerSchema,
    summary:
      'Warns an editor who has been idle for long; without an objection the lease goes over when the time is up. When they are back before that, it becomes an `ask`. CONFLICT where they are not idle for long enough.',
  },
  'edit:cancel': {
    payload: editCancelSchema,
    answer: leaseRequestAnswerSchema,
    summary: 'Takes back a request of the caller’s own. One that has ended is answered as it ended.',
  },
  'edit:answer': {
    payload: editAnswerSchema,
    answer: leaseRequestAnswerSchema,
    summary:
      'Accepts or declines a request to the caller. Save first: when it is accepted, all tabs of the caller in that document go to the phase `read`. CONFLICT where it has ended otherwise.',
  },
} as const;

/** What the server tells about the right of way. */
export const editingServerEvents = {
  'edit:lease': {
    payload: editLeaseSchema,
    to: 'everyone in that document, when the lease goes over, lapses, or its holder turns idle or back',
  },
  'edit:request': {
    payload: leaseRequestSchema,
    to: 'the person who asks and the one who is asked, every tab, each time the request changes',
  },
} as const;
