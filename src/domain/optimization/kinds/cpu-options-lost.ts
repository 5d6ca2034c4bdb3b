import type { Instance } from '#domain/estate/instance.ts';
import type { CpuOptions, InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { TermsRule } from '#domain/licenses/requirement.ts';
import type { MachineKind } from '#domain/optimization/kind.ts';
import { ruleEvidence, stated } from '#domain/optimization/kinds/evidence-items.ts';
import { carries, cpusOf, loadOf } from '#domain/optimization/kinds/load.ts';
import { isValidFor } from '#domain/optimization/kinds/optimize-cpus.ts';
import { nameWithoutNumber } from '#domain/optimization/kinds/sql-servers.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { EvidenceItem, Setup } from '#domain/optimization/recommendation.ts';
import { scopeKey } from '#domain/scope.ts';
import { tagValue } from '#domain/software/resource-marks.ts';

export const RESIZE_RESETS: TermsRule = {
  id: 'aws/cpu-options/resize',
  text: 'Another instance type brings its own default CPU options: those that were set are lost.',
  source: 'EC2 User Guide, Rules for specifying CPU options',
  asOf: '2026-02',
  confidence: 'primary',
};

/** EC2 writes these itself; nobody else can write a tag that starts like this. */
const TEMPLATE_ID = 'aws:ec2launchtemplate:id';
const TEMPLATE_VERSION = 'aws:ec2launchtemplate:version';

/** So many instances like it have to agree. */
const LEAST_SISTERS = 2;

/** The CPU options that an instance should have, and what says so. */
interface Meant {
  readonly options: CpuOptions;
  readonly evidence: EvidenceItem;
}

/**
 * Back to the CPU options that were set once: by the launch template that the instance was launched
 * from, or as at least two others have them that are like it and agree. A name alone says nothing.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-cpu-options-rules.html
 */
export function cpuOptionsLost(shards: readonly InventoryShard[]): MachineKind {
  const byScope = new Map(shards.map((shard) => [scopeKey(shard), shard]));
  return {
    kind: 'cpu-options-lost',
    changes(machine, setup, context) {
      const meant = meantFor(machine, setup, byScope.get(scopeKey(machine.scope)));
      const load = loadOf(machine, context);
      if (meant === null || (load !== null && !carries(load, machine.type, meant.options)))
        return [];
      return [
        {
          kind: 'cpu-options-lost',
          to: { ...setup, cpuOptions: meant.options },
          evidence: [
            meant.evidence,
            ...(load?.evidence ?? []),
            ruleEvidence('resize', RESIZE_RESETS),
          ],
          gate: [],
          risk: load === null ? 'medium' : 'low',
          effort: 'restart',
          ownerMustValidate: false,
        },
      ];
    },
  };
}

/** `null` where nothing says that a machine with every vCPU on should have fewer, or the type takes no such options. */
function meantFor(
  { instance, type }: Machine,
  setup: Setup,
  shard: InventoryShard | undefined,
): Meant | null {
  const asSold = setup.instanceType === type.name && isDefault(setup.cpuOptions, type);
  if (shard === undefined || !setup.running || !asSold) return null;
  const meant = meantByTemplate(instance, shard) ?? meantBySisters(instance, shard);
  const fewer = meant !== null && vcpusOf(meant.options) < type.defaultVcpus;
  return fewer && isValidFor(meant.options, type) ? meant : null;
}

function isDefault(options: CpuOptions | null, type: InstanceType): boolean {
  return isSame(cpusOf(type, options), cpusOf(type, null));
}

/** Of the template's version that the instance was launched from, where that is the one that is known. */
function meantByTemplate({ tags }: Instance, { launchTemplates }: InventoryShard): Meant | null {
  const id = tagValue(tags, TEMPLATE_ID);
  const version = tagValue(tags, TEMPLATE_VERSION);
  const template = launchTemplates.find(
    (one) => one.launchTemplateId === id && String(one.version) === version,
  );
  if (template === undefined || template.cpuOptions === null) return null;
  const { launchTemplateId, cpuOptions } = template;
  return {
    options: cpuOptions,
    evidence: stated('launch-templates', 'cpu-options-of', launchTemplateId),
  };
}

/** Of instances with the same type and image that were launched or named like it: all of them, and they agree. */
function meantBySisters(instance: Instance, { instances }: InventoryShard): Meant | null {
  const series = seriesOf(instance);
  if (series === null) return null;
  const sisters = instances.filter(
    (other) =>
      other.instanceId !== instance.instanceId &&
      other.instanceType === instance.instanceType &&
      other.imageId === instance.imageId &&
      seriesOf(other) === series,
  );
  const options = sisters[0]?.cpuOptions ?? null;
  const agree =
    options !== null &&
    sisters.length >= LEAST_SISTERS &&
    sisters.every(({ cpuOptions }) => cpuOptions !== null && isSame(cpuOptions, options));
  if (!agree) return null;
  return {
    options,
    evidence: stated('instances', 'cpu-options-alike', sisters.length, 'instance'),
  };
}

/** The launch template that it came from, else the name that it shares but for its number. */
function seriesOf({ tags, name }: Instance): string | null {
  const template = tagValue(tags, TEMPLATE_ID);
  return template ?? nameWithoutNumber(name);
}

function isSame(one: CpuOptions, other: CpuOptions): boolean {
  return one.coreCount === other.coreCount && one.threadsPerCore === other.threadsPerCore;
}

function vcpusOf({ coreCount, threadsPerCore }: CpuOptions): number {
  return coreCount * threadsPerCore;
}
