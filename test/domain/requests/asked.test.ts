import { describe, expect, it } from 'vitest';
import type { LaunchPlan } from '#domain/launch/launch-plan.ts';
import { ask } from '#domain/requests/asked.ts';
import { factsOf } from '#domain/requests/judgement.ts';
import {
  aChoice,
  aConfiguration,
  anInstance,
  aPlan,
  aRequest,
  aRun,
  aShard,
  NOW,
  poolId,
  sha256,
} from '../../builders.ts';
import { aState, ID } from './decision-state.ts';

describe('what a request is called by', () => {
  const { instanceId } = anInstance();
  const group = {
    operation: 'scale',
    autoScalingGroupName: 'reporting',
    fromCapacity: 1,
    toCapacity: 2,
    launchTemplate: aRun().launchTemplate,
  } as const;
  it.each`
    action                                | name      | source
    ${aRun()}                             | ${null}   | ${'sql-server'}
    ${group}                              | ${null}   | ${'reporting'}
    ${{ operation: 'start', instanceId }} | ${'db-1'} | ${'db-1'}
    ${{ operation: 'start', instanceId }} | ${null}   | ${instanceId}
  `('is $source', ({ action, name, source }) => {
    const shard = aShard({ instances: [anInstance({ name })] });
    const facts = factsOf(aState({ shard }));
    if (facts === null) throw new Error('no facts');
    const plan: LaunchPlan = aPlan({ action });
    const asking = { requestId: ID, choice: aChoice(), plan, interested: aRequest() };

    expect(ask(facts, asking, NOW, sha256).labels.source).toBe(source);
  });

  it.each`
    configurations                           | pool
    ${[aConfiguration({ name: 'SQL DBA' })]} | ${'SQL DBA'}
    ${[aConfiguration({ digit: '2' })]}      | ${poolId('1')}
  `('names its pool $pool', ({ configurations, pool }) => {
    const facts = factsOf(aState({ shard: aShard({ configurations }) }));
    if (facts === null) throw new Error('no facts');
    const asking = { requestId: ID, choice: aChoice(), plan: aPlan(), interested: aRequest() };

    expect(ask(facts, asking, NOW, sha256).labels.pool).toBe(pool);
  });
});
