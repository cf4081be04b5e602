import { z } from 'zod';

/**
 * A JSON Schema, as far as our schemas go.
 * @typedef {object} JsonSchema
 * @property {string} [id]
 * @property {string} [$ref]
 * @property {string | string[]} [type]
 * @property {string} [description]
 * @property {string} [format]
 * @property {string} [pattern]
 * @property {unknown} [const]
 * @property {unknown[]} [enum]
 * @property {JsonSchema[]} [anyOf]
 * @property {JsonSchema[]} [oneOf]
 * @property {JsonSchema} [items]
 * @property {Record<string, JsonSchema>} [properties]
 * @property {string[]} [required]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [minLength]
 * @property {number} [maxLength]
 * @property {number} [maxItems]
 */

/**
 * Turns zod schemas into JSON Schema (2020-12), and gathers what has an id of its own (`meta({ id })`).
 * @param {string} base what a reference to a gathered schema begins with, as in `#/components/schemas/`
 */
export function schemaWriter(base) {
  /** @type {Map<string, JsonSchema>} */
  const named = new Map();

  /**
   * @param {z.ZodType} schema
   * @param {'input' | 'output'} [io] what a caller sends, or what the schema makes of it
   * @returns {JsonSchema} a reference where the schema has an id
   * @throws {Error} where two schemas bear one id
   */
  function write(schema, io = 'input') {
    // Inside another one, a schema with an id becomes a reference.
    const { properties, $defs = {} } = z.toJSONSchema(z.object({ schema }), { io, override: simplify });
    for (const [id, definition] of Object.entries($defs)) {
      const text = JSON.stringify(definition);
      const moved = JSON.parse(text.replaceAll('"#/$defs/', `"${base}`));
      const known = named.get(id);
      if (known && JSON.stringify(known) !== JSON.stringify(moved))
        throw new Error(`Two schemas have the id ${id}.`);
      named.set(id, moved);
    }
    return JSON.parse(JSON.stringify(properties?.schema).replaceAll('"#/$defs/', `"${base}`));
  }

  return {
    write,
    /** Everything gathered so far, by id in alphabetical order. */
    named: () => Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/**
 * Takes away what says nothing: the pattern behind a named format, and the largest safe integer.
 * @param {{ jsonSchema: import('zod').z.core.JSONSchema.BaseSchema }} context
 */
function simplify({ jsonSchema }) {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  delete jsonSchema.id;
}
