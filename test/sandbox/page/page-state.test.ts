import { describe, expect, it } from 'vitest';
import { conversationsOf } from '../../../sandbox/page/model/conversations.ts';
import {
  INITIAL,
  type PageEvent,
  type PageState,
  reduce,
  seenKey,
} from '../../../sandbox/page/model/page-state.ts';
import { SandboxState } from '../../../sandbox/page/model/sandbox-state.ts';

const AT = Date.parse('2026-11-22T12:00:00Z');

describe('reduce', () => {
  it('keeps the objects of messages that stayed the same', () => {
    const before = stateAfter(received(aSandbox(['1.1', '1.2'])));
    const next = reduce(before, received(aSandbox(['1.1', '1.2', '1.3'])));

    const [old, now] = [before, next].map(({ sandbox }) => sandbox?.channels[0]?.messages ?? []);
    expect(now?.[0]).toBe(old?.[0]);
    expect(now).toHaveLength(3);
  });

  it('counts what is shown as seen, and nothing else', () => {
    const elsewhere: PageEvent = { type: 'went', place: { kind: 'app', tab: 'messages' } };
    const before = stateAfter(received(aSandbox(['1.1'])), elsewhere);
    const unread = reduce(before, received(aSandbox(['1.1', '1.2'])));
    expect(seenIn(unread)).toBe('1.1');

    const read = reduce(unread, { type: 'went', place: { kind: 'channel', id: 'C0LICENSES' } });
    expect(seenIn(read)).toBe('1.2');
  });

  it('takes a guest out of the channels', () => {
    const state = stateAfter(received(aSandbox([])), { type: 'became', person: 'guest' });

    expect(state.place).toEqual({ kind: 'app', tab: 'messages' });
    expect(conversationsOf(aSandbox([]), 'guest').map(({ id }) => id)).toEqual(['dm']);
  });

  it('knows how far the sandbox’s clock is ahead', () => {
    const moved: PageEvent = { type: 'clock moved', clock: '2026-11-22T20:00:00Z', atMs: AT };
    expect(stateAfter(received(aSandbox([])), moved).aheadMs).toBe(8 * 3_600_000);
  });
});

describe('conversationsOf', () => {
  it('leaves out what is for one other person only', () => {
    const sandbox = aSandbox(['1.1'], 'U0APPROVE1');
    const count = (person: string) =>
      conversationsOf(sandbox, person).flatMap(({ messages }) => messages).length;

    expect([count('approver'), count('requester')]).toEqual([1, 0]);
  });
});

function stateAfter(...events: PageEvent[]): PageState {
  return events.reduce(reduce, INITIAL);
}

function received(sandbox: SandboxState): PageEvent {
  return { type: 'received', sandbox, atMs: AT };
}

function seenIn({ seen }: PageState) {
  return seen[seenKey('requester', 'C0LICENSES')];
}

function aSandbox(timestamps: readonly string[], ephemeralTo: string | null = null): SandboxState {
  const messages = timestamps.map((ts) => {
    return { ts, user: 'U0BOT0001', text: 'Hello', blocks: [], ephemeral_to: ephemeralTo };
  });
  return SandboxState.parse({
    clock: '2026-11-22T12:00:00Z',
    channels: [{ id: 'C0LICENSES', name: 'licenses', messages }],
    dms: {},
    views: {},
    home: {},
    requests: [],
    queues: { decisions: 0, jobs: 0, dead: 0 },
  });
}
