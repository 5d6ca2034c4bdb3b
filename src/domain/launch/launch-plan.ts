import * as z from 'zod';
import { CpuOptions } from '#domain/estate/instance-type.ts';
import { Tag, Volume } from '#domain/estate/launch-template.ts';
import { Instant } from '#domain/instant.ts';
import { ChangeTarget, HostAction, INSTANCE_CHANGES } from '#domain/launch/change-plan.ts';
import { PoolId } from '#domain/licenses/license-pool.ts';
import { Tenancy } from '#domain/licenses/license-rules.ts';
import { Money } from '#domain/money.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** What the person wants done, and to what. */
const MachineTarget = z.discriminatedUnion('operation', [
  /** New instances from a launch template, On-Demand or Spot as the template says. */
  z.object({ operation: z.literal('launch'), launchTemplateId: z.string() }).readonly(),
  /** A stopped instance, as it is. */
  z.object({ operation: z.literal('start'), instanceId: z.string() }).readonly(),
  /** An instance to another type or other CPU options; it is stopped for that when it runs. */
  z.object({ operation: z.literal('resize'), instanceId: z.string() }).readonly(),
  /** So many instances more in an Auto Scaling group. */
  z.object({ operation: z.literal('scale'), autoScalingGroupName: z.string() }).readonly(),
]);
export type LaunchTarget = z.output<typeof MachineTarget>;

/** What the person chose in the request form: nothing of it is trusted until it is resolved. */
export const MachineChoice = z
  .object({
    account: AccountId,
    region: Region,
    poolId: PoolId,
    /** True: the licenses are in the hourly price, so that nothing is drawn of the pools named. */
    licenseIncluded: z.boolean().optional(),
    /** Pools to draw on beside the first. */
    otherPoolIds: z.array(PoolId).readonly(),
    target: MachineTarget,
    /** To start: the instance's own. */
    instanceType: z.string(),
    /** 1 to start or to resize. */
    count: z.int().positive(),
    /** `null`: the type's default. */
    cores: z.int().positive().nullable(),
    threadsPerCore: z.int().positive().nullable(),
    /** `null`: wherever the template says; a host id: exactly there. */
    hostId: z.string().nullable(),
    /** When it is stopped and its licenses are returned; `null`: not before somebody does. */
    until: Instant.nullable(),
  })
  .readonly();
export type MachineChoice = z.output<typeof MachineChoice>;

/** A change of what is there, as a recommendation has it: it is said whole, in its target. */
export const ChangeChoice = z
  .object({ account: AccountId, region: Region, target: ChangeTarget })
  .readonly();
export type ChangeChoice = z.output<typeof ChangeChoice>;

/** What a request asks for. */
export const LaunchChoice = z.union([MachineChoice, ChangeChoice]);
export type LaunchChoice = z.output<typeof LaunchChoice>;

/** True for what is chosen in forms: machines that draw on pools. */
export function isMachineChoice(choice: LaunchChoice): choice is MachineChoice {
  return 'poolId' in choice;
}

/** What a resize changes. */
export const Size = z
  .object({ instanceType: z.string(), cpuOptions: CpuOptions.nullable() })
  .readonly();
export type Size = z.output<typeof Size>;

/** ARNs of license configurations that the instance is associated with first; those that it has stay. */
const attach = z.array(z.string()).readonly();

/** The call that a plan of machines becomes, with everything that only this call takes. */
const MachineAction = z.discriminatedUnion('operation', [
  /** RunInstances. */
  z
    .object({
      operation: z.literal('launch'),
      launchTemplate: z
        .object({ id: z.string(), name: z.string(), version: z.int().positive() })
        .readonly(),
      subnetId: z.string().nullable(),
      securityGroupIds: z.array(z.string()).readonly(),
      instanceProfile: z.string().nullable(),
      keyName: z.string().nullable(),
      volumes: z.array(Volume).readonly(),
      userDataHash: z.string().nullable(),
    })
    .readonly(),
  /** StartInstances. */
  z.object({ operation: z.literal('start'), instanceId: z.string(), attach }).readonly(),
  /** StopInstances when it runs, ModifyInstanceAttribute, ModifyInstanceCpuOptions, StartInstances when it ran. */
  z
    .object({
      operation: z.literal('resize'),
      instanceId: z.string(),
      attach,
      /** As it was when the plan was made: another size since then voids the plan. */
      from: Size,
      running: z.boolean(),
    })
    .readonly(),
  /** UpdateAutoScalingGroup: the desired capacity, and the maximum where it is below. */
  z
    .object({
      operation: z.literal('scale'),
      autoScalingGroupName: z.string(),
      fromCapacity: z.int().nonnegative(),
      toCapacity: z.int().positive(),
      /** Raised with it where it was below; `null`: it stays. */
      maximum: z.object({ from: z.int(), to: z.int() }).readonly().nullable(),
      launchTemplate: z
        .object({ id: z.string(), name: z.string(), version: z.int().positive() })
        .readonly(),
    })
    .readonly(),
  ...INSTANCE_CHANGES,
]);

/** What a plan does. */
export type PlanAction = z.output<typeof MachineAction> | HostAction;
/** The one of an operation. */
export type ActionOf<Operation extends PlanAction['operation']> = Extract<
  PlanAction,
  { readonly operation: Operation }
>;

/** The machines as they will be, and the call that makes them so, after everything that could change is resolved. */
const MachinePlan = z
  .strictObject({
    account: AccountId,
    region: Region,
    action: MachineAction,
    imageId: z.string(),
    instanceType: z.string(),
    /** MinCount and MaxCount alike; what a group grows by. */
    count: z.int().positive(),
    cpuOptions: CpuOptions.nullable(),
    tenancy: Tenancy,
    hostId: z.string().nullable(),
    spot: z.boolean(),
    licenseConfigurationArns: z.array(z.string()).readonly(),
    tags: z.array(Tag).readonly(),
    /** When they are stopped. */
    until: Instant.nullable(),
    /** Per instance-hour as known at evaluation; `null` where no price is known. */
    hourlyPrice: Money.nullable(),
    policyHash: z.string(),
  })
  .readonly();
export type MachinePlan = z.output<typeof MachinePlan>;

/** A Dedicated Host that is allocated or released: no machine comes or goes with it. */
const HostPlan = z
  .strictObject({
    account: AccountId,
    region: Region,
    action: HostAction,
    /** Of the host; nothing for one that is released. */
    hourlyPrice: Money.nullable(),
    policyHash: z.string(),
  })
  .readonly();
export type HostPlan = z.output<typeof HostPlan>;

/** What is approved is what is done. Its hash is in the card, in the decision, and checked before the call. */
export const LaunchPlan = z.union([MachinePlan, HostPlan]);
export type LaunchPlan = z.output<typeof LaunchPlan>;

/** True for all but Dedicated Hosts. */
export function isMachinePlan(plan: LaunchPlan): plan is MachinePlan {
  return 'imageId' in plan;
}

/** An action that changes a machine that is there, but for its size. */
export function isChangeAction(
  action: MachinePlan['action'],
): action is ActionOf<'move' | 'associate' | 'convert' | 'stop'> {
  const { operation } = action;
  return ['move', 'associate', 'convert', 'stop'].includes(operation);
}

/** The launch template that a plan is made from; `null` for an instance that is there. */
export function templateOf({ action }: Pick<LaunchPlan, 'action'>): {
  readonly id: string;
  readonly name: string;
  readonly version: number;
} | null {
  return 'launchTemplate' in action ? action.launchTemplate : null;
}

/** The instance that a plan starts or changes; `null` where it makes new ones, or hosts. */
export function instanceIdOf({ action }: Pick<LaunchPlan, 'action'>): string | null {
  return 'instanceId' in action ? action.instanceId : null;
}

/** True for a stop, and for the change of a stopped instance: it uses no license before somebody starts it. */
export function endsStopped({ action }: Pick<LaunchPlan, 'action'>): boolean {
  return action.operation === 'stop' || ('running' in action && !action.running);
}

/** When what a plan starts is stopped again; `null`: not by itself. */
export function untilOf(plan: LaunchPlan): Date | null {
  return isMachinePlan(plan) ? plan.until : null;
}
