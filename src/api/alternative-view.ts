import * as z from 'zod';
import { RequestBody } from '#api/request-body.ts';
import { Alternative } from '#domain/launch/launch-evaluation.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';

/** What of a body says what to launch; the rest is why, for whom, and under which key. */
const Asked = RequestBody.omit({ for: true, reason: true, retryOf: true, key: true });

/** A launch that would pass, with the fields to ask for it by. Instants are ISO 8601 in UTC. */
export const AlternativeView = Alternative.unwrap()
  .omit({ choice: true, labels: true })
  .extend({ body: Asked.extend({ until: z.iso.datetime().nullable() }) });
export type AlternativeView = z.output<typeof AlternativeView>;

/** An alternative with its choice as a body names it: by ids. */
export function alternativeView({
  choice,
  labels: _labels,
  ...rest
}: Alternative): AlternativeView {
  return { ...rest, body: bodyOf(choice) };
}

/** The fields that `resolveChoice` makes this choice of. */
function bodyOf(choice: MachineChoice): AlternativeView['body'] {
  const { account, region, poolId, otherPoolIds, target, instanceType, hostId, until } = choice;
  return {
    account,
    region,
    pool: poolId,
    otherPools: [...otherPoolIds],
    ...targetField(target),
    type: instanceType,
    count: choice.count,
    cores: choice.cores,
    threads: choice.threadsPerCore,
    licenseIncluded: choice.licenseIncluded === true,
    host: hostId,
    until: until?.toISOString() ?? null,
  };
}

function targetField(target: MachineChoice['target']) {
  switch (target.operation) {
    case 'launch':
      return { template: target.launchTemplateId };
    case 'start':
      return { start: target.instanceId };
    case 'resize':
      return { resize: target.instanceId };
    case 'scale':
      return { scale: target.autoScalingGroupName };
  }
}
