/** How a Dedicated Host of a family is built, and what an empty one takes. */
export interface HostFamily {
  readonly family: string;
  readonly sockets: number;
  /** Physical cores. */
  readonly cores: number;
  /** How many instances of each size fit on an empty host, by size: `2xlarge`. */
  readonly capacity: ReadonlyMap<string, number>;
}

/*
 * A family a line: sockets, physical cores, capacity by size. m5.8xlarge fits twice, not three times, because
 * an instance does not straddle sockets. Left out: m7i, c7i and r7i, whose published cores and capacities
 * disagree. For hosts that are there DescribeHosts is asked, never this table.
 *
 * Sources: AWS Price List, 2019-09-20; a community transcription of AWS's page "Dedicated Host
 * configurations", 2025-01-20. The two agree in every family that both list.
 */
const FAMILIES = `
c5     2  36  large:36 xlarge:18 2xlarge:8 4xlarge:4 9xlarge:2 18xlarge:1
c6a    2  96  large:96 xlarge:48 2xlarge:24 4xlarge:12 8xlarge:6 12xlarge:4 16xlarge:3 24xlarge:2 32xlarge:1 48xlarge:1 metal:1
c6i    2  64  large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 12xlarge:2 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
i3     2  36  large:32 xlarge:16 2xlarge:8 4xlarge:4 8xlarge:2 16xlarge:1 metal:1
i3en   2  48  large:48 xlarge:24 2xlarge:12 3xlarge:8 6xlarge:4 12xlarge:2 24xlarge:1 metal:1
i4i    2  64  large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 16xlarge:2 32xlarge:1
m4     2  24  large:22 xlarge:11 2xlarge:5 4xlarge:2 10xlarge:1
m5     2  48  large:48 xlarge:24 2xlarge:12 4xlarge:6 8xlarge:2 12xlarge:2 16xlarge:1 24xlarge:1 metal:1
m6a    2  96  large:96 xlarge:48 2xlarge:24 4xlarge:12 8xlarge:6 12xlarge:4 16xlarge:3 24xlarge:2 32xlarge:1 48xlarge:1 metal:1
m6i    2  64  large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 12xlarge:2 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
r4     2  36  large:32 xlarge:16 2xlarge:8 4xlarge:4 8xlarge:2 16xlarge:1
r5     2  48  large:48 xlarge:24 2xlarge:12 4xlarge:6 8xlarge:2 12xlarge:2 16xlarge:1 24xlarge:1 metal:1
r5b    2  48  large:48 xlarge:24 2xlarge:12 4xlarge:6 8xlarge:2 12xlarge:2 16xlarge:1 24xlarge:1 metal:1
r6a    2  96  large:96 xlarge:48 2xlarge:24 4xlarge:12 8xlarge:6 12xlarge:4 16xlarge:3 24xlarge:2 32xlarge:1 48xlarge:1 metal:1
r6i    2  64  large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 12xlarge:2 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
r7a    2  192 medium:192 large:96 xlarge:48 2xlarge:24 4xlarge:12 8xlarge:6 12xlarge:4 16xlarge:3 24xlarge:2 32xlarge:1 48xlarge:1 metal-48xl:1
r7iz   2  64  large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 12xlarge:2 metal-16xl:2 metal-32xl:1
x1e    4  72  xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 16xlarge:2 32xlarge:1
x2idn  2  64  16xlarge:2 24xlarge:1 32xlarge:1 metal:1
x2iedn 2  64  xlarge:32 2xlarge:16 4xlarge:8 8xlarge:2 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
z1d    2  24  large:24 xlarge:12 2xlarge:6 3xlarge:4 6xlarge:2 12xlarge:1
`;

/** Families whose published figures agree with each other, by name. */
export const HOST_FAMILIES: ReadonlyMap<string, HostFamily> = new Map(
  FAMILIES.trim()
    .split('\n')
    .map((line) => hostFamily(line.split(/\s+/)))
    .map((family) => [family.family, family]),
);

function hostFamily([family = '', sockets, cores, ...sizes]: readonly string[]): HostFamily {
  return {
    family,
    sockets: Number(sockets),
    cores: Number(cores),
    capacity: new Map(
      sizes.map((column) => {
        const [size = '', count] = column.split(':');
        return [size, Number(count)];
      }),
    ),
  };
}

/** How sizes share a host: what packs into it, in cores. */
export interface HostPacking {
  /** An instance that is no larger than a compartment stays in one. */
  readonly compartments: { readonly count: number; readonly cores: number };
  /** Cores of each size that can be packed, by size. */
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * The packing that gives the published capacities. A size that it would put on a host more often than
 * published is left out: nothing may be planned that cannot be launched.
 *
 * @param coresOf physical cores of a size of the family; `null`: not known
 */
export function hostPacking(
  { sockets, capacity }: HostFamily,
  coresOf: (size: string) => number | null,
): HostPacking {
  const sizes = [...capacity].flatMap(([size, most]) => {
    const cores = coresOf(size);
    return cores === null || size.startsWith('metal') ? [] : [{ size, cores, most }];
  });
  const usable = Math.max(0, ...sizes.map(({ cores, most }) => cores * most));
  const bySocket = { count: sockets, cores: Math.floor(usable / sockets) };
  const whole = { count: 1, cores: usable };
  const isExact = (compartments: HostPacking['compartments']) =>
    sizes.every(({ cores, most }) => capacityIn(compartments, cores) === most);
  const compartments = isExact(bySocket) || !isExact(whole) ? bySocket : whole;
  const packed = sizes.filter(({ cores, most }) => capacityIn(compartments, cores) <= most);
  return { compartments, sizes: new Map(packed.map(({ size, cores }) => [size, cores])) };
}

/** How many of a size fit; a larger one than a compartment takes an even share of each. */
function capacityIn({ count, cores }: HostPacking['compartments'], size: number): number {
  if (size <= cores) return count * Math.floor(cores / size);
  return Math.floor((count * cores) / size);
}
