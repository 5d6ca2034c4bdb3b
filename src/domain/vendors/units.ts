import type { Compute } from '#domain/estate/deployment.ts';
import type { TermSwitches } from '#domain/licenses/license-terms.ts';
import type { Answer } from '#domain/vendors/term-alternatives.ts';

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
  // Plus 0, because nothing rounded up is -0.
  return Math.ceil(units - 1e-6) + 0;
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

type Question =
  | 'oracleHonorsCpuOptions'
  | 'ibmVcpusPerCore'
  | 'ibmSubCapacityReported'
  | 'ibmHostCoreCap'
  | 'linuxUnlimitedOnHost';

/** Both answers to each question. */
const ANSWERS: Readonly<Record<Question, readonly [Answer, Answer]>> = {
  oracleHonorsCpuOptions: noOrYes('oracleHonorsCpuOptions'),
  ibmVcpusPerCore: [
    { switch: 'ibmVcpusPerCore', setting: '1', switches: { ibmVcpusPerCore: 1 } },
    { switch: 'ibmVcpusPerCore', setting: '2', switches: { ibmVcpusPerCore: 2 } },
  ],
  ibmSubCapacityReported: noOrYes('ibmSubCapacityReported'),
  ibmHostCoreCap: noOrYes('ibmHostCoreCap'),
  linuxUnlimitedOnHost: noOrYes('linuxUnlimitedOnHost'),
};

/** The other answer to a question that has two. */
export function otherAnswer(terms: TermSwitches, question: Question): Answer {
  const [one, other] = ANSWERS[question];
  return one.switches[question] === terms[question] ? other : one;
}

function noOrYes(question: Exclude<Question, 'ibmVcpusPerCore'>): readonly [Answer, Answer] {
  return [
    { switch: question, setting: 'false', switches: { [question]: false } },
    { switch: question, setting: 'true', switches: { [question]: true } },
  ];
}
