import * as z from 'zod';

/** ARNs of license configurations that an instance gets, and of those that it loses. */
export const Associations = z
  .object({ add: z.array(z.string()).readonly(), remove: z.array(z.string()).readonly() })
  .readonly();
export type Associations = z.output<typeof Associations>;

const instance = { instanceId: z.string() };
/** `host`: it comes back to its host whenever it starts. */
const affinity = z.enum(['default', 'host']);

/** Onto a Dedicated Host, or off it where none is named. */
const Move = z
  .object({
    operation: z.literal('move'),
    ...instance,
    hostId: z.string().nullable(),
    affinity,
    /** Of the host's products, and of those that do not apply any more. */
    licenses: Associations,
  })
  .readonly();
const Associate = z
  .object({ operation: z.literal('associate'), ...instance, licenses: Associations })
  .readonly();
/** What is in the hourly price, in AWS's codes. */
const Convert = z
  .object({ operation: z.literal('convert'), ...instance, from: z.string(), to: z.string() })
  .readonly();
const Stop = z.object({ operation: z.literal('stop'), ...instance }).readonly();
const AllocateHost = z
  .object({
    operation: z.literal('allocate-host'),
    instanceFamily: z.string(),
    availabilityZone: z.string(),
    hostRecovery: z.boolean(),
  })
  .readonly();
const ReleaseHost = z
  .object({ operation: z.literal('release-host'), hostId: z.string() })
  .readonly();

/** A change of what is there, chosen whole: recommendations know nothing else of it. */
export const ChangeTarget = z.discriminatedUnion('operation', [
  Move,
  Associate,
  Convert,
  Stop,
  AllocateHost,
  ReleaseHost,
]);
export type ChangeTarget = z.output<typeof ChangeTarget>;
export type ChangeOf<Operation extends ChangeTarget['operation']> = Extract<
  ChangeTarget,
  { readonly operation: Operation }
>;

/** Where an instance is, and whether it is bound to it. */
export const Place = z
  .object({
    tenancy: z.enum(['default', 'dedicated', 'host']),
    hostId: z.string().nullable(),
    affinity,
  })
  .readonly();
export type Place = z.output<typeof Place>;

/** The calls that change an instance, with what it was when the plan was made: what differs since then voids the plan. */
export const INSTANCE_CHANGES = [
  /** StopInstances when it runs, ModifyInstancePlacement, UpdateLicenseSpecificationsForResource, StartInstances when it ran. */
  z
    .object({
      operation: z.literal('move'),
      ...instance,
      affinity,
      licenses: Associations,
      from: Place,
      running: z.boolean(),
    })
    .readonly(),
  /** UpdateLicenseSpecificationsForResource. */
  Associate,
  /** StopInstances when it runs, CreateLicenseConversionTaskForResource, StartInstances when it ran. */
  z.object({ ...Convert.unwrap().shape, running: z.boolean() }).readonly(),
  /** StopInstances. */
  Stop,
] as const;

/** The calls that get a Dedicated Host or give one back: AllocateHosts, ReleaseHosts. */
export const HostAction = z.discriminatedUnion('operation', [AllocateHost, ReleaseHost]);
export type HostAction = z.output<typeof HostAction>;
