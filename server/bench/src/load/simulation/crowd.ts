import { createHash } from 'node:crypto';
import type { User } from './built.js';
import type { SimulatedGateway } from './gateway.js';
import {
  type Action,
  AT_FIRST,
  canDo,
  diceOf,
  MOST_ACTIONS_A_SECOND,
  nextAction,
  type Place,
} from './people.js';

/** A dropped socket is held for this long, in milliseconds. @see GRACE_MS of the presence service */
const GRACE_MS = 3_500;
/** Documents that people have open, for each person of a workspace: some are met by others in theirs. */
const DOCUMENTS_A_PERSON = 0.5;
const ATTENTIONS = ['active', 'idle', 'hidden'] as const;

/** How a load balancer gives sockets to gateways: to any of them, or those of a workspace to one. */
export type Routing = 'spread' | 'by workspace';

/** One person with one tab, and the truth about them: what every gateway must come to show. */
export interface Person {
  readonly user: User;
  readonly workspaceId: string;
  readonly documents: number;
  place: Place;
  documentId: string;
  unsaved: boolean;
  attention: string;
  gateway: SimulatedGateway;
  socketId: string;
  /** Counts the tabs that were opened one after the other. */
  tab: number;
  /** Actions of one person are done one after the other, as a browser sends them. */
  done: Promise<void>;
}

interface Held {
  readonly gateway: SimulatedGateway;
  readonly socketId: string;
  readonly until: number;
}

/** Everybody, and what they do when. */
export class Crowd {
  readonly people: Person[] = [];
  /** Things that people did. */
  actions = 0;
  private readonly dice = diceOf(1);
  private readonly held: Held[] = [];
  private nextSocket = 0;

  constructor(
    sizes: readonly number[],
    private readonly gateways: readonly SimulatedGateway[],
    private readonly routing: Routing,
  ) {
    for (const [i, size] of sizes.entries()) {
      // Ids are as long as those of the product.
      const workspaceId = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
      for (let j = 0; j < size; j += 1) this.people.push(this.person(workspaceId, i, j, size));
    }
  }

  /** Everybody connects, and is somewhere as in the middle of a day. */
  async arrive(person: Person): Promise<void> {
    await this.connect(person);
    let dice = this.dice();
    const [place] = AT_FIRST.find(([, share]) => {
      dice -= share;
      return dice < 0;
    }) ?? ['edit'];
    if (place === 'dashboard') return;
    await this.act(person, 'open');
    if (place === 'edit') await this.act(person, 'phase');
  }

  /**
   * Lets so much time pass for the whole crowd as one look at one person stands for.
   * @returns the person who does something, with what; null: nobody
   */
  step(): { person: Person; action: Action } | null {
    const person = this.people[Math.floor(this.dice() * this.people.length)] as Person;
    const action = nextAction(person.place, this.dice());
    return action === null ? null : { person, action };
  }

  /** How many steps are a second. */
  get stepsASecond(): number {
    return this.people.length * MOST_ACTIONS_A_SECOND;
  }

  /** Does something, after all that the person does already. */
  do(person: Person, action: Action): Promise<void> {
    person.done = person.done.then(() => {
      // Where more is begun than can be done, what was to come before has changed where they are.
      if (!canDo(person.place, action)) return;
      this.actions += 1;
      return this.act(person, action);
    });
    return person.done;
  }

  /** Ends sockets whose grace is over. @param all also those whose is not */
  async release(all = false): Promise<void> {
    const now = performance.now();
    while (this.held[0] && (all || this.held[0].until <= now)) {
      const { gateway, socketId } = this.held.shift() as Held;
      await gateway.end(socketId);
    }
  }

  private async act(person: Person, action: Action): Promise<void> {
    const { gateway, socketId, workspaceId } = person;
    switch (action) {
      case 'open':
        gateway.hideDashboard(socketId, workspaceId);
        person.place = 'read';
        person.unsaved = false;
        person.documentId = documentIdOf(workspaceId, Math.floor(this.dice() * person.documents));
        gateway.enter(person.documentId);
        return this.announce(person);
      case 'close':
        gateway.leave(person.documentId);
        gateway.showDashboard(socketId, workspaceId);
        person.place = 'dashboard';
        return gateway.clear(socketId, person.documentId);
      case 'phase':
        person.place = person.place === 'edit' ? 'read' : 'edit';
        person.unsaved = false;
        return this.announce(person);
      case 'unsaved':
        person.unsaved = !person.unsaved;
        return this.announce(person);
      case 'attention':
        person.attention = this.other(person.attention);
        await gateway.attend(socketId, person.attention);
        return person.place === 'dashboard' ? undefined : this.announce(person);
      case 'reconnect': {
        const { place, documentId } = person;
        this.drop(person);
        await this.connect(person);
        if (place === 'dashboard') return;
        person.gateway.hideDashboard(person.socketId, workspaceId);
        person.place = place;
        person.gateway.enter(documentId);
        return this.announce(person);
      }
      case 'leave':
        this.drop(person);
        person.place = 'away';
        person.tab += 1;
        return;
      case 'connect':
        return this.connect(person);
    }
  }

  private async connect(person: Person): Promise<void> {
    this.nextSocket += 1;
    person.socketId = `socket-${String(this.nextSocket).padStart(13, '0')}`;
    person.gateway = this.gatewayFor(person.workspaceId);
    person.place = 'dashboard';
    await person.gateway.connect(person.socketId, person.user, person.workspaceId, `tab-${person.tab}`);
    await person.gateway.attend(person.socketId, person.attention);
    person.gateway.showDashboard(person.socketId, person.workspaceId);
  }

  private drop(person: Person): void {
    const { gateway, socketId, workspaceId, documentId, place } = person;
    if (place === 'dashboard') gateway.hideDashboard(socketId, workspaceId);
    else gateway.leave(documentId);
    gateway.drop(socketId, workspaceId);
    this.held.push({ gateway, socketId, until: performance.now() + GRACE_MS });
  }

  private announce({ gateway, socketId, user, workspaceId, documentId, place, unsaved, attention }: Person) {
    const phase = place === 'edit' ? 'edit' : 'read';
    return gateway.set(socketId, user.id, { workspaceId, documentId, phase, unsaved, attention });
  }

  private other(attention: string): string {
    const others = ATTENTIONS.filter((one) => one !== attention);
    return others[Math.floor(this.dice() * others.length)] as string;
  }

  /** Each workspace has an order of gateways of its own: one that joins or goes moves no other's. */
  private gatewayFor(workspaceId: string): SimulatedGateway {
    const { gateways } = this;
    if (this.routing === 'spread')
      return gateways[Math.floor(this.dice() * gateways.length)] as SimulatedGateway;
    const ranks = gateways.map((_, i) => createHash('md5').update(`${workspaceId} ${i}`).digest('hex'));
    return gateways[ranks.indexOf(ranks.reduce((a, b) => (a > b ? a : b)))] as SimulatedGateway;
  }

  private person(workspaceId: string, workspace: number, i: number, size: number): Person {
    const number = `${String(workspace).padStart(6, '0')}${String(i).padStart(6, '0')}`;
    return {
      user: { id: `00000000-0000-4000-9000-${number}`, name: `Visitor ${number}`, color: '#7c3aed' },
      workspaceId,
      documents: Math.max(1, Math.round(size * DOCUMENTS_A_PERSON)),
      place: 'away',
      documentId: '',
      unsaved: false,
      attention: 'active',
      gateway: this.gateways[0] as SimulatedGateway,
      socketId: '',
      tab: 0,
      done: Promise.resolve(),
    };
  }
}

function documentIdOf(workspaceId: string, i: number): string {
  return `${workspaceId.slice(-8)}-0000-4000-a000-${String(i).padStart(12, '0')}`;
}
