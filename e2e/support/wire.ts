import type { Page } from '@playwright/test';

/** The network of one page: it can be taken away and given back. */
export interface Wire {
  /**
   * From now on nothing passes: the socket breaks, requests fail, and so does every further attempt.
   * `socket`: requests still pass.
   */
  cut(what?: 'all' | 'socket'): Promise<void>;
  /** The network is back. */
  restore(): Promise<void>;
}

/** What the page's own end of the wire is told. */
interface WireEnd {
  wireIsCut?: boolean;
  breakSockets?: () => void;
}

/** Puts a page behind a wire. Call it before the page is opened. */
export async function wireOf(page: Page): Promise<Wire> {
  await page.addInitScript(() => {
    const end = window as WireEnd;
    const sockets = new Set<WebSocket>();
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        // Nobody answers there: it fails as it does without a network.
        super(end.wireIsCut ? `ws://${location.host}/nowhere` : url, protocols);
        sockets.add(this);
      }
    };
    end.breakSockets = () => {
      for (const socket of sockets) socket.close();
      sockets.clear();
    };
  });
  const setCut = async (isCut: boolean): Promise<void> => {
    const set = (cut: boolean): void => {
      (window as WireEnd).wireIsCut = cut;
      if (cut) (window as WireEnd).breakSockets?.();
    };
    // For the page that is there, and for the one that may be opened next.
    await page.addInitScript(set, isCut);
    await page.evaluate(set, isCut);
  };
  return {
    cut: async (what = 'all') => {
      if (what === 'all') await page.context().setOffline(true);
      await setCut(true);
    },
    restore: async () => {
      await page.context().setOffline(false);
      await setCut(false);
    },
  };
}
