import * as z from 'zod';
import { Reason } from '#domain/launch/launch-reason.ts';

const code = <Code extends string>(value: Code) => ({ code: z.literal(value) });
/** The license configuration that AWS's answer names; `null` where it names none. */
const configuration = { configurationArn: z.string().nullable() };

/**
 * What a failure usually means here, and so what to do about it. Codes with data, not sentences:
 * src/slack/views words them. A guess from AWS's words at best: nothing may depend on it.
 */
export const LaunchAdvice = z.discriminatedUnion('code', [
  /** License Manager's hard limit leaves too few: free some, raise the count, or wait. */
  z.object({ ...code('free-licenses'), ...configuration }),
  /** A rule of the license configuration does not let such a machine run. */
  z.object({ ...code('follow-rule'), ...configuration }),
  /** Let the launch role do it: in its own policy, or where something above it denies. */
  z.object({
    ...code('permit'),
    /** `ec2:RunInstances` and the like. */
    action: z.string().nullable(),
    /** ARN. That of a license configuration means: the configuration may not be used by this role. */
    resource: z.string().nullable(),
    /** True: a statement denies it. False: none allows it. */
    explicitDeny: z.boolean().nullable(),
    /** Of which kind the policy is, in AWS's words, e.g. `service control policy`. */
    policy: z.string().nullable(),
  }),
  /** The launch role is missing in the account, or lets nobody in: deploy member-account.yml there. */
  z.object({ ...code('deploy-role') }),
  /** No capacity: another Availability Zone or type, or later. */
  z.object({ ...code('find-capacity'), on: z.enum(['shared', 'host', 'spot']) }),
  /** A quota of the account: raise it in Service Quotas, or end what is not needed. */
  z.object({ ...code('raise-quota'), of: z.enum(['vcpus', 'spot', 'hosts', 'other']) }),
  /** What the plan names is gone or is not as it was: request it as it is now. */
  z.object({
    ...code('request-again'),
    changed: z.enum(['image', 'template', 'host', 'instance', 'group', 'plan', 'end', 'other']),
  }),
  /** By today's policy, rules, limits or prices no approval could make it right. */
  z.object({ ...code('meet-rules'), reasons: z.array(Reason).readonly() }),
  /** AWS does not offer this combination of type, options, tenancy and zone. */
  z.object({ ...code('choose-other-machine') }),
  /** Nothing shows how it ended: look in EC2 before anybody launches again. */
  z.object({ ...code('look-in-ec2') }),
]);
export type LaunchAdvice = z.output<typeof LaunchAdvice>;

/** What could not be put back as it was when a change of an instance failed half-way. */
export const LeftBehind = z.enum([
  /** It has its size of before, but does not run, as it did before. */
  'stopped',
  /** It is stopped and has the new size, or one in between. */
  'stopped-at-new-size',
  /** It is stopped, and in the place that it was to move to. */
  'stopped-elsewhere',
  /** It is stopped, and pays for its licenses as it was to. */
  'stopped-converted',
  /** It is not associated with the license configurations of before. */
  'licenses-changed',
  /** An Auto Scaling group keeps its new numbers, or instances that it launched for them. */
  'group-larger',
  /** It has license configurations that it had not before. */
  'licenses-attached',
  /** Somebody else changed it meanwhile: it was left as it is. */
  'as-others-left-it',
]);
export type LeftBehind = z.output<typeof LeftBehind>;

/** Why a launch failed or is unknown, in AWS's code and words or in ours, and what to do. */
export const LaunchFailure = z
  .object({
    code: z.string(),
    message: z.string(),
    advice: LaunchAdvice.nullable(),
    /** True until what was done already is put back; the request is not over before. */
    undoing: z.boolean(),
    /** Empty: everything is as it was before. */
    left: z.array(LeftBehind).readonly(),
  })
  .readonly();
export type LaunchFailure = z.output<typeof LaunchFailure>;

/** What AWS or a check says; nothing is left behind by that alone. */
export type Refusal = Pick<LaunchFailure, 'code' | 'message' | 'advice'>;

/** A failure that was nowhere half-way. */
export function failureOf({ code, message, advice }: Refusal): LaunchFailure {
  return { code, message, advice, undoing: false, left: [] };
}
