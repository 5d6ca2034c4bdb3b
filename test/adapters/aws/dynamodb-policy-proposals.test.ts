import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbPolicyProposals } from '#adapters/aws/dynamodb-policy-proposals.ts';
import { dynamodbPolicyPublisher } from '#adapters/aws/dynamodb-policy-publisher.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import { Conflict } from '#src/errors.ts';
import { aPolicyDocument, sha256 } from '../../builders.ts';
import { aChange, anEntry } from '../decision-store.contract.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

const DOCUMENT = stringify(aPolicyDocument());
const OTHER = `# another\n${DOCUMENT}`;

describe('policy proposals in DynamoDB, under the role of functions/decide', () => {
  let hub: DeployedHub;
  let store: DecisionStore;
  beforeEach(async () => {
    hub = await deployedHub();
    store = dynamodbDecisionStore(hub.tableAs('decide'), hub.now);
    const publisher = dynamodbPolicyPublisher(hub.administratorsTable(), hub.now);
    await publisher.store(DOCUMENT);
    await publisher.store(OTHER);
  });
  afterEach(() => hub.close());

  const published = async () => {
    const policies = dynamodbPolicies(hub.tableAs('decide'), hub.now);
    return (await policies.current())?.hash ?? null;
  };
  const proposal = (id: string) => dynamodbPolicyProposals(hub.tableAs('answer')).proposal(id);
  const aProposal = (changes: Partial<PolicyProposal> = {}): PolicyProposal => ({
    id: 'pol-0000000001',
    hash: sha256(DOCUMENT),
    expected: null,
    proposedBy: 'U0ADMIN001',
    principal: 'arn:aws:iam::111122223333:user/administrator',
    rollBack: false,
    proposedAt: hub.now(),
    expiresAt: later(hub.now(), DAY_MS),
    status: 'open',
    decision: null,
    version: 1,
    ...changes,
  });
  const confirmed = (open: PolicyProposal): PolicyProposal => ({
    ...open,
    status: 'confirmed',
    decision: { by: 'U0ADMIN002', at: hub.now(), key: 'click' },
    version: open.version + 1,
  });
  async function propose(changes: Partial<PolicyProposal> = {}): Promise<PolicyProposal> {
    const open = aProposal(changes);
    await store.commit(aChange({ proposal: open }));
    return open;
  }
  const confirm = (open: PolicyProposal) =>
    store.commit(
      aChange({
        proposal: confirmed(open),
        notAfter: open.expiresAt,
        audit: [anEntry({ stream: 'policy' })],
      }),
    );

  it('are kept as they were made, and change nothing by themselves', async () => {
    expect(await proposal('pol-0000000001')).toBeNull();
    const open = await propose();

    expect(await proposal(open.id)).toEqual(open);
    expect(await published()).toBeNull();
  });

  it('move the pointer when they are confirmed', async () => {
    await confirm(await propose());

    expect(await published()).toBe(sha256(DOCUMENT));
    expect(await proposal('pol-0000000001')).toMatchObject({ status: 'confirmed' });
  });

  it('move it on from the policy that they knew', async () => {
    await confirm(await propose());
    const second = await propose({
      id: 'pol-0000000002',
      hash: sha256(OTHER),
      expected: sha256(DOCUMENT),
    });
    await store.commit(aChange({ proposal: confirmed(second), notAfter: second.expiresAt }));

    expect(await published()).toBe(sha256(OTHER));
  });

  it.each([
    ['none is expected and one is published', null],
    ['another is published', 'f'.repeat(64)],
  ])('lose whole when %s', async (_why, expected) => {
    await confirm(await propose());
    const late = await propose({ id: 'pol-0000000002', hash: sha256(OTHER), expected });

    const change = aChange({
      proposal: confirmed(late),
      notAfter: late.expiresAt,
      audit: [anEntry({ stream: 'policy', sequence: 2 })],
    });
    await expect(store.commit(change)).rejects.toBeInstanceOf(Conflict);

    expect(await published()).toBe(sha256(DOCUMENT));
    expect(await proposal(late.id)).toEqual(late);
    expect((await store.auditHead('policy'))?.sequence).toBe(1);
  });

  it('are confirmed by exactly one of two at once', async () => {
    const open = await propose();

    const results = await Promise.allSettled([confirm(open), confirm(open)]);

    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('are not confirmed when they have expired', async () => {
    const old = await propose({ expiresAt: later(hub.now(), -1) });

    await expect(confirm(old)).rejects.toBeInstanceOf(Conflict);
    expect(await published()).toBeNull();
  });
});
