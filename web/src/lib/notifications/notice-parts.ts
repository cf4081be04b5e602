import type { Notice } from '@doclight/protocol';

/** A notice's first line in pieces, so that names can stand out. */
export interface NoticeParts {
  readonly actor: string;
  /** What lies between the names, e.g. `saved`. */
  readonly verb: string;
  /** The document's title; null where there is none in the line. */
  readonly title: string | null;
}

/** Takes the words of a notice apart, as the server put them together. */
export function noticeParts({ title, actor, document }: Notice): NoticeParts {
  const rest = title.startsWith(`${actor.name} `) ? title.slice(actor.name.length + 1) : null;
  if (rest === null) return { actor: '', verb: title, title: null };
  if (document && rest.endsWith(` ${document.title}`)) {
    return { actor: actor.name, verb: rest.slice(0, -document.title.length - 1), title: document.title };
  }
  return { actor: actor.name, verb: rest, title: null };
}
