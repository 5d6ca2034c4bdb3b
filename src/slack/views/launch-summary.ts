import type { CpuOptions } from '#domain/instance-type.ts';
import type { LaunchChoice } from '#domain/launch-plan.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { plural } from '#slack/views/figures.ts';
import { nameText } from '#slack/views/text.ts';

/** `4 × r6i.2xlarge`. */
export function launchTitle({ count, instanceType }: LaunchChoice): string {
  return `${count} × ${nameText(instanceType, 40)}`;
}

/** `4 × r6i.2xlarge for SQL Server Standard`. */
export function requestTitle({ choice, labels }: LaunchRequest): string {
  return `${launchTitle(choice)} for ${nameText(labels.pool)}`;
}

/** `4 cores, 1 thread per core`, or nothing for the type's default. */
export function cpuText(cpuOptions: CpuOptions | null): string {
  if (cpuOptions === null) return '';
  const { coreCount, threadsPerCore } = cpuOptions;
  return `${plural(coreCount, 'core')}, ${plural(threadsPerCore, 'thread')} per core`;
}

/** A choice's CPU options, when it names both figures. */
export function chosenCpu({ cores, threadsPerCore }: LaunchChoice): CpuOptions | null {
  return cores === null || threadsPerCore === null ? null : { coreCount: cores, threadsPerCore };
}

/** `erp-production (222233334444), eu-west-1`. */
export function placeText({ choice, labels }: LaunchRequest): string {
  return `${nameText(labels.account)} (${choice.account}), ${choice.region}`;
}
