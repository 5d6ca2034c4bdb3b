import { describe, expect, it } from 'vitest';
import type { LaunchTarget } from '#domain/launch/launch-plan.ts';
import { submit } from '#domain/requests/submit.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import {
  aChoice,
  aConfiguration,
  aLedger,
  anInstance,
  aPerson,
  aPolicyDocument,
  aPublishedPolicy,
  aQuota,
  aShard,
  aSubmission,
  aTemplate,
  aType,
  configurationArn,
  NOW,
  sha256,
} from '../../builders.ts';

const licenseConfigurationArns = [configurationArn('1')];
const STOPPED = anInstance({ state: 'stopped', licenseConfigurationArns });
const launchTemplate = aTemplate({ instanceType: 'r6i.2xlarge', licenseConfigurationArns });
const GROUP = {
  name: 'sql-workers',
  minimum: 0,
  maximum: 4,
  desired: 1,
  obstacle: null,
  templateVersion: { id: launchTemplate.launchTemplateId, version: '3' },
  launchTemplate,
  subnetIds: [],
  availabilityZones: [],
  instanceIds: [],
  requestId: null,
};
const shard = aShard({
  configurations: [aConfiguration()],
  instances: [STOPPED],
  instanceTypes: [aType(), aType({ name: 'r6i.xlarge', defaultVcpus: 4 })],
  autoScalingGroups: [GROUP],
});
const TARGETS: Readonly<Record<LaunchTarget['operation'], LaunchTarget>> = {
  launch: aChoice().target,
  start: { operation: 'start', instanceId: STOPPED.instanceId },
  resize: { operation: 'resize', instanceId: STOPPED.instanceId },
  scale: { operation: 'scale', autoScalingGroupName: GROUP.name },
};

/** What becomes of a request for an operation where the one profile there is says this. */
function submitted(operation: LaunchTarget['operation'], profile: object) {
  const [allowing] = aPolicyDocument().launchProfiles;
  const outcome = submit(
    {
      existing: null,
      retried: null,
      terms: NO_TERMS,
      userGroups: new Map([['S0OTHERS', ['UOTHER']]]),
      ledgers: [aLedger()],
      quota: aQuota(),
      shard,
      published: aPublishedPolicy({ launchProfiles: [{ ...allowing, ...profile }] }),
      requester: aPerson('UREQUESTER'),
    },
    {
      ...aSubmission(),
      choice: aChoice({
        target: TARGETS[operation],
        instanceType: operation === 'resize' ? 'r6i.xlarge' : 'r6i.2xlarge',
      }),
    },
    NOW,
    sha256,
  );
  if (outcome.kind !== 'decided') throw new Error(JSON.stringify(outcome));
  const { status, evaluation } = outcome.step.request ?? {};
  return { status, codes: evaluation?.reasons.map(({ code }) => code) };
}

describe('a request that no launch profile allows is refused when it is submitted', () => {
  const operations = ['launch', 'start', 'resize', 'scale'] as const;

  it.each(operations)('not a %s that one allows', (operation) => {
    expect(submitted(operation, {}).status).toBe('pending');
  });

  it.each(
    operations.flatMap((operation) =>
      (
        [
          ['operation-not-allowed', { operations: operations.filter((one) => one !== operation) }],
          ['instance-type-not-allowed', { instanceTypes: ['m6i.*'] }],
          ['account-not-allowed', { accounts: ['555566667777'] }],
          ['pool-not-allowed', { pools: ['Oracle*'] }],
          ['requester-not-allowed', { requesters: { users: ['UOTHER'] } }],
          ['requester-not-allowed', { requesters: { userGroups: ['S0OTHERS'] } }],
        ] as const
      ).map(([code, profile]) => ({ operation, code, profile })),
    ),
  )('$operation: $code where the profile says $profile', ({ operation, code, profile }) => {
    expect(submitted(operation, profile)).toEqual({ status: 'denied', codes: [code] });
  });
});
