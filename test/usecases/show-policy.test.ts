import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { CardPlace, Notifier, PolicyCard } from '#ports/notifier.ts';
import { DeliveryRefused, NotFound, Unavailable } from '#src/errors.ts';
import { showPolicyCard } from '#usecases/show-policy.ts';
import { aPolicy, aPolicyDocument, aProposal, NOW, POLICY_HASH } from '../builders.ts';
import { memoryCards } from '../fakes/memory-cards.ts';

type Said = Pick<Notifier, 'postPolicyCard' | 'updatePolicyCard' | 'policyNotice'>;

const { roles } = aPolicyDocument();
const AFTER = aPolicy({ limits: { openHoldsPerPerson: 9 } });
const BEFORE = aPolicy({
  roles: { ...roles, administrator: { users: ['UADMIN', 'UADMIN2'] } },
  limits: { openHoldsPerPerson: 4 },
});

/** Slack that refuses posts to `closed` places, for good or for now. */
function world(
  first: PolicyProposal,
  closed: Readonly<Record<string, Error>> = {},
  shared: readonly string[] = [],
) {
  const posted: { place: string; card: PolicyCard }[] = [];
  const updated: { place: CardPlace; card: PolicyCard }[] = [];
  let proposal = first;
  const notifier: Said = {
    async postPolicyCard(channelId, card) {
      const refusal = closed[channelId];
      if (refusal !== undefined) throw refusal;
      posted.push({ place: channelId, card });
      return { channelId, ts: String(posted.length) };
    },
    async updatePolicyCard(place, card) {
      updated.push({ place, card });
    },
    policyNotice: async () => undefined,
  };
  const documents = new Map([
    [POLICY_HASH, BEFORE],
    [first.hash, AFTER],
  ]);
  const ports = {
    policies: {
      current: async () => null,
      byHash: async (hash: string) => {
        const policy = documents.get(hash);
        return policy === undefined ? null : { hash, policy };
      },
    },
    proposals: { proposal: async (id: string) => (id === proposal.id ? proposal : null) },
    people: { members: async () => new Map() },
    firstAdministrators: ['UADMIN', 'UFIRST'],
    cards: memoryCards(),
    channels: { isShared: async (id: string) => shared.includes(id) },
    notifier,
    now: () => NOW,
    pause: async () => undefined,
  };
  return {
    posted,
    updated,
    documents,
    places: () => posted.map(({ place }) => place),
    show: () => showPolicyCard(ports, { kind: 'policy-card', proposalId: first.id }),
    become: (next: PolicyProposal) => {
      proposal = next;
    },
  };
}

describe('the card of a policy proposal', () => {
  let confirmed: PolicyProposal;
  beforeEach(() => {
    const decision = { by: 'UADMIN2', at: NOW, key: 'T1' };
    confirmed = aProposal({ status: 'confirmed', decision, version: 2 });
  });

  it('goes once to the channel of the first approval rule in force, with what changes', async () => {
    const { show, posted } = world(aProposal());

    await show();
    await show();

    expect(posted).toMatchObject([
      {
        place: 'C0APPROVAL',
        card: {
          alone: false,
          changes: [
            { section: 'roles', name: 'administrator' },
            { section: 'limits', fields: [{ removed: ['4'], added: ['9'] }] },
          ],
          warnings: [{ path: 'roles.administrator' }],
        },
      },
    ]);
  });

  it('is edited where it is, also when the policy that knew the channel is replaced', async () => {
    const { show, posted, updated, become } = world(aProposal());
    await show();
    become(confirmed);

    await show();

    expect(posted).toHaveLength(1);
    expect(updated).toMatchObject([
      { place: { channelId: 'C0APPROVAL', ts: '1' }, card: { proposal: { status: 'confirmed' } } },
    ]);
  });

  it('goes to each first administrator while no policy is published, and is edited with all', async () => {
    const { show, places, updated, become } = world(aProposal({ expected: null }));
    await show();
    become({ ...confirmed, expected: null });

    await show();

    expect(places()).toEqual(['UADMIN', 'UFIRST']);
    expect(updated).toHaveLength(2);
  });

  it('goes to the administrators when Slack refuses their channel', async () => {
    const refused = new DeliveryRefused('is_archived');
    const { show, places } = world(aProposal(), { C0APPROVAL: refused });

    await show();

    expect(places()).toEqual(['UADMIN', 'UADMIN2']);
  });

  it('goes to the administrators too while others see their channel, and warns of it (T06)', async () => {
    const { show, places, posted } = world(aProposal(), {}, ['C0APPROVAL']);

    await show();
    await show();

    expect(places()).toEqual(['C0APPROVAL', 'UADMIN', 'UADMIN2']);
    expect(posted[0]?.card.warnings).toContainEqual({
      path: 'approvals[0].channel',
      message: expect.stringContaining('C0APPROVAL is shared with another organization'),
    });
  });

  it('waits for Slack when it does not answer', async () => {
    const { show, places } = world(aProposal(), { C0APPROVAL: new Unavailable('Slack') });

    await expect(show()).rejects.toBeInstanceOf(Unavailable);
    expect(places()).toEqual([]);
  });

  it('reaches the others when one person cannot be reached, and says that it failed', async () => {
    const refused = new DeliveryRefused('user_not_found');
    const { show, places } = world(aProposal({ expected: null }), { UADMIN: refused });

    await expect(show()).rejects.toBe(refused);
    expect(places()).toEqual(['UFIRST']);
  });

  it('is not shown without its document', async () => {
    const { show, documents } = world(aProposal());
    documents.delete(aProposal().hash);

    await expect(show()).rejects.toBeInstanceOf(NotFound);
  });
});
