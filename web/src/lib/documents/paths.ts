/** The pages about a document. */
export const readPath = (slug: string): string => `/documents/${encodeURIComponent(slug)}`;
export const editPath = (slug: string): string => `${readPath(slug)}/edit`;
export const historyPath = (slug: string): string => `${readPath(slug)}/history`;
/** The page where a new document is written; it exists once it is saved. */
export const newPath: string = '/documents/new/edit';

/** Which document a path of the app is about, and how; null for other pages. */
export function documentOf(pathname: string): { slug: string; phase: 'read' | 'edit' } | null {
  const match = /^\/documents\/([^/]+)(\/edit|\/history)?\/?$/.exec(pathname);
  return match?.[1]
    ? { slug: decodeURIComponent(match[1]), phase: match[2] === '/edit' ? 'edit' : 'read' }
    : null;
}
