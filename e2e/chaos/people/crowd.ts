import type { Attention } from '@doclight/protocol';
import type { Random } from '../random.js';
import type { Holds } from '../seen/holds.js';
import type { TabState } from '../seen/truth.js';
import type { Identity } from '../stack/rest.js';
import { Tab, type Whereabouts } from './tab.js';

const MOST_TABS = 3;
/** How often a tab that is opened shows a dashboard as well. */
const WITH_DASHBOARD = 0.1;
/** How long a page takes to load anew, and how long a network is gone, in milliseconds. */
const RELOAD_MS = [150, 1_800] as const;
const HICCUP_MS = [300, 2_500] as const;
const ABSENCE_MS = [3_500, 4_500] as const;

/** What people do, and how often. */
const ACTIONS = {
  enter: 26,
  changePhase: 16,
  attend: 8,
  leave: 12,
  openTab: 8,
  closeTab: 7,
  reload: 10,
  cut: 6,
  hiccup: 5,
  absence: 2,
};
type Action = keyof typeof ACTIONS;

export interface CrowdOptions {
  readonly url: string;
  readonly workspaceId: string;
  readonly documentIds: readonly string[];
  readonly people: readonly Identity[];
  readonly random: Random;
  readonly holds: Holds;
  /** What all of them together do in a second. */
  readonly actionsPerSecond: number;
}

/** People who go about their day: open, read, edit, reload, lose the network, come back or do not. */
export class Crowd {
  private readonly tabs = new Map<Identity, Tab[]>();
  /** In the middle of something: left alone until it is over. */
  private readonly busy = new Set<Tab>();
  private readonly abandoned: Tab[] = [];
  private readonly pending = new Set<NodeJS.Timeout>();
  private acting: NodeJS.Timeout | undefined;

  constructor(private readonly options: CrowdOptions) {}

  /** Everybody comes, with a tab or two. */
  arrive(): void {
    for (const person of this.options.people) {
      this.openTab(person);
      if (this.options.random.chance(0.3)) this.openTab(person);
    }
  }

  /** Begins to act. */
  start(): void {
    this.acting ??= setInterval(() => this.act(), 1_000 / this.options.actionsPerSecond);
  }

  /** Begins nothing new; what is under way ends by itself, within a few seconds. */
  rest(): void {
    clearInterval(this.acting);
    this.acting = undefined;
  }

  /** Every tab whose socket is alive. */
  *states(): Iterable<TabState> {
    for (const tab of this.all()) {
      const { state } = tab;
      if (state) yield state;
    }
  }

  *all(): Iterable<Tab> {
    for (const tabs of this.tabs.values()) yield* tabs;
  }

  /** Some tabs that are in a document and in the middle of nothing, to be done something to. */
  some(share: number): Tab[] {
    const { random } = this.options;
    return [...this.all()].filter((tab) => tab.where && !this.busy.has(tab) && random.chance(share));
  }

  /** A tab never comes back, and has told nobody. */
  abandon(tab: Tab): void {
    this.abandoned.push(tab);
    this.forget(tab);
  }

  end(): void {
    this.rest();
    for (const timer of this.pending) clearTimeout(timer);
    for (const tab of [...this.all(), ...this.abandoned]) tab.close();
  }

  private act(): void {
    const { random, people } = this.options;
    const person = random.pick(people);
    const tabs = (this.tabs.get(person) ?? []).filter((tab) => !this.busy.has(tab));
    const [first] = tabs;
    if (!first) {
      if ((this.tabs.get(person)?.length ?? 0) === 0) this.openTab(person);
      return;
    }
    this.perform(random.weighted(ACTIONS), person, random.pick(tabs));
  }

  private perform(action: Action, person: Identity, tab: Tab): void {
    const { where } = tab;
    const { random } = this.options;
    const actions: Record<Action, () => void> = {
      enter: () => tab.go(this.somewhere()),
      changePhase: () => where && tab.go(otherPhase(where)),
      attend: () => where && tab.go({ ...where, attention: random.pick(ATTENTIONS) }),
      leave: () => tab.go(null),
      openTab: () => (this.tabs.get(person)?.length ?? 0) < MOST_TABS && this.openTab(person),
      closeTab: () => {
        tab.close();
        this.forget(tab);
      },
      reload: () => {
        tab.unload();
        this.later(tab, RELOAD_MS, () => tab.reload());
      },
      cut: () => tab.cut(),
      hiccup: () => {
        tab.hiccup();
        this.later(tab, HICCUP_MS, () => tab.restore());
      },
      absence: () => {
        tab.unplug();
        this.later(tab, ABSENCE_MS, () => tab.restore());
      },
    };
    actions[action]();
  }

  private forget(tab: Tab): void {
    for (const [person, tabs] of this.tabs) {
      this.tabs.set(
        person,
        tabs.filter((other) => other !== tab),
      );
    }
  }

  private openTab(person: Identity): void {
    const { url, random, holds, workspaceId } = this.options;
    const tab = new Tab({
      url,
      origin: url,
      identity: person,
      holds,
      ...(random.chance(WITH_DASHBOARD) ? { dashboardOf: workspaceId } : {}),
    });
    this.tabs.set(person, [...(this.tabs.get(person) ?? []), tab]);
    if (random.chance(0.8)) tab.go(this.somewhere());
  }

  private somewhere(): Whereabouts {
    const { random, documentIds } = this.options;
    const edits = random.chance(0.35);
    return {
      documentId: random.pick(documentIds),
      phase: edits ? 'edit' : 'read',
      unsaved: edits && random.chance(0.5),
      attention: 'active',
    };
  }

  private later(tab: Tab, [least, most]: readonly [number, number], work: () => void): void {
    this.busy.add(tab);
    const timer = setTimeout(
      () => {
        this.pending.delete(timer);
        this.busy.delete(tab);
        work();
      },
      this.options.random.between(least, most),
    );
    this.pending.add(timer);
  }
}

const ATTENTIONS: readonly Attention[] = ['active', 'idle', 'hidden'];

function otherPhase(where: Whereabouts): Whereabouts {
  const phase = where.phase === 'read' ? 'edit' : 'read';
  return { ...where, phase, unsaved: phase === 'edit' };
}
