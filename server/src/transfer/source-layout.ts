import { abstractSchema, textSchema, titleSchema } from '@doclight/protocol';
import { z } from 'zod';

/** Anything that a file holds: the longest text, and as much around it. */
const rawSchema = textSchema;

/**
 * A piece of a file, in the order of the file:
 * - `kept`: nothing that people edit in Doclight, put back as it was;
 * - `title`: a place that says the title. `raw` is put back for as long as the title is what was
 *   imported, else the new title is written as a heading of `depth` or as the value in the front matter;
 * - `abstract`, `text`: where these stand.
 */
const segmentSchema = z.union([
  z.strictObject({ kind: z.literal('kept'), raw: rawSchema }),
  z.strictObject({ kind: z.literal('title'), as: z.literal('value'), raw: rawSchema }),
  z.strictObject({
    kind: z.literal('title'),
    as: z.literal('heading'),
    raw: rawSchema,
    depth: z.int().min(1).max(6),
  }),
  z.strictObject({ kind: z.literal('abstract') }),
  z.strictObject({ kind: z.literal('text') }),
]);
export type Segment = z.infer<typeof segmentSchema>;

/** How a document lay in its file: what is needed to write that file again, byte for byte. */
export const sourceLayoutSchema = z.strictObject({
  /** SHA-256 of the file that was imported last, hex. */
  fileHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** `crlf`: every line of the file ends so, and the pieces are kept with `\n`. */
  lineEnd: z.enum(['crlf', 'as-is']),
  /** The title that was imported. */
  title: titleSchema,
  /** Whether there was an abstract and a text: what was not there needs blank lines around it. */
  hadAbstract: z.boolean(),
  hadText: z.boolean(),
  /** The heading inside the text that repeats the title; null: none does. */
  titleInText: z.strictObject({ raw: rawSchema, depth: z.int().min(1).max(6) }).nullable(),
  segments: z.array(segmentSchema).max(20),
});
export type SourceLayout = z.infer<typeof sourceLayoutSchema>;

/** What of a document lies in its file. */
export const contentSchema = z.strictObject({
  title: titleSchema,
  abstract: abstractSchema,
  text: textSchema,
});
export type Content = z.infer<typeof contentSchema>;
