import { PEOPLE } from '../../slack/workspace.ts';
import { conversationAt, conversationsOf, type Place } from './conversations.ts';
import type { Message, SandboxState } from './sandbox-state.ts';
import { isStranger } from './workspace.ts';

/** Everything that the page knows. */
export interface PageState {
  /** Null until the sandbox answered for the first time. */
  readonly sandbox: SandboxState | null;
  readonly connected: boolean;
  /** How far the sandbox's clock is ahead of this machine's, in milliseconds. */
  readonly aheadMs: number;
  /** Whom the page acts as: a key of the control API. */
  readonly person: string;
  readonly place: Place;
  /** The message whose thread is open. */
  readonly thread: string | null;
  readonly drawerOpen: boolean;
  readonly hintOpen: boolean;
  readonly trouble: string | null;
  /** Commands and messages whose work is not done yet. */
  readonly working: number;
  /** The newest message that a person has seen, by person and conversation. */
  readonly seen: Readonly<Record<string, string>>;
}

/** Everything that can happen to the page. */
export type PageEvent =
  | { readonly type: 'received'; readonly sandbox: SandboxState; readonly atMs: number }
  | { readonly type: 'clock moved'; readonly clock: string; readonly atMs: number }
  | { readonly type: 'disconnected' }
  | { readonly type: 'became'; readonly person: string }
  | { readonly type: 'went'; readonly place: Place }
  | { readonly type: 'opened thread'; readonly ts: string | null }
  | { readonly type: 'toggled drawer' }
  | { readonly type: 'showed hint'; readonly open: boolean }
  | { readonly type: 'trouble'; readonly text: string | null }
  | { readonly type: 'working'; readonly change: 1 | -1 };

/** The page before the sandbox has answered. */
export const INITIAL: PageState = {
  sandbox: null,
  connected: false,
  aheadMs: 0,
  person: 'requester',
  place: { kind: 'channel', id: 'C0LICENSES' },
  thread: null,
  drawerOpen: false,
  hintOpen: true,
  trouble: null,
  working: 0,
  seen: {},
};

/** The page after an event. What it shows then counts as seen. */
export function reduce(state: PageState, event: PageEvent): PageState {
  const next = { ...state, ...change(state, event) };
  return next.sandbox === null ? next : { ...next, seen: withShownSeen(next, next.sandbox) };
}

function change(state: PageState, event: PageEvent): Partial<PageState> {
  switch (event.type) {
    case 'received':
      return received(state, event.sandbox, event.atMs);
    case 'clock moved':
      return { aheadMs: Date.parse(event.clock) - event.atMs };
    case 'disconnected':
      return { connected: false };
    case 'became':
      return became(state, event.person);
    case 'went':
      return { place: event.place, thread: null };
    case 'opened thread':
      return { thread: event.ts, drawerOpen: false };
    case 'toggled drawer':
      return { drawerOpen: !state.drawerOpen, thread: null };
    case 'showed hint':
      return { hintOpen: event.open };
    case 'trouble':
      return { trouble: event.text };
    case 'working':
      return { working: Math.max(0, state.working + event.change) };
  }
}

function received(state: PageState, sandbox: SandboxState, atMs: number): Partial<PageState> {
  const merged = state.sandbox === null ? sandbox : keepUnchanged(state.sandbox, sandbox);
  return {
    sandbox: merged,
    connected: true,
    aheadMs: Date.parse(sandbox.clock) - atMs,
    ...(state.sandbox === null ? { seen: allSeen(sandbox) } : {}),
  };
}

/** A stranger is in no channel. */
function became({ place }: PageState, person: string): Partial<PageState> {
  const elsewhere = isStranger(person) && place.kind === 'channel';
  return { person, thread: null, place: elsewhere ? { kind: 'app', tab: 'messages' } : place };
}

/** The new state, with the very objects of messages that stayed the same, so that they are not drawn again. */
function keepUnchanged(old: SandboxState, next: SandboxState): SandboxState {
  const channels = next.channels.map((channel) => {
    const before = old.channels.find(({ id }) => id === channel.id)?.messages ?? [];
    return { ...channel, messages: keepMessages(before, channel.messages) };
  });
  const dms = Object.entries(next.dms).map(([person, messages]) => {
    return [person, keepMessages(old.dms[person] ?? [], messages)] as const;
  });
  return { ...next, channels, dms: Object.fromEntries(dms) };
}

function keepMessages(old: readonly Message[], next: readonly Message[]): Message[] {
  const byTs = new Map(old.map((message) => [message.ts, message]));
  return next.map((message) => {
    const before = byTs.get(message.ts);
    return before && JSON.stringify(before) === JSON.stringify(message) ? before : message;
  });
}

/** The name under which `seen` keeps a person's place in a conversation. */
export function seenKey(person: string, conversationId: string): string {
  return `${person} ${conversationId}`;
}

function allSeen(sandbox: SandboxState): Record<string, string> {
  const all = PEOPLE.flatMap(({ key }) =>
    conversationsOf(sandbox, key).map(({ id, messages }) => [
      seenKey(key, id),
      messages.at(-1)?.ts ?? '',
    ]),
  );
  return Object.fromEntries(all);
}

function withShownSeen({ person, place, seen }: PageState, sandbox: SandboxState) {
  if (place.kind === 'app' && place.tab === 'home') return seen;
  const { id, messages } = conversationAt(conversationsOf(sandbox, person), place);
  return { ...seen, [seenKey(person, id)]: messages.at(-1)?.ts ?? '' };
}
