import type { InstanceTypeFacts } from './facts.ts';
import { hourlyPrices } from './instance-prices.ts';

/*
 * The instance types that a Windows, SQL Server, Oracle, SAP and Linux estate uses, a family a line.
 *
 * Columns: threads a core; GiB of memory a vCPU; millionths of a US dollar a vCPU-hour (Linux, On-Demand,
 * us-east-1); generation; whether AWS offers the family on Dedicated Hosts; its sizes. A size's vCPUs
 * follow from its name. `2xlarge=2-8/2` takes 2, 4, 6 or 8 cores in CPU options; `metal@96*1.1` has 96
 * vCPUs and costs 1.1 times the price a vCPU; `!` marks a size without Dedicated Hosts in a family with them.
 *
 * Specifications: getmoto/moto ec2/resources/instance_types.json (Apache-2.0), 2026-08-02.
 * Linux prices: aws/karpenter-provider-aws zz_generated.pricing_aws.go (Apache-2.0), 2026-07-20.
 */
const FAMILIES = `
c5     x86_64 2  2     42500  previous yes  large=1 xlarge=2 2xlarge=2,4 4xlarge=2-8/2 9xlarge=2-18/2 12xlarge=2-24/2 18xlarge=4-36/2 24xlarge=2-48/2! metal@96!
c5a    x86_64 2  2     38500  current  no   large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-4,8 8xlarge=1-4,8-16/4 12xlarge=1-4,8-24/4 16xlarge=1-4,8-32/4 24xlarge=1-4,8-48/4
c6a    x86_64 2  2     38250  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=4-16/2 12xlarge=1-8,16,24 16xlarge=4-16/2,32 24xlarge=4-16/2,32,48 32xlarge=8-32/4,64 48xlarge=8-32/4,64,96 metal@192
c6i    x86_64 2  2     42500  current  yes  large=1 xlarge=1,2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=2-16/2 12xlarge=2-24/2 16xlarge=2-32/2 24xlarge=2-48/2 32xlarge=2-64/2 metal@128
c7i    x86_64 2  2     44625  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=1-16 12xlarge=1-24 16xlarge=1-32 24xlarge=1-48! metal-24xl@96*1.1! 48xlarge=4-96/2! metal-48xl@192
i3     x86_64 2  7.625 78000  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=1-16 16xlarge=2-32/2
i3en   x86_64 2  8     113000 current  yes  large=1 xlarge=1,2 2xlarge=2,4 3xlarge=2-6/2 6xlarge=2-12/2 12xlarge=2-24/2 24xlarge=2-48/2 metal@96
i4i    x86_64 2  8     85800  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=1-16 12xlarge=1-24! 16xlarge=2-32/2 24xlarge=2-48/2! 32xlarge=2-64/2 metal@128
m4     x86_64 2  4     50000  previous yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 10xlarge=2-20/2 16xlarge=2-32/2!
m5     x86_64 2  4     48000  previous yes  large=1 xlarge=2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=2-16/2 12xlarge=2-24/2 16xlarge=2-32/2 24xlarge=4-48/2 metal@96
m5a    x86_64 2  4     43000  current  no   large=1 xlarge=2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=4-16/2 12xlarge=6-24/6 16xlarge=8-32/2 24xlarge=12-24/6,36,48
m6a    x86_64 2  4     43200  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=4-16/2 12xlarge=1-8,16,24 16xlarge=4-16/2,32 24xlarge=4-16/2,32,48 32xlarge=8-32/4,64 48xlarge=8-32/4,64,96 metal@192
m6i    x86_64 2  4     48000  previous yes  large=1 xlarge=1,2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=2-16/2 12xlarge=2-24/2 16xlarge=2-32/2 24xlarge=2-48/2 32xlarge=2-64/2 metal@128
m7g    arm64  1  4     40800  current  yes  medium large=1,2 xlarge=1-4 2xlarge=1-8 4xlarge=1-16 8xlarge=1-32 12xlarge=1-48 16xlarge=1-64 metal@64
m7i    x86_64 2  4     50400  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=1-16 12xlarge=1-24 16xlarge=1-32 24xlarge=1-48! metal-24xl@96*1.1! 48xlarge=4-96/2! metal-48xl@192
r4     x86_64 2  7.625 66500  previous yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=1-16 16xlarge=2-32/2
r5     x86_64 2  8     63000  previous yes  large=1 xlarge=2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=2-16/2 12xlarge=2-24/2 16xlarge=2-32/2 24xlarge=4-48/2 metal@96
r5a    x86_64 2  8     56500  current  no   large=1 xlarge=2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=4-16/2 12xlarge=6-24/6 16xlarge=8-32/2 24xlarge=12-24/6,36,48
r5b    x86_64 2  8     74500  current  yes  large=1 xlarge=1,2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=2-16/2 12xlarge=2-24/2 16xlarge=2-32/2 24xlarge=2-48/2 metal@96*1.1
r6a    x86_64 2  8     56700  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=4-16/2 12xlarge=1-8,16,24 16xlarge=4-16/2,32 24xlarge=4-16/2,32,48 32xlarge=8-32/4,64 48xlarge=8-32/4,64,96 metal@192
r6i    x86_64 2  8     63000  previous yes  large=1 xlarge=1,2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=2-16/2 12xlarge=2-24/2 16xlarge=2-32/2 24xlarge=2-48/2 32xlarge=2-64/2 metal@128
r7a    x86_64 1  8     76075  current  yes  medium large=1,2 xlarge=1-4 2xlarge=1-8 4xlarge=1,2-16/2 8xlarge=1-4,8-32/4 12xlarge=1-6,12-48/6 16xlarge=1-8,16-64/8 24xlarge=1-12,24-96/12 32xlarge=4-16/2,32-128/16 48xlarge=4-24/2,48-192/24 metal-48xl@192
r7i    x86_64 2  8     66150  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=1-16 12xlarge=1-24 16xlarge=1-32 24xlarge=1-48 metal-24xl@96*1.1! 48xlarge=4-96/2! metal-48xl@192
r7iz   x86_64 2  8     93000  current  yes  large=1 xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=1-16 12xlarge=1-24 16xlarge=1-32! metal-16xl@64*1.1 32xlarge=4-64/2! metal-32xl@128*1.1
t3     x86_64 2  4     41600  current  yes  nano=1 micro=1 small=1 medium=1 large=1 xlarge=2 2xlarge=2,4
t3a    x86_64 2  4     37600  current  no   nano=1 micro=1 small=1 medium=1 large=1 xlarge=2 2xlarge=2,4
x1e    x86_64 2  30.5  208500 current  yes  xlarge=1,2 2xlarge=1-4 4xlarge=1-8 8xlarge=1-16 16xlarge=2-32/2 32xlarge=4-64/4
x2idn  x86_64 2  16    104203 current  yes  16xlarge=2-32/2 24xlarge=2-48/2 32xlarge=2-64/2 metal@128
x2iedn x86_64 2  32    208406 current  yes  xlarge=1,2 2xlarge=2,4 4xlarge=2-8/2 8xlarge=2-16/2 16xlarge=2-32/2 24xlarge=2-48/2 32xlarge=2-64/2 metal@128
z1d    x86_64 2  8     93000  current  yes  large=1 xlarge=1,2 2xlarge=2,4 3xlarge=2-6/2 6xlarge=2-12/2 12xlarge=4-24/2 metal@48
`;

/** A burstable size below `large` has the vCPUs of `large`, but only this part of its memory and price. */
const BURSTABLE_SHARE: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
};

/** The instance types of the sandbox, by name. */
export const INSTANCE_TYPES: ReadonlyMap<string, InstanceTypeFacts> = new Map(
  FAMILIES.trim()
    .split('\n')
    .flatMap(typesOfFamily)
    .map((facts) => [facts.name, facts]),
);

function typesOfFamily(line: string): InstanceTypeFacts[] {
  const [family = '', arch, threads, gib, micros, generation, hosts, ...sizes] = line.split(/\s+/);
  const threadsPerCore = Number(threads);
  const burstable = family.startsWith('t');

  return sizes.map((column) => {
    const { size, vcpus, validCores, bareMetal, priceFactor } = readSize(column, threadsPerCore);
    const share = burstable ? (BURSTABLE_SHARE[size] ?? 1) : 1;
    const architecture = arch === 'arm64' ? 'arm64' : 'x86_64';
    const linuxMicros = Math.round(vcpus * Number(micros) * share * priceFactor);
    return {
      name: `${family}.${size}`,
      family,
      size,
      vcpus,
      cores: vcpus / threadsPerCore,
      threadsPerCore,
      validCores,
      validThreadsPerCore: validCores.length === 0 ? [] : range(1, threadsPerCore, 1),
      memoryMib: vcpus * Number(gib) * share * 1024,
      architecture,
      bareMetal,
      burstable,
      currentGeneration: generation === 'current',
      dedicatedHosts: hosts === 'yes' && !column.endsWith('!'),
      hourlyUsdMicros: hourlyPrices(linuxMicros, { vcpus, size, burstable, architecture }),
    };
  });
}

interface Size {
  readonly size: string;
  readonly vcpus: number;
  readonly validCores: readonly number[];
  readonly bareMetal: boolean;
  readonly priceFactor: number;
}

function readSize(column: string, threadsPerCore: number): Size {
  const [name = '', cores = ''] = column.replace('!', '').split('=');
  const [size = '', metal] = name.split('@');
  if (metal === undefined) {
    const vcpus = vcpusOf(size, threadsPerCore);
    return { size, vcpus, validCores: coreCounts(cores), bareMetal: false, priceFactor: 1 };
  }
  const [vcpus, priceFactor = '1'] = metal.split('*');
  return {
    size,
    vcpus: Number(vcpus),
    validCores: [],
    bareMetal: true,
    priceFactor: Number(priceFactor),
  };
}

/** `large` has 2 vCPUs, `xlarge` 4, `12xlarge` 48; a smaller size has one core. */
function vcpusOf(size: string, threadsPerCore: number): number {
  if (size === 'large') return 2;
  if (size.endsWith('xlarge')) return 4 * Number(size.slice(0, -'xlarge'.length) || 1);
  return threadsPerCore;
}

/** `1-4,8-16/4` is 1, 2, 3, 4, 8, 12 and 16. */
function coreCounts(column: string): number[] {
  if (column === '') return [];
  return column.split(',').flatMap((part) => {
    const [ends = '', step = '1'] = part.split('/');
    const [first = '', last = first] = ends.split('-');
    return range(Number(first), Number(last), Number(step));
  });
}

function range(first: number, last: number, step: number): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}
