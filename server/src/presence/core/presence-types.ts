import type { Attention, DocumentPresence, Phase, Totals, User } from '@doclight/protocol';

/** What one gateway knows of one person in one document, over all their sockets there. */
export interface Entry {
  readonly user: User;
  /** The strongest phase over the sockets. */
  readonly phase: Phase;
  /** When the person came into that phase, in milliseconds since 1970. */
  readonly since: number;
  readonly unsaved: boolean;
  /** The most active attention over the sockets. */
  readonly attention: Attention;
}

/** How a connected person can be reached, over all their tabs. */
export interface Reach {
  /** The most active of the tabs. */
  readonly attention: Attention;
  /** Whether a tab may notify on the desktop. */
  readonly desktop: boolean;
}

/** What changed in a workspace on one gateway. */
export type PresenceChange =
  /** `entry` null: the person is no longer in the document, on that gateway. */
  | {
      readonly kind: 'document';
      readonly documentId: string;
      readonly userId: string;
      readonly entry: Entry | null;
    }
  /** `user` null: the person has no socket left, on that gateway. Without `reach` they are at the page. */
  | {
      readonly kind: 'connection';
      readonly userId: string;
      readonly user: User | null;
      readonly reach?: Reach;
    };

/** A change, and on which gateway it happened. */
export type GatewayChange = PresenceChange & { readonly gatewayId: string };

/** People connected to a workspace: all counted, up to 20 named. */
export interface ActivePeople {
  readonly activeUsers: number;
  readonly people: readonly User[];
}

/** What a batch of changes did to the workspace as a whole, over all gateways. */
export interface WorkspaceDelta {
  readonly workspaceId: string;
  /** The workspace's version after the batch. */
  readonly version: number;
  readonly totals: Totals;
  /** Every document that looks different now, whole. */
  readonly documents: readonly DocumentPresence[];
  /** Who came into a document without having been in it, on any gateway. */
  readonly entered: readonly { readonly documentId: string; readonly entry: Entry }[];
  /** Set when somebody connected or left. */
  readonly people: ActivePeople | null;
}
