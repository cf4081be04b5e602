import type { NotificationType, NotificationTypes, WatchLevel } from '@doclight/protocol';

/** What a person who has set nothing hears of: everything that their level lets through. */
export const ALL_TYPES: NotificationTypes = {
  saved: true,
  created: true,
  deleted: true,
  opened: true,
  mentioned: true,
  'edit-requested': true,
};

/** What a person has set, and what they have to do with a document. */
export interface Standing {
  readonly workspaceLevel: WatchLevel;
  readonly documentLevel: WatchLevel;
  readonly types: NotificationTypes;
  /** Made or edited the document. */
  readonly involved: boolean;
}

/** What a document's level comes to: its own, or where that says nothing its workspace's. */
export function effectiveLevel({
  workspaceLevel,
  documentLevel,
}: Pick<Standing, 'workspaceLevel' | 'documentLevel'>): WatchLevel {
  return documentLevel === 'default' ? workspaceLevel : documentLevel;
}

/**
 * Whether a member is told of something that somebody else did.
 *
 * Types that are turned off and what is muted are never told of. What is meant for one person (a mention, a
 * request, somebody in the document they edit) is told at every other level. A new document concerns nobody
 * yet: those hear of it who watch the workspace. The rest is told to those who watch, made or edited it.
 */
export function isTold(type: NotificationType, standing: Standing): boolean {
  if (!standing.types[type]) return false;
  const level = effectiveLevel(standing);
  if (level === 'mute') return false;
  if (type === 'mentioned' || type === 'opened' || type === 'edit-requested') return true;
  if (level === 'watch') return true;
  return type !== 'created' && standing.involved;
}

/** What a member has set for a workspace. */
export interface MemberRule {
  readonly workspaceLevel: WatchLevel;
  readonly off: readonly NotificationType[];
}

/**
 * Of how many of some documents a member is told.
 * @param documents how many there are
 * @param bonds those that the member has to do with; the others have no rule, and they never touched them
 */
export function countTold(
  type: NotificationType,
  { workspaceLevel, off }: MemberRule,
  documents: number,
  bonds: readonly {
    readonly documentLevel: WatchLevel;
    readonly involved: boolean;
    readonly documents: number;
  }[],
): number {
  const types = { ...ALL_TYPES, ...Object.fromEntries(off.map((one) => [one, false])) };
  const known = bonds.reduce((sum, bond) => sum + bond.documents, 0);
  const rest = { documentLevel: 'default', involved: false, documents: documents - known } as const;
  return [...bonds, rest]
    .filter(({ documentLevel, involved }) => isTold(type, { workspaceLevel, documentLevel, involved, types }))
    .reduce((sum, bond) => sum + bond.documents, 0);
}
