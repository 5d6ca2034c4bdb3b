import {
  CreateLicenseConversionTaskForResourceCommand,
  type LicenseConversionTask,
  ListLicenseConversionTasksCommand,
} from '@aws-sdk/client-license-manager';
import { allPages } from '#adapters/aws/all-pages.ts';
import { changedInstance, type Doing } from '#adapters/aws/ec2-change.ts';
import { AnsweredNo } from '#adapters/aws/launch-failure.ts';
import type { LaunchOperation } from '#adapters/aws/launch-operation.ts';
import type { ActionOf, MachinePlan } from '#domain/launch/launch-plan.ts';
import { nextConvertBack, nextConvertStep } from '#domain/launch/other-steps.ts';

/** An instance whose licenses are paid otherwise. License Manager takes minutes to an hour for it. */
export function convertedInstance(plan: MachinePlan, action: ActionOf<'convert'>): LaunchOperation {
  const { from, to } = action;
  return changedInstance<'convert'>(plan, {
    action,
    left: 'stopped-converted',
    next: (seen) => nextConvertStep(action, seen),
    nextBack: (instance) => nextConvertBack(action, instance),
    act: (doing) => convert(doing, from, to),
    actBack: (doing) => convert(doing, to, from),
    restore: async () => undefined,
    problem: async () => null,
  });
}

/**
 * Look first: a task has no client token, so that one that is there since the approval is ours, and is
 * not made a second time. @throws {AnsweredNo} when that one failed
 */
async function convert(doing: Doing, from: string, to: string): Promise<'under-way'> {
  const [task] = (await tasksOf(doing)).filter(
    ({ DestinationLicenseContext }) => DestinationLicenseContext?.UsageOperation === to,
  );
  if (task?.Status === 'FAILED') throw new AnsweredNo('ConversionFailed', task.StatusMessage ?? '');
  if (task === undefined) {
    await doing.session.licenseManager.send(
      new CreateLicenseConversionTaskForResourceCommand({
        ResourceArn: doing.instance.arn,
        SourceLicenseContext: { UsageOperation: from },
        DestinationLicenseContext: { UsageOperation: to },
      }),
    );
  }
  return 'under-way';
}

/** Newest first, of the instance, begun since the approval. */
async function tasksOf({
  session: { licenseManager },
  ticket: { approvedAt },
  instance: { arn },
}: Doing): Promise<readonly LicenseConversionTask[]> {
  const Filters = [{ Name: 'ResourceArns', Values: [arn] }];
  const tasks = await allPages(
    (NextToken) =>
      licenseManager.send(new ListLicenseConversionTasksCommand({ Filters, NextToken })),
    (page) => [page.LicenseConversionTasks, page.NextToken],
  );
  const startOf = ({ StartTime }: LicenseConversionTask) => StartTime?.getTime() ?? 0;
  return tasks
    .filter((task) => startOf(task) >= approvedAt.getTime())
    .toSorted((a, b) => startOf(b) - startOf(a));
}
