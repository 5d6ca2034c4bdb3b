import type { CpuOptions } from '#domain/estate/instance-type.ts';
import { isMachineChoice, type MachineChoice } from '#domain/launch/launch-plan.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { changeTitle } from '#slack/views/change-words.ts';
import { plural } from '#slack/views/figures.ts';
import { nameText } from '#slack/views/text.ts';

type Labelled = Pick<LaunchRequest, 'choice' | 'labels'>;

/** `4 × r6i.2xlarge`. */
export function launchTitle({
  count,
  instanceType,
}: Pick<MachineChoice, 'count' | 'instanceType'>): string {
  return `${count} × ${nameText(instanceType, 40)}`;
}

/** `4 × r6i.2xlarge`, `Start of crm-db-1`, `crm-db-1 as r6i.xlarge`. */
export function choiceTitle({ choice, labels }: Labelled): string {
  const source = nameText(labels.source);
  if (!isMachineChoice(choice)) return changeTitle(choice.target, source);
  switch (choice.target.operation) {
    case 'launch':
      return launchTitle(choice);
    case 'start':
      return `Start of ${source}`;
    case 'resize':
      return `${source} as ${nameText(choice.instanceType, 40)}`;
    case 'scale':
      return `${plural(choice.count, 'more instance')} in ${source}`;
  }
}

/** `4 × r6i.2xlarge for SQL Server Standard`. */
export function requestTitle(request: Labelled): string {
  const { choice } = request;
  if (!isMachineChoice(choice)) return choiceTitle(request);
  const more = choice.otherPoolIds.length;
  const others = more === 0 ? '' : ` and ${plural(more, 'other pool')}`;
  return `${choiceTitle(request)} for ${nameText(request.labels.pool)}${others}`;
}

/** `4 cores, 1 thread per core`, or nothing for the type's default. */
export function cpuText(cpuOptions: CpuOptions | null): string {
  if (cpuOptions === null) return '';
  const { coreCount, threadsPerCore } = cpuOptions;
  return `${plural(coreCount, 'core')}, ${plural(threadsPerCore, 'thread')} per core`;
}

/** A choice's CPU options, when it names both figures. */
export function chosenCpu({ cores, threadsPerCore }: MachineChoice): CpuOptions | null {
  return cores === null || threadsPerCore === null ? null : { coreCount: cores, threadsPerCore };
}

/** `erp-production (222233334444), eu-west-1`. */
export function placeText({ choice, labels }: Labelled): string {
  return `${nameText(labels.account)} (${choice.account}), ${choice.region}`;
}
