import type { Utilization } from '#domain/estate/evidence.ts';
import { DAY_MS } from '#domain/instant.ts';
import type { Change, KindContext, MachineKind } from '#domain/optimization/kind.ts';
import { stated } from '#domain/optimization/kinds/evidence-items.ts';
import { isOld, isReplica } from '#domain/optimization/kinds/load.ts';
import type { Machine, MachineEvidence } from '#domain/optimization/machine.ts';
import type { EvidenceItem, Setup } from '#domain/optimization/recommendation.ts';

/**
 * A machine that does nothing is stopped; one that has been stopped for long gives up the products whose
 * vendors count what is installed. Where stopped machines do not count, there is nothing to save.
 */
export const idle: MachineKind = {
  kind: 'idle',
  changes(machine, setup, context) {
    if (!machine.setup.running) return uninstalled(machine, setup, context);
    const { utilization } = machine.evidence;
    if (!setup.running || utilization === null || !isIdle(machine, utilization, context)) return [];
    const evidence = [...idleEvidence(utilization), ...adviceEvidence(machine.evidence)];
    return [ended(machine, { ...setup, running: false }, evidence)];
  },
};

function isIdle(machine: Machine, { cpu, days, asOf }: Utilization, context: KindContext): boolean {
  const { idleCpuPercent, leastDays } = context.settings;
  return (
    cpu.p995 < idleCpuPercent && days >= leastDays && !isOld(asOf, context) && !isReplica(machine)
  );
}

function uninstalled(machine: Machine, setup: Setup, context: KindContext): readonly Change[] {
  const { stoppedAt } = machine.instance;
  const { now, settings } = context;
  const days = stoppedAt === null ? 0 : (now.getTime() - stoppedAt.getTime()) / DAY_MS;
  if (setup.running || days < settings.leastDays) return [];
  const counted = setup.products.filter(({ product, licensing }) => {
    const units = licensing === 'byol' ? context.requiredUnits(machine, setup, product) : null;
    return (units ?? 0) > 0;
  });
  if (counted.length === 0) return [];
  const products = setup.products.filter((one) => !counted.includes(one));
  return [
    ended(machine, { ...setup, products }, [
      stated('instances', 'stopped-days', Math.floor(days), 'day'),
      ...counted.map(({ product }) => stated('position', 'counted-while-stopped', product)),
    ]),
  ];
}

function ended({ environment }: Machine, to: Setup, evidence: readonly EvidenceItem[]): Change {
  return {
    kind: 'idle',
    to,
    evidence,
    gate: [],
    risk: environment === 'non-production' ? 'low' : 'medium',
    effort: 'decision',
    ownerMustValidate: true,
  };
}

function idleEvidence({ cpu, days, lookBackDays, asOf }: Utilization): readonly EvidenceItem[] {
  const measured = { source: 'utilization', lookBackDays, asOf };
  return [
    { ...measured, measure: 'cpu-p995', value: cpu.p995, unit: 'percent' },
    { ...measured, measure: 'cpu-maximum', value: cpu.maximum, unit: 'percent' },
    { ...measured, measure: 'days-measured', value: days, unit: 'day' },
  ];
}

/** Where AWS says the same. */
function adviceEvidence({ rightsizing, hub }: MachineEvidence): readonly EvidenceItem[] {
  const said = { measure: 'recommended-action', unit: null };
  const ends = hub !== null && (hub.action === 'Stop' || hub.action === 'Delete');
  return [
    ...(rightsizing?.action === 'terminate'
      ? [{ ...said, source: 'cost-explorer', value: 'terminate', ...timesOf(rightsizing) }]
      : []),
    ...(ends
      ? [{ ...said, source: 'cost-optimization-hub', value: hub.action, ...timesOf(hub) }]
      : []),
  ];
}

function timesOf({ lookBackDays, asOf }: Pick<EvidenceItem, 'lookBackDays' | 'asOf'>) {
  return { lookBackDays, asOf };
}
