import type { Database } from '../client.js';
import { documents, memberships, users, workspaces } from '../schema.js';
import { demoDocuments } from './demo-documents.js';

/** The demo accounts: one of each role. */
export const demoAccounts = [
  { email: 'leela@doclight.test', name: 'Leela', color: '#7c3aed', role: 'owner' },
  { email: 'fry@doclight.test', name: 'Fry', color: '#c2410c', role: 'editor' },
  { email: 'bender@doclight.test', name: 'Bender', color: '#0e7490', role: 'viewer' },
] as const;

/**
 * Fills an empty database with the demo workspace, its accounts and documents.
 * @param passwordHash what the accounts' password hashes to, PHC form
 * @returns false, and nothing is changed, where there is an account already
 */
export async function seedDemo(db: Database, passwordHash: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [someone] = await tx.select({ id: users.id }).from(users).limit(1);
    if (someone) return false;
    const [workspace] = await tx
      .insert(workspaces)
      .values({ slug: 'planet-express', name: 'Planet Express' })
      .onConflictDoNothing()
      .returning();
    // Another process seeds at the same moment, and has the workspace already.
    if (!workspace) return false;
    const idOf = new Map<string, string>();
    for (const { role, ...account } of demoAccounts) {
      const [user] = await tx
        .insert(users)
        .values({ ...account, passwordHash })
        .returning({ id: users.id });
      if (!user) throw new Error(`could not make the demo account ${account.email}`);
      idOf.set(account.email, user.id);
      await tx.insert(memberships).values({ workspaceId: workspace.id, userId: user.id, role });
    }
    const startedAt = Date.now();
    for (const [position, { author, ...document }] of demoDocuments.entries()) {
      const authorId = idOf.get(author);
      if (authorId === undefined) throw new Error(`the demo has no account ${author}`);
      const at = new Date(startedAt - (demoDocuments.length - position));
      await tx
        .insert(documents)
        .values({ ...document, workspaceId: workspace.id, authorId, createdAt: at, updatedAt: at });
    }
    return true;
  });
}
