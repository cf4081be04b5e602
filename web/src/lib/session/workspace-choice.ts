import type { Workspace } from '@doclight/protocol';

const KEY = 'doclight:workspace';

/** The workspace to show: the one asked for by slug, else the last one chosen here, else the first. */
export function pickWorkspace(
  workspaces: readonly Workspace[],
  asked: string | null,
  remembered: string | null,
): Workspace | null {
  return (
    workspaces.find((workspace) => workspace.slug === asked) ??
    workspaces.find((workspace) => workspace.id === remembered) ??
    workspaces[0] ??
    null
  );
}

/** The workspace last chosen in this browser. */
export function rememberedWorkspace(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberWorkspace(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
}
