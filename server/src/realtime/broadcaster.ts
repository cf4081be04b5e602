import type {
  ClientToServerEvents,
  DocumentOpened,
  PresenceDiff,
  ServerEventName,
  ServerPayload,
  ServerToClientEvents,
} from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import type { Server, Socket } from 'socket.io';
import { rooms } from './rooms.js';

/** What one gateway tells the others. */
interface GatewayEvents {
  'document:opened': (opened: DocumentOpened) => void;
}

export type DoclightServer = Server<ClientToServerEvents, ServerToClientEvents, GatewayEvents>;
export type DoclightSocket = Socket<ClientToServerEvents, ServerToClientEvents, GatewayEvents>;

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
    // A socket's id is a room that it has to itself.
    const others = this.io.local.to(rooms.workspace(workspaceId)).except([...exceptSocketIds]);
    this.emit(others, event, payload);
  }

  /** To the dashboards here that show the whole workspace: serialised once for all of them. */
  toDashboards(workspaceId: string, diff: PresenceDiff): void {
    this.emit(this.io.local.to(rooms.dashboard(workspaceId)), 'presence:diff', diff);
  }

  /** To everyone here who is in a document. */
  toDocument<E extends ServerEventName>(documentId: string, event: E, payload: ServerPayload<E>): void {
    this.emit(this.io.local.to(rooms.document(documentId)), event, payload);
  }

  /** To everyone in a document, on any gateway, but the person who opened it. */
  documentOpened(opened: DocumentOpened): void {
    // Our own at once: they do not wait for Redis.
    this.tellOpened(opened);
    if (this.hasPeers) this.io.serverSideEmit('document:opened', opened);
  }

  private tellOpened(opened: DocumentOpened): void {
    const others = this.io.local.to(rooms.document(opened.documentId)).except(rooms.user(opened.by.id));
    this.emit(others, 'document:opened', opened);
  }

  /** To every socket of a person that is connected here. */
  toUser<E extends ServerEventName>(userId: string, event: E, payload: ServerPayload<E>): void {
    this.emit(this.io.local.to(rooms.user(userId)), event, payload);
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
    if (socket) this.emit(socket, event, payload);
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

  private get io(): DoclightServer {
    if (!this.server) throw new Error('the socket server is not up yet');
    return this.server;
  }

  /** Socket.IO's types do not follow a generic event name; the maps of the protocol have checked it. */
  private emit<E extends ServerEventName>(target: object, event: E, payload: ServerPayload<E>): void {
    (target as { emit(event: E, payload: ServerPayload<E>): boolean }).emit(event, payload);
  }
}
