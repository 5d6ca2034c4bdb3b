import { describe, expect, it } from 'vitest';
import type { Gate, LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Notifier } from '#ports/notifier.ts';
import { DeliveryRefused, Unavailable } from '#src/errors.ts';
import { announceOverride, remindApprovers, showCard } from '#usecases/show-card.ts';
import { anEvaluation, aPolicy, aRequest, NOW, PLAN_HASH, POLICY_HASH } from '../builders.ts';
import { memoryCards } from '../fakes/memory-cards.ts';

const NOBODY = { users: [], userGroups: [] };
const gateIn = (channel: string): Gate => ({
  rule: 'everything',
  levels: [{ approvers: { users: ['UAPPROVER'], userGroups: [] }, silent: NOBODY, quorum: 1 }],
  stepUp: false,
  channel,
  reminders: { after: 1, factor: 2, most: 3 },
  escalation: null,
});
const OVERRIDE = { people: { users: ['UADMIN'] }, channel: 'COVERRIDES' };

function world(first: LaunchRequest, policyChanges: Readonly<Record<string, unknown>> = {}) {
  let request = first;
  let refusal: Error | null = null;
  const said: string[] = [];
  const shared = new Set<string>();
  const place = (channelId: string) => ({ channelId, ts: String(said.length) });
  const notifier: Pick<
    Notifier,
    'postCard' | 'updateCard' | 'moveCard' | 'remind' | 'announceOverride' | 'tellWithheld'
  > = {
    async postCard(channelId, { audience, mayOverride }) {
      said.push(`post ${audience} ${channelId}${mayOverride ? ' override' : ''}`);
      return place(channelId);
    },
    async updateCard({ channelId }, { audience }) {
      said.push(`update ${audience} ${channelId}`);
    },
    async moveCard({ channelId }, _request, to) {
      if (refusal !== null) throw refusal;
      said.push(`move ${channelId} ${to}`);
    },
    async remind({ channelId, ts }, _request, escalation) {
      said.push(`${escalation ? 'escalate' : 'remind'} ${channelId} ${ts}`);
      return place(channelId);
    },
    async announceOverride(channelId) {
      said.push(`announce ${channelId}`);
      return place(channelId);
    },
    async tellWithheld(personId, _request, channelId) {
      if (refusal !== null) throw refusal;
      said.push(`tell ${personId} of ${channelId}`);
      return place(personId);
    },
  };
  const published = { hash: POLICY_HASH, policy: aPolicy(policyChanges) };
  const ports = {
    store: { request: async () => request, ledgers: async () => [] },
    policies: {
      current: async () => published,
      byHash: async (hash: string) => (hash === POLICY_HASH ? published : null),
    },
    cards: memoryCards(),
    channels: { isShared: async (id: string) => shared.has(id) },
    notifier,
    now: () => NOW,
    pause: async () => undefined,
  };
  const requestId = first.id;
  return {
    said,
    shared,
    become(changes: Partial<LaunchRequest>) {
      request = { ...request, version: request.version + 1, ...changes };
    },
    refuse(error: Error) {
      refusal = error;
    },
    show: () => showCard(ports, { kind: 'card', requestId }),
    remind: (key: string, generation = 1, escalation = false) =>
      remindApprovers(ports, { kind: 'reminder', key, requestId, generation, escalation }),
    announce: (key: string) =>
      announceOverride(ports, { kind: 'override-announcement', key, requestId }),
  };
}

describe('a request’s cards', () => {
  it('are one for the approvers, one for the requester, one for whom it is for', async () => {
    const { show, said, become } = world(aRequest({ gate: gateIn('CA'), for: 'UOTHER' }));
    await show();
    await show();
    become({ status: 'approved' });
    await show();

    expect(said).toEqual([
      'post approvers CA',
      'post requester UREQUESTER',
      'post beneficiary UOTHER',
      'update approvers CA',
      'update requester UREQUESTER',
      'update beneficiary UOTHER',
    ]);
  });

  it('are in the channel of the rule too, where policy approves by itself', async () => {
    const { show, said } = world(aRequest({ gate: null }));
    await show();

    expect(said).toEqual(['post approvers C0APPROVAL', 'post requester UREQUESTER']);
  });

  it('are the requester’s alone where it was refused on arrival, or no rule is for it', async () => {
    const refused = anEvaluation({ verdict: 'refuse' });
    const denied = world(aRequest({ gate: null, evaluation: refused }));
    await denied.show();
    const rule = { name: 'other', levels: [{ approvers: 'approver' }], channel: 'C0OTHER' };
    const approvals = [{ ...rule, accounts: ['222233334444'], pools: ['Nothing'] }];
    const unmatched = world(aRequest({ gate: null }), { approvals });
    await unmatched.show();

    expect(denied.said).toEqual(['post requester UREQUESTER']);
    expect(unmatched.said).toEqual(['post requester UREQUESTER']);
  });

  it('still show approvers what became of it when nobody has to approve it any more', async () => {
    const { show, said, become } = world(aRequest({ gate: gateIn('CA') }));
    await show();
    become({ gate: null, generation: 2, status: 'approved' });
    await show();

    expect(said).toContain('update approvers CA');
  });

  it('have Override where policy has it for the account', async () => {
    const here = world(aRequest({ gate: gateIn('CA') }), { override: OVERRIDE });
    const elsewhere = world(aRequest({ gate: gateIn('CA') }), {
      override: { ...OVERRIDE, accounts: ['999999999999'] },
    });
    await Promise.all([here.show(), elsewhere.show()]);

    expect(here.said).toContain('post approvers CA override');
    expect(elsewhere.said).toContain('post approvers CA');
  });

  it('move with the approvers: the old one says where it went', async () => {
    const { show, said, become } = world(aRequest({ gate: gateIn('CA') }));
    await show();
    become({ generation: 2, gate: gateIn('CB') });
    await show();
    become({ status: 'approved' });
    await show();

    expect(said.filter((line) => !line.includes('requester'))).toEqual([
      'post approvers CA',
      'move CA CB',
      'post approvers CB',
      'update approvers CB',
    ]);
  });

  it('are posted in the new channel though the old one is gone', async () => {
    const { show, said, become, refuse } = world(aRequest({ gate: gateIn('CA') }));
    await show();
    become({ generation: 2, gate: gateIn('CB') });
    refuse(new DeliveryRefused('message_not_found'));
    await show();

    expect(said).toContain('post approvers CB');
  });
});

describe('a reminder', () => {
  it('is said once, in the thread of the approvers’ card', async () => {
    const { show, said, remind } = world(aRequest({ gate: gateIn('CA') }));
    await show();
    await remind('k1');
    await remind('k1');
    await remind('k2', 1, true);

    expect(said.slice(2)).toEqual(['remind CA 1', 'escalate CA 1']);
  });

  it.each<[string, Partial<LaunchRequest>]>([
    ['decided', { status: 'approved' }],
    ['changed', { generation: 2 }],
  ])('is not said for what was %s meanwhile', async (_what, changes) => {
    const { show, said, remind, become } = world(aRequest({ gate: gateIn('CA') }));
    await show();
    become(changes);
    await remind('k1');

    expect(said).toHaveLength(2);
  });

  it('waits for the card', async () => {
    const { remind } = world(aRequest({ gate: gateIn('CA') }));

    await expect(remind('k1')).rejects.toThrow(Unavailable);
  });
});

const AN_OVERRIDE = {
  kind: 'override',
  by: 'UADMIN',
  at: NOW,
  generation: 1,
  planHash: PLAN_HASH,
  policyHash: POLICY_HASH,
  reason: 'Production is down',
  level: null,
  route: 'slack',
  principal: null,
  key: 'k',
} as const;

describe('an override', () => {
  it('is announced once, where the policy that it was made under says', async () => {
    const { announce, said } = world(aRequest({ decisions: [AN_OVERRIDE] }), {
      override: OVERRIDE,
    });
    await announce('k1');
    await announce('k1');

    expect(said).toEqual(['announce COVERRIDES']);
  });
});

describe('T06: a request whose channel people of another organization see', () => {
  /** Its approvers' channel is shared. */
  function sharedWorld(request: LaunchRequest = aRequest({ gate: gateIn('CA') })) {
    const shared = world(request, { override: { ...OVERRIDE, accounts: ['999999999999'] } });
    shared.shared.add('CA').add('COVERRIDES');
    return shared;
  }

  it('is told to its requester, the approvers by name and the administrators, once', async () => {
    const { show, said, become } = sharedWorld();
    await show();
    become({ dueAt: null });
    await show();

    expect(said.filter((line) => line.startsWith('tell'))).toEqual([
      'tell UREQUESTER of CA',
      'tell UAPPROVER of CA',
      'tell UADMIN of CA',
    ]);
  });

  it('is not told of where nobody waits for it any more, or the channel is our own', async () => {
    const decided = sharedWorld(aRequest({ gate: gateIn('CA'), status: 'approved' }));
    await decided.show();
    const own = sharedWorld(aRequest({ gate: gateIn('CB') }));
    await own.show();

    expect(decided.said).toEqual(['post approvers CA', 'post requester UREQUESTER']);
    expect(own.said).toEqual(['post approvers CB', 'post requester UREQUESTER']);
  });

  it('has its requester’s card though somebody cannot be told', async () => {
    const { show, said, refuse } = sharedWorld();
    refuse(new DeliveryRefused('user_not_found'));

    await expect(show()).rejects.toThrow(DeliveryRefused);
    expect(said).toContain('post requester UREQUESTER');
  });

  it('is reminded of directly, each person once, and not in the channel', async () => {
    const { show, said, remind } = sharedWorld();
    await show();
    said.length = 0;
    await remind('k1');
    await remind('k1');
    await remind('k2', 1, true);

    expect(said).toEqual(['tell UAPPROVER of CA', 'tell UAPPROVER of CA']);
  });

  it('is announced to the administrators when it is launched past its approvers', async () => {
    const { announce, said } = sharedWorld(aRequest({ decisions: [AN_OVERRIDE] }));
    await announce('k1');
    await announce('k1');

    expect(said).toEqual(['announce COVERRIDES', 'announce UADMIN']);
  });
});
