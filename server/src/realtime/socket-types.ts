import type { ClientToServerEvents, DocumentOpened, ServerToClientEvents } from '@doclight/protocol';
import type { Server, Socket } from 'socket.io';

/** What one gateway tells the others. */
interface GatewayEvents {
  'document:opened': (opened: DocumentOpened) => void;
}

export type DoclightServer = Server<ClientToServerEvents, ServerToClientEvents, GatewayEvents>;
export type DoclightSocket = Socket<ClientToServerEvents, ServerToClientEvents, GatewayEvents>;
