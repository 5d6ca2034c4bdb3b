import type { Instance } from '#domain/estate/instance.ts';
import type { CpuOptions } from '#domain/estate/instance-type.ts';
import type { GapQuestion } from '#domain/positioning/gaps/gap-question.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';

/** Where a company notes the CPU options that an instance is licensed for: `4x1` is cores by threads. */
const NOTED = 'licensing:cpu-options';

/**
 * A resize set the CPU options back to the type's default: more vCPUs than a tag of the instance notes,
 * or than the version of the launch template says that it was started from. Without either nobody
 * knows what they were, and nothing is said. It matters where active vCPUs are counted: by the
 * configuration, or by Microsoft's core licenses.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-cpu-options-rules.html (2026-11)
 */
export function isCpuOptionsReset({
  context: { view },
  configuration,
  instance,
  requirement,
}: GapQuestion): boolean {
  const matters = configuration.rules.honorVcpuOptimization || requirement?.metric === 'core';
  if (instance === null || !matters) return false;
  const intended = vcpusOf(notedOptions(instance) ?? templateOptions(instance, view));
  const sold = view.index.types.get(instance.instanceType)?.defaultVcpus ?? null;
  const active = vcpusOf(instance.cpuOptions) ?? sold;
  return intended !== null && active !== null && active === sold && active > intended;
}

function vcpusOf(options: CpuOptions | null): number | null {
  return options && options.coreCount * options.threadsPerCore;
}

function notedOptions({ tags }: Instance): CpuOptions | null {
  const [, cores, threads] = /^([1-9]\d{0,3})x([12])$/.exec(tags[NOTED] ?? '') ?? [];
  return cores === undefined ? null : { coreCount: Number(cores), threadsPerCore: Number(threads) };
}

/** EC2 tags each instance with the launch template and version that it was started from. */
function templateOptions({ tags }: Instance, { shard }: ShardView): CpuOptions | null {
  const id = tags['aws:ec2launchtemplate:id'];
  if (id === undefined) return null;
  const template = shard.launchTemplates.find(
    ({ launchTemplateId, version }) =>
      launchTemplateId === id && `${version}` === tags['aws:ec2launchtemplate:version'],
  );
  return template?.cpuOptions ?? null;
}
