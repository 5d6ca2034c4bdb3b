import { describe, expect, it } from 'vitest';
import type { LaunchChoice, LaunchPlan } from '#domain/launch/launch-plan.ts';
import { ask, nextGeneration } from '#domain/requests/asked.ts';
import type { DecisionState } from '#domain/requests/decision-outcome.ts';
import { type Facts, factsOf } from '#domain/requests/judgement.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import {
  ACCOUNT,
  aChoice,
  aConfiguration,
  aHost,
  aHostPlan,
  anInstance,
  aPlan,
  aPolicyDocument,
  aPublishedPolicy,
  aRequest,
  aResize,
  aRun,
  aShard,
  aStart,
  NOW,
  poolId,
  REGION,
  sha256,
} from '../../builders.ts';
import { aState, ID } from './decision-state.ts';

function factsWith(changes: Partial<DecisionState>): Facts {
  const facts = factsOf(aState(changes));
  if (facts === null) throw new Error('no facts');
  return facts;
}

function asked(
  changes: Partial<DecisionState>,
  plan: LaunchPlan = aPlan(),
  choice: LaunchChoice = aChoice(),
) {
  const asking = { requestId: ID, choice, plan, interested: aRequest() };
  return ask(factsWith(changes), asking, NOW, sha256);
}

describe('what a request is called by', () => {
  const other = anInstance({ instanceId: 'i-0000000000000000b', name: 'db-2' });
  const group = {
    operation: 'scale',
    autoScalingGroupName: 'reporting',
    fromCapacity: 1,
    toCapacity: 2,
    launchTemplate: aRun().launchTemplate,
  } as const;
  it.each`
    action       | instances                                | source
    ${aRun()}    | ${[]}                                    | ${'sql-server'}
    ${group}     | ${[]}                                    | ${'reporting'}
    ${aStart()}  | ${[other, anInstance({ name: 'db-1' })]} | ${'db-1'}
    ${aStart()}  | ${[anInstance()]}                        | ${anInstance().instanceId}
    ${aResize()} | ${[other, anInstance({ name: 'db-1' })]} | ${'db-1'}
    ${aResize()} | ${[other]}                               | ${anInstance().instanceId}
  `('is $source', ({ action, instances, source }) => {
    expect(asked({ shard: aShard({ instances }) }, aPlan({ action })).labels.source).toBe(source);
  });

  const hostId = 'h-0000000000000000a';
  const release = aHostPlan({ action: { operation: 'release-host', hostId } });
  it.each([
    [aHostPlan(), [], 'r6i'],
    [release, [], hostId],
    [release, [aHost({ name: 'erp-1' })], 'erp-1'],
  ])('of a host %o is by %o %s', (plan, hosts, source) => {
    const choice = { account: ACCOUNT, region: REGION, target: plan.action };
    const shard = aShard({ hosts: [aHost({ hostId: 'h-1', name: 'other' }), ...hosts] });

    expect(asked({ shard }, plan, choice).labels).toMatchObject({ source, pool: '' });
  });

  it.each`
    configurations                                                           | pool
    ${[aConfiguration({ digit: '2' }), aConfiguration({ name: 'SQL DBA' })]} | ${'SQL DBA'}
    ${[aConfiguration({ digit: '2' })]}                                      | ${poolId('1')}
  `('names its pool $pool', ({ configurations, pool }) => {
    expect(asked({ shard: aShard({ configurations }) }).labels.pool).toBe(pool);
  });

  const [here] = aPolicyDocument().accounts;
  const elsewhere = { ...here, id: '333344445555', name: 'data-platform' };
  it.each`
    accounts             | account
    ${[elsewhere, here]} | ${'erp-production'}
    ${[elsewhere]}       | ${ACCOUNT}
  `('names its account $account', ({ accounts, account }) => {
    expect(asked({ published: aPublishedPolicy({ accounts }) }).labels.account).toBe(account);
  });
});

describe('the next generation of a request', () => {
  const hourlyPrice = { micros: 1_000_000, currency: 'USD' } as const;
  const waiting: LaunchRequest = {
    ...aRequest(),
    plan: aPlan({ hourlyPrice }),
    reminded: 2,
    escalatedAt: NOW,
  };

  it('is what is asked now, beside what was asked before, and nobody was reminded of it', () => {
    const { request } = aState({ request: waiting });
    if (request === null) throw new Error('no request');
    const choice = aChoice({ count: 2 });
    const now = asked({}, aPlan({ count: 2 }), choice);

    expect(nextGeneration(request, now, 'edited', NOW)).toEqual({
      ...request,
      ...now,
      generation: 2,
      reasked: {
        why: 'edited',
        at: NOW,
        choice: aChoice(),
        labels: request.labels,
        hourlyPrice,
        rule: 'one',
      },
      counter: null,
      reminded: 0,
      escalatedAt: null,
    });
  });

  it('comes of no rule where nobody had to approve the one before', () => {
    expect(nextGeneration(waiting, asked({}), 'edited', NOW).reasked?.rule).toBeNull();
  });
});
