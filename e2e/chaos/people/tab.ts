import { randomUUID } from 'node:crypto';
import type { Holds } from '../seen/holds.js';
import type { Doing, TabState } from '../seen/truth.js';
import type { Identity } from '../stack/rest.js';
import { ClientLink } from './client-link.js';
import { Dashboard } from './dashboard.js';
import { type ClientSocket, openSocket, Refused, send } from './socket.js';

/** As the web client does when it was told that it sends too much, in milliseconds. */
const LIMITED_MS = 1_000;

/** What a tab says of its person. */
export type Whereabouts = Doing & { readonly documentId: string };

export interface TabOptions {
  readonly url: string;
  readonly origin: string;
  readonly identity: Identity;
  readonly holds: Holds;
  /** Shows a dashboard of this workspace beside. */
  readonly dashboardOf?: string;
}

/** One browser tab: it says where its person is, after each change and after each connect. */
export class Tab {
  readonly userId: string;
  private readonly name = randomUUID();
  private readonly link = new ClientLink();
  private socket: ClientSocket;
  private place: Whereabouts | null = null;
  private onScreen: Dashboard | undefined;
  /** The network is gone without a word. */
  private isLost = false;
  /** Refusals other than for being offline or too quick. */
  readonly refusals: string[] = [];

  constructor(private readonly options: TabOptions) {
    this.userId = options.identity.userId;
    this.socket = this.connect();
  }

  /** Who and where, as far as the server can know; null where no socket of it is alive. */
  get state(): TabState | null {
    if (!this.socket.connected || this.isLost) return null;
    return { userId: this.userId, where: this.place };
  }

  get where(): Whereabouts | null {
    return this.place;
  }

  get dashboard(): Dashboard | undefined {
    return this.onScreen;
  }

  /** Is in a document, does something else in it, or is in none. */
  go(where: Whereabouts | null): void {
    const before = this.place;
    if (before && before.documentId !== where?.documentId) {
      this.options.holds.left(this.userId, this.name);
      send(this.socket, 'presence:clear', { documentId: before.documentId }).catch(() => {});
    }
    this.place = where;
    this.announce();
  }

  /** Loads the page anew: a new socket of the same tab, in the same place. */
  reload(): void {
    this.unload();
    this.socket = this.connect();
  }

  /** Closes the page; `reload` opens it again. The transport just ends, as with a browser's tab. */
  unload(): void {
    this.link.cut();
    this.socket.disconnect();
  }

  /** The connection breaks; the client comes back by itself. */
  cut(): void {
    this.link.cut();
  }

  /** The network is gone, and both ends notice. */
  unplug(): void {
    this.link.unplug();
  }

  /** Nothing passes for a moment, too short for anybody to notice. */
  hiccup(): void {
    this.link.silence();
  }

  /** The network is gone, and nobody is told. */
  lose(): void {
    this.isLost = true;
    this.options.holds.dropped(this.userId, this.name);
    this.link.silence();
  }

  /** The network is back. */
  restore(): void {
    this.isLost = false;
    this.link.restore();
  }

  /** The tab is gone for good, silently where the network is. */
  close(): void {
    this.unload();
    this.link.destroy();
  }

  private connect(): ClientSocket {
    const { holds, dashboardOf } = this.options;
    const socket = openSocket({ ...this.options, link: this.link, tab: this.name });
    socket.on('connect', () => this.announce());
    socket.on('disconnect', () => holds.dropped(this.userId, this.name));
    if (dashboardOf !== undefined) this.onScreen = new Dashboard(socket, dashboardOf);
    return socket;
  }

  private announce(): void {
    const { place, socket } = this;
    if (!place || !socket.connected) return;
    send(socket, 'presence:set', place).then(
      () => {
        if (this.place?.documentId !== place.documentId || this.socket !== socket || !socket.connected)
          return;
        this.options.holds.held(this.userId, this.name, place.documentId);
      },
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        if (error.code === 'RATE_LIMITED') setTimeout(() => this.announce(), LIMITED_MS);
        else if (error.code !== null) this.refusals.push(`${error.code}: ${error.message}`);
      },
    );
  }
}
