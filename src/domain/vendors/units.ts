import type { Compute } from '#domain/deployment.ts';
import type { TermSwitches } from '#domain/license-terms.ts';
import type { Alternative } from '#domain/requirement.ts';

/** What a vendor does with a quantity before it is licenses. */
export interface Conversion {
  /** Licenses for each unit of the quantity. */
  readonly factor?: number;
  /** The least that counts, after `factor`. */
  readonly minimum?: number;
  /** How many of these one license covers. */
  readonly per?: number;
}

/** `max(minimum, quantity x factor) / per`: the one formula of all vendors, before rounding. */
export function convert(
  quantity: number,
  { factor = 1, minimum = 0, per = 1 }: Conversion,
): number {
  return Math.max(minimum, quantity * factor) / per;
}

/** The same in whole licenses, for terms that round up on each machine. */
export function convertWhole(quantity: number, conversion: Conversion): number {
  return whole(convert(quantity, conversion));
}

/** Rounded up; what sums of fractions are off by does not make another license. */
export function whole(units: number): number {
  return Math.ceil(units - 1e-6);
}

/** Whole licenses when they are sold by so many. */
export function wholePacks(units: number, packSize: number): number {
  return whole(units / packSize) * packSize;
}

/** The sum, or `null` when any of them is not known. */
export function sumKnown(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}

/** Cores that CPU options leave on; of a server without virtual machines all that it has. */
export function coresOf(compute: Compute): number | null {
  const { placement, activeVcpus, activeThreadsPerCore, host } = compute;
  if (activeVcpus !== null) return convertWhole(activeVcpus, { per: activeThreadsPerCore ?? 1 });
  return placement === 'on-premises' ? (host?.cores ?? null) : null;
}

/** The units under the other answer to each question, where it would change them. */
export function alternativesTo(
  units: number | null,
  switches: TermSwitches,
  questions: readonly Question[],
  unitsUnder: (switches: TermSwitches) => number | null,
): readonly Alternative[] {
  return questions.flatMap((question): Alternative[] => {
    const other = otherAnswer(switches, question);
    const otherUnits = unitsUnder({ ...switches, ...other });
    if (otherUnits === null || otherUnits === units) return [];
    return [{ switch: question, setting: String(other[question]), units: otherUnits }];
  });
}

type Question =
  | 'oracleHonorsCpuOptions'
  | 'ibmVcpusPerCore'
  | 'ibmSubCapacityReported'
  | 'ibmHostCoreCap'
  | 'linuxUnlimitedOnHost';

function otherAnswer(switches: TermSwitches, question: Question): Partial<TermSwitches> {
  return question === 'ibmVcpusPerCore'
    ? { [question]: switches[question] === 1 ? 2 : 1 }
    : { [question]: !switches[question] };
}
