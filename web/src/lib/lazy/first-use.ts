/** What tells that somebody is about to use the page, rather than look at it. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'touchstart', 'focusin'] as const;

let used = false;
const waiting = new Set<() => Promise<unknown>>();

/**
 * Has code loaded when the page is first used: what one may press next is then there, also where the network
 * is gone by that time, and whoever only looks at the page loads nothing of it.
 */
export function loadAtFirstUse(load: () => Promise<unknown>): void {
  if (used) start(load);
  else if (typeof window !== 'undefined' && waiting.add(load).size === 1) listen();
}

function listen(): void {
  const onUse = (): void => {
    used = true;
    for (const sign of SIGNS) window.removeEventListener(sign, onUse, true);
    for (const load of waiting) start(load);
    waiting.clear();
  };
  for (const sign of SIGNS) window.addEventListener(sign, onUse, { capture: true, passive: true });
}

/** Where it fails now, whoever needs it tries again. */
function start(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}
