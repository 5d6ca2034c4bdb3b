import { type InstanceType, instanceFamily } from '#domain/estate/instance-type.ts';
import { remember, rememberPairs } from '#domain/software/remember.ts';

/** What the name of a family tells: `r6id` is class r, generation 6, with a local disk. */
export interface FamilyName {
  readonly class: string;
  readonly generation: number;
  /** Letters after the generation: maker of the processor, local disks, network … */
  readonly attributes: string;
}

/** `null` for names of another make, such as `u-6tb1`. */
export function parseFamily(family: string): FamilyName | null {
  const [, letters = '', generation = '', attributes = ''] =
    /^([a-z]+)(\d+)([a-z]*)(?:-flex)?$/.exec(family) ?? [];
  return letters === '' ? null : { class: letters, generation: Number(generation), attributes };
}

/**
 * The share of its vCPUs that a type sustains, by size. T3 earns its credits by these baselines; a flex
 * type has 40 percent at any time, and more most of the time.
 *
 * @see EC2 User Guide, Key concepts for burstable performance instances; Flex instances (2026)
 */
const T3_BASELINES: ReadonlyMap<string, number> = new Map([
  ['nano', 0.05],
  ['micro', 0.1],
  ['small', 0.2],
  ['medium', 0.2],
  ['large', 0.3],
  ['xlarge', 0.4],
  ['2xlarge', 0.4],
]);
const FLEX_BASELINE = 0.4;
/** Of T2 and whatever T comes after T3: the least of all. */
const OTHER_BASELINE = 0.05;

/** 1, but for types that share their processors. */
export const sustainedShare = remember((instanceType: string): number => {
  if (instanceFamily(instanceType).endsWith('-flex')) return FLEX_BASELINE;
  if (!isBurstable(instanceType)) return 1;
  const [family = '', size = ''] = instanceType.split('.');
  const baselines = family.startsWith('t3') || family === 't4g' ? T3_BASELINES : null;
  return baselines?.get(size) ?? OTHER_BASELINE;
});

export function isBurstable(instanceType: string): boolean {
  return /^t\d/.test(instanceType);
}

/** True for burstable and flex types: no place for a database whose licenses are paid by the vCPU. */
export function sharesProcessors(instanceType: string): boolean {
  return sustainedShare(instanceType) < 1;
}

/**
 * Families that run on Xen: moving to Nitro takes drivers in the machine, which nobody here can see.
 *
 * @see EC2 User Guide, Instances built on the AWS Nitro System (2026)
 */
const XEN: ReadonlySet<string> = new Set(
  'm1 m2 m3 m4 t1 t2 c1 c3 c4 cc2 cr1 r3 r4 x1 x1e d2 h1 hs1 i2 i3 f1 g2 g3 g3s p2 p3'.split(' '),
);

/** Families with disks of their own that no letter tells of. */
const WITH_DISKS = /^(?:[dhifgp]|is|im|gr|dl|vt|trn)\d|^(?:m[123]|c[13]|r3|x1e?)$/;

/** Whether stopping loses data: the type has, or may have, disks in the machine. */
export function hasLocalDisks(instanceType: string): boolean {
  const family = instanceFamily(instanceType);
  const name = parseFamily(family);
  return name === null || name.attributes.includes('d') || WITH_DISKS.test(family);
}

/** What the letters promise beside the processor: bandwidth (n, b), clock speed (z), memory (e). */
const PROMISES = ['n', 'b', 'z', 'e'];

/** General, compute and memory classes from the fifth generation on; of x from the second. */
const OLDEST: ReadonlyMap<string, number> = new Map([
  ['c', 5],
  ['m', 5],
  ['r', 5],
  ['x', 2],
]);

/**
 * Whether a family may take the place of another, as far as their names say: of a current generation,
 * on the same hypervisor, without local disks on either side, and with what the other's letters promise.
 */
export const mayReplace = rememberPairs((family: string, other: string): boolean => {
  const name = parseFamily(family);
  const replaced = parseFamily(other);
  if (name === null || replaced === null || family === other) return false;
  const oldest = OLDEST.get(name.class) ?? Number.POSITIVE_INFINITY;
  return (
    name.generation >= oldest &&
    !XEN.has(other) &&
    !hasLocalDisks(family) &&
    !hasLocalDisks(other) &&
    PROMISES.every(
      (letter) => !replaced.attributes.includes(letter) || name.attributes.includes(letter),
    )
  );
});

const SIZES = new WeakMap<
  ReadonlyMap<string, InstanceType>,
  ReadonlyMap<string, readonly InstanceType[]>
>();

/** Types by family, smallest first, without bare metal. Types never change, so each map is sorted once. */
export function sizesByFamily(
  types: ReadonlyMap<string, InstanceType>,
): ReadonlyMap<string, readonly InstanceType[]> {
  const known = SIZES.get(types);
  if (known !== undefined) return known;
  const virtual = [...types.values()]
    .filter(({ bareMetal }) => !bareMetal)
    .toSorted((a, b) => a.defaultVcpus - b.defaultVcpus || a.memoryMib - b.memoryMib);
  const sizes = Map.groupBy(virtual, ({ name }) => instanceFamily(name));
  SIZES.set(types, sizes);
  return sizes;
}
