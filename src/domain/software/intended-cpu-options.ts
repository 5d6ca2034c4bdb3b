import type { Instance } from '#domain/instance.ts';
import type { CpuOptions } from '#domain/instance-type.ts';
import type { LaunchTemplate } from '#domain/launch-template.ts';
import { tagValue } from '#domain/software/resource-marks.ts';

/** `4x1`: cores and threads per core that licenses were bought for. */
const TAG = 'licensing:cpu-options';

/**
 * The CPU options that somebody meant an instance to have: by its tag, else by the launch template whose
 * version it came from. `null`: nobody said. A resize sets CPU options back to the type's defaults.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-cpu-options-rules.html (2026-10)
 */
export function intendedCpuOptions(
  { tags }: Pick<Instance, 'tags'>,
  templates: ReadonlyMap<string, Pick<LaunchTemplate, 'version' | 'cpuOptions'>>,
): CpuOptions | null {
  const [, cores, threads] = /^([1-9]\d{0,3})x([12])$/.exec(tagValue(tags, TAG) ?? '') ?? [];
  if (cores !== undefined) return { coreCount: Number(cores), threadsPerCore: Number(threads) };

  const template = templates.get(tagValue(tags, 'aws:ec2launchtemplate:id') ?? '');
  const version = tagValue(tags, 'aws:ec2launchtemplate:version');
  return template !== undefined && String(template.version) === version
    ? template.cpuOptions
    : null;
}
