import { describe, expect, it } from 'vitest';
import type { LaunchPlan } from '#domain/launch/launch-plan.ts';
import { ask } from '#domain/requests/asked.ts';
import { factsOf } from '#domain/requests/judgement.ts';
import { aChoice, anInstance, aPlan, aRequest, aRun, aShard, NOW, sha256 } from '../../builders.ts';
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
});
