import type {
  EvidenceItem,
  GateCheck,
  Recommendation,
  Setup,
  Step,
  Subject,
} from '#domain/optimization/recommendation.ts';
import { KIND_WORDS, TASK_WORDS } from './optimization-words.ts';
import { plainText } from './text-table.ts';
import { wrappedText } from './wrapped-text.ts';

/** All of a recommendation: what it rests on, which conditions it meets, how it is done and undone. */
export function explainedLines(number: number, found: Recommendation): readonly string[] {
  const { id, kind, account, region, subjects, change, evidence, gate, steps, rollback } = found;
  return [
    `${number}  ${KIND_WORDS[kind]}  ${id}  in ${account} ${region}`,
    ...wrapped('About', subjects.map(subjectText).join(', ')),
    ...(change === null
      ? []
      : [...wrapped('Now', setupText(change.from)), ...wrapped('Then', setupText(change.to))]),
    ...(found.ownerMustValidate ? wrapped('First', 'whoever answers for it must look at it') : []),
    ...(found.downtime ? wrapped('Downtime', 'yes: something stands still meanwhile') : []),
    ...evidence.flatMap((item) => wrapped('Evidence', evidenceText(item))),
    ...gate.flatMap((check) => wrapped('Gate', gateText(check))),
    ...steps.flatMap((step) => wrapped('Step', stepText(step, subjects))),
    ...rollback.flatMap((step) => wrapped('Roll back', stepText(step, subjects))),
  ];
}

/** By name; AWS's own things by id as well. */
export function subjectText({ kind, id, name }: Subject): string {
  const isAws = kind === 'instance' || kind === 'host' || kind === 'database';
  if (name === null) return plainText(id);
  return plainText(isAws ? `${id} ${name}` : name);
}

function setupText(setup: Setup): string {
  const { running, instanceType, cpuOptions, tenancy, usageOperation, products } = setup;
  const cpus =
    cpuOptions === null ? '' : ` with ${cpuOptions.coreCount} × ${cpuOptions.threadsPerCore} CPUs`;
  const paid = products.map(
    ({ product, edition, licensing }) =>
      `${edition === null ? product : `${product} ${edition}`} (${licensing})`,
  );
  const state = running ? '' : ', stopped';
  return [`${instanceType}${cpus}, ${tenancy}, ${usageOperation}${state}`, ...paid].join('; ');
}

function evidenceText(item: EvidenceItem): string {
  const { source, measure, value, unit, lookBackDays, asOf } = item;
  const figure = typeof value === 'number' ? value.toLocaleString('en-US') : plainText(value);
  const over = lookBackDays === null ? '' : ` over ${lookBackDays} days`;
  const since = asOf === null ? '' : ` as of ${asOf.toISOString()}`;
  const what = measure.replaceAll('-', ' ');
  return `${what}: ${figure}${unit === null ? '' : ` ${unit}`}${over} (${plainText(source)}${since})`;
}

function gateText({ holds, text, rule, source }: GateCheck): string {
  const answer = holds === null ? 'somebody has to say' : holds ? 'holds' : 'DOES NOT HOLD';
  return `${answer}: ${text} (${rule}, ${source})`;
}

/** What is done, in AWS's words. */
function stepText(step: Step, subjects: readonly Subject[]): string {
  switch (step.do) {
    case 'stop':
      return `StopInstances ${step.instanceId}`;
    case 'start':
      return `StartInstances ${step.instanceId}`;
    case 'resize': {
      const { cpuOptions } = step;
      const cpus =
        cpuOptions === null
          ? ''
          : `, ModifyInstanceCpuOptions to ${cpuOptions.coreCount} × ${cpuOptions.threadsPerCore}`;
      return `ModifyInstanceAttribute ${step.instanceId} to ${step.instanceType}${cpus}`;
    }
    case 'move': {
      const where = step.hostId === null ? '' : ` ${step.hostId}`;
      return `ModifyInstancePlacement ${step.instanceId} to ${step.tenancy}${where}`;
    }
    case 'associate': {
      const changes = [...step.add.map((arn) => `+${arn}`), ...step.remove.map((arn) => `-${arn}`)];
      return `UpdateLicenseSpecificationsForResource ${step.resourceArn} ${changes.join(' ')}`;
    }
    case 'convert':
      return `CreateLicenseConversionTaskForResource ${step.instanceId} from ${step.from} to ${step.to}`;
    case 'allocate-host':
      return `AllocateHosts ${step.instanceFamily} in ${step.availabilityZone} as ${step.ref}`;
    case 'release-host':
      return `ReleaseHosts ${step.hostId}`;
    case 'by-hand': {
      const to = step.to === null ? '' : ` (${plainText(step.to)})`;
      const on = subjects.find(({ id }) => id === step.on)?.name ?? step.on;
      return `By hand: ${TASK_WORDS[step.task]} ${plainText(on)}${to}`;
    }
  }
}

function wrapped(label: string, text: string): readonly string[] {
  return wrappedText(`   ${label.padEnd(11)}`, text);
}
