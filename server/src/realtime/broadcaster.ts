import type { DocumentOpened, ServerEventName, ServerPayload } from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { encodeEvent, sendFrame } from './event-frame.js';
import { rooms } from './rooms.js';
import type { DoclightServer } from './socket-types.js';

/**
 * The only code that emits to clients. What every gateway finds out by itself (presence from the
 * store's feed, documents from the event log) goes to this gateway's own sockets; `documentOpened`
 * alone is known to one gateway and goes to those of all.
 */
@Injectable()
export class Broadcaster {
  private server: DoclightServer | undefined;
  private hasPeers = false;

  /** Called once, when the socket server is up. @param hasPeers there may be other gateways */
  attach(server: DoclightServer, hasPeers: boolean): void {
    this.server = server;
    this.hasPeers = hasPeers;
    server.on('document:opened', (opened) => this.tellOpened(opened));
  }

  /** To everyone of a workspace who is connected here, but some sockets. */
  toWorkspace<E extends ServerEventName>(
    workspaceId: string,
    event: E,
    payload: ServerPayload<E>,
    exceptSocketIds: readonly string[] = [],
  ): void {
    const except = exceptSocketIds.length > 0 ? new Set(exceptSocketIds) : undefined;
    this.toRoom(rooms.workspace(workspaceId), event, JSON.stringify(payload), except);
  }

  /** To the dashboards here that show the whole workspace. @param diff JSON of a `presence:diff` */
  toDashboards(workspaceId: string, diff: string): void {
    this.toRoom(rooms.dashboard(workspaceId), 'presence:diff', diff);
  }

  /** To one dashboard here. @param diff JSON of a `presence:diff` */
  toDashboard(socketId: string, diff: string): void {
    const socket = this.io.sockets.sockets.get(socketId);
    if (socket) sendFrame(socket, encodeEvent('presence:diff', diff));
  }

  /** To everyone here who is in a document. */
  toDocument<E extends ServerEventName>(documentId: string, event: E, payload: ServerPayload<E>): void {
    this.toRoom(rooms.document(documentId), event, JSON.stringify(payload));
  }

  /** To everyone here who is in a document. @param presence JSON of a `document:presence`, asked for if anybody is */
  toReaders(documentId: string, presence: () => string): void {
    if (this.hasDocumentAudience(documentId)) {
      this.toRoom(rooms.document(documentId), 'document:presence', presence());
    }
  }

  /** To everyone in a document, on any gateway, but the person who opened it. */
  documentOpened(opened: DocumentOpened): void {
    // Our own at once: they do not wait for Redis.
    this.tellOpened(opened);
    if (this.hasPeers) this.io.serverSideEmit('document:opened', opened);
  }

  private tellOpened(opened: DocumentOpened): void {
    const own = this.io.sockets.adapter.rooms.get(rooms.user(opened.by.id));
    this.toRoom(rooms.document(opened.documentId), 'document:opened', JSON.stringify(opened), own);
  }

  /** To every socket of a person that is connected here. */
  toUser<E extends ServerEventName>(userId: string, event: E, payload: ServerPayload<E>): void {
    this.toRoom(rooms.user(userId), event, JSON.stringify(payload));
  }

  /** Whether a person is connected here. */
  hasUser(userId: string): boolean {
    return this.server?.sockets.adapter.rooms.has(rooms.user(userId)) ?? false;
  }

  /** To a person's sockets here, as far as they belong to a workspace: one may have been taken out of it. */
  toPerson<E extends ServerEventName>(
    userId: string,
    workspaceId: string,
    event: E,
    payload: ServerPayload<E>,
  ): void {
    const { rooms: known } = this.io.sockets.adapter;
    const members = known.get(rooms.workspace(workspaceId));
    for (const socketId of known.get(rooms.user(userId)) ?? []) {
      if (members?.has(socketId)) this.toSocket(socketId, event, payload);
    }
  }

  /** To one socket of this gateway. */
  toSocket<E extends ServerEventName>(socketId: string, event: E, payload: ServerPayload<E>): void {
    const socket = this.io.sockets.sockets.get(socketId);
    if (socket) sendFrame(socket, encodeEvent(event, JSON.stringify(payload)));
  }

  joinDashboard(socketId: string, workspaceId: string): void {
    this.io.sockets.sockets.get(socketId)?.join(rooms.dashboard(workspaceId));
  }

  leaveDashboard(socketId: string, workspaceId: string): void {
    this.io.sockets.sockets.get(socketId)?.leave(rooms.dashboard(workspaceId));
  }

  joinDocument(socketId: string, documentId: string): void {
    this.io.sockets.sockets.get(socketId)?.join(rooms.document(documentId));
  }

  leaveDocument(socketId: string, documentId: string): void {
    this.io.sockets.sockets.get(socketId)?.leave(rooms.document(documentId));
  }

  /** Whether anybody in a document is connected here. */
  hasDocumentAudience(documentId: string): boolean {
    return this.io.sockets.adapter.rooms.has(rooms.document(documentId));
  }

  /** Whether anybody of a workspace is connected here. */
  hasWorkspaceAudience(workspaceId: string): boolean {
    return this.server?.sockets.adapter.rooms.has(rooms.workspace(workspaceId)) ?? false;
  }

  private get io(): DoclightServer {
    if (!this.server) throw new Error('the socket server is not up yet');
    return this.server;
  }

  /** To every socket of a room here: encoded once for all of them. @param payload JSON */
  private toRoom(room: string, event: ServerEventName, payload: string, except?: ReadonlySet<string>): void {
    const { sockets, adapter } = this.io.sockets;
    const ids = adapter.rooms.get(room);
    if (!ids) return;
    const frame = encodeEvent(event, payload);
    for (const id of ids) {
      if (except?.has(id)) continue;
      const socket = sockets.get(id);
      if (socket) sendFrame(socket, frame);
    }
  }
}
