import * as z from 'zod';
import type { Instance } from '#domain/estate/instance.ts';
import { LaunchTemplate } from '#domain/estate/launch-template.ts';

/** Why a group cannot grow by a plan that stays what was approved. */
export const GroupObstacle = z.enum([
  /** It chooses among templates and types at each launch. */
  'mixed-instances',
  /** It launches from a launch configuration, which names no licenses. */
  'no-template',
  /** `$Latest` or `$Default`: what it launches can change between approval and launch, and after. */
  'moving-version',
  /** The version of its launch template is gone. */
  'version-gone',
  /** Its template leaves the instance type open. */
  'no-type',
  /** Somebody suspended launches. */
  'launch-suspended',
  'being-deleted',
]);
export type GroupObstacle = z.output<typeof GroupObstacle>;

/** An Auto Scaling group, with the launch template version that it launches from. */
export const AutoScalingGroup = z
  .object({
    name: z.string(),
    minimum: z.int().nonnegative(),
    maximum: z.int().nonnegative(),
    desired: z.int().nonnegative(),
    /** `null`: nothing is in the way. */
    obstacle: GroupObstacle.nullable(),
    /** Id and version as the group names them: a number, `$Latest` or `$Default`. */
    templateVersion: z.object({ id: z.string(), version: z.string() }).readonly().nullable(),
    /** The version that the group is pinned to; `null` where it is pinned to none, or it is gone. */
    launchTemplate: LaunchTemplate.nullable(),
    subnetIds: z.array(z.string()).readonly(),
    availabilityZones: z.array(z.string()).readonly(),
    instanceIds: z.array(z.string()).readonly(),
    /** The request that it was marked for last. */
    requestId: z.string().nullable(),
  })
  .readonly();
export type AutoScalingGroup = z.output<typeof AutoScalingGroup>;

/** What keeps a group from growing by a plan; the template's gaps count once it was read. */
export function obstacleOf({ obstacle, launchTemplate }: AutoScalingGroup): GroupObstacle | null {
  if (obstacle !== null) return obstacle;
  if (launchTemplate === null) return 'version-gone';
  return launchTemplate.instanceType === null ? 'no-type' : null;
}

/** The versions that groups launch from, which need not be their templates' default. */
export function templatesOfGroups({
  autoScalingGroups,
}: {
  readonly autoScalingGroups: readonly AutoScalingGroup[];
}): readonly LaunchTemplate[] {
  return autoScalingGroups.flatMap(({ launchTemplate }) => launchTemplate ?? []);
}

/** Set by AWS itself: nobody else can write tags that begin with `aws:`. */
const GROUP_TAG = 'aws:autoscaling:groupName';

/** The group that an instance belongs to, which replaces it when it is stopped; `null`: none. */
export function groupOf({ tags }: Pick<Instance, 'tags'>): string | null {
  return tags[GROUP_TAG] ?? null;
}
