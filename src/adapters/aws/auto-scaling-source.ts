import {
  type AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  EC2ServiceException,
} from '@aws-sdk/client-ec2';
import { allPages, batches } from '#adapters/aws/all-pages.ts';
import {
  autoScalingGroupOf,
  pinnedVersion,
  withTemplate,
} from '#adapters/aws/auto-scaling-group.ts';
import { launchTemplateOf } from '#adapters/aws/ec2-launch-template.ts';
import type { AutoScalingGroup } from '#domain/estate/auto-scaling-group.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import type { Scope } from '#domain/scope.ts';
import type { GroupSource } from '#ports/inventory-source.ts';

/** DescribeLaunchTemplateVersions answers at most so many in one page. */
const VERSIONS_A_CALL = 200;

/** Auto Scaling through its API; of launch templates EC2 is asked, only for versions that groups are pinned to. */
export function autoScalingSource(
  groupsOf: (scope: Scope) => AutoScalingClient,
  ec2Of: (scope: Scope) => EC2Client,
): GroupSource {
  return {
    async autoScalingGroups(scope) {
      const client = groupsOf(scope);
      const found = await allPages(
        (NextToken) =>
          client.send(new DescribeAutoScalingGroupsCommand({ MaxRecords: 100, NextToken })),
        (page) => [page.AutoScalingGroups, page.NextToken],
      );
      const groups = found.map(autoScalingGroupOf);
      const templates = await pinnedTemplates(ec2Of(scope), groups);
      return groups.map((group) => withTemplate(group, templates));
    },
  };
}

/** The versions that groups are pinned to; those that are gone are left out. */
export async function pinnedTemplates(
  ec2: EC2Client,
  groups: readonly AutoScalingGroup[],
): Promise<readonly LaunchTemplate[]> {
  const wanted = Map.groupBy(
    groups.flatMap((group) => pinnedVersion(group) ?? []),
    ({ id }) => id,
  );
  const templates: LaunchTemplate[] = [];
  for (const [id, pinned] of wanted) {
    const versions = [...new Set(pinned.map(({ version }) => version))];
    for (const batch of batches(versions, VERSIONS_A_CALL)) {
      templates.push(...(await versionsOf(ec2, id, [...batch])));
    }
  }
  return templates;
}

async function versionsOf(
  ec2: EC2Client,
  LaunchTemplateId: string,
  Versions: string[],
): Promise<readonly LaunchTemplate[]> {
  try {
    const { LaunchTemplateVersions } = await ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions }),
    );
    return (LaunchTemplateVersions ?? []).map(launchTemplateOf);
  } catch (error) {
    if (!isGone(error)) throw error;
    // One that is gone fails the whole call: each is asked for alone.
    if (Versions.length < 2) return [];
    const found = await Promise.all(
      Versions.map((version) => versionsOf(ec2, LaunchTemplateId, [version])),
    );
    return found.flat();
  }
}

function isGone(error: unknown): boolean {
  return (
    error instanceof EC2ServiceException && /^InvalidLaunchTemplate.*NotFound/.test(error.name)
  );
}
