import type { HostFamilyFacts } from './facts.ts';

/*
 * Dedicated Hosts, a family a line: sockets, physical cores, price of an hour in millionths of a US dollar
 * (us-east-1), and how many instances of each size an empty host takes. m5.8xlarge fits twice, not three
 * times, because an instance does not straddle sockets. The price is an estimate (1.1 times the largest
 * size's On-Demand price). Left out: m7i, c7i and r7i, whose published cores and capacities disagree, and
 * t3 and m7g, which have no published price to estimate from.
 *
 * Sources: AWS Price List, 2019-09-20; a community transcription of AWS's page "Dedicated Host
 * configurations", 2025-01-20. The two agree in every family that both list.
 */
const FAMILIES = `
c5     2  36  3366000  large:36 xlarge:18 2xlarge:8 4xlarge:4 9xlarge:2 18xlarge:1
c6a    2  96  8078000  large:96 xlarge:48 2xlarge:24 4xlarge:12 8xlarge:6 12xlarge:4 16xlarge:3 24xlarge:2 32xlarge:1 48xlarge:1 metal:1
c6i    2  64  5984000  large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 12xlarge:2 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
i3     2  36  5491000  large:32 xlarge:16 2xlarge:8 4xlarge:4 8xlarge:2 16xlarge:1 metal:1
i3en   2  48  11933000 large:48 xlarge:24 2xlarge:12 3xlarge:8 6xlarge:4 12xlarge:2 24xlarge:1 metal:1
i4i    2  64  12081000 large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 16xlarge:2 32xlarge:1
m4     2  24  2200000  large:22 xlarge:11 2xlarge:5 4xlarge:2 10xlarge:1
m5     2  48  5069000  large:48 xlarge:24 2xlarge:12 4xlarge:6 8xlarge:2 12xlarge:2 16xlarge:1 24xlarge:1 metal:1
m6a    2  96  9124000  large:96 xlarge:48 2xlarge:24 4xlarge:12 8xlarge:6 12xlarge:4 16xlarge:3 24xlarge:2 32xlarge:1 48xlarge:1 metal:1
m6i    2  64  6758000  large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 12xlarge:2 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
r4     2  36  4682000  large:32 xlarge:16 2xlarge:8 4xlarge:4 8xlarge:2 16xlarge:1
r5     2  48  6653000  large:48 xlarge:24 2xlarge:12 4xlarge:6 8xlarge:2 12xlarge:2 16xlarge:1 24xlarge:1 metal:1
r5b    2  48  7867000  large:48 xlarge:24 2xlarge:12 4xlarge:6 8xlarge:2 12xlarge:2 16xlarge:1 24xlarge:1 metal:1
r6a    2  96  11975000 large:96 xlarge:48 2xlarge:24 4xlarge:12 8xlarge:6 12xlarge:4 16xlarge:3 24xlarge:2 32xlarge:1 48xlarge:1 metal:1
r6i    2  64  8870000  large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 12xlarge:2 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
r7a    2  192 16067000 medium:192 large:96 xlarge:48 2xlarge:24 4xlarge:12 8xlarge:6 12xlarge:4 16xlarge:3 24xlarge:2 32xlarge:1 48xlarge:1 metal-48xl:1
r7iz   2  64  14404000 large:64 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 12xlarge:2 metal-16xl:2 metal-32xl:1
x1e    4  72  29357000 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:4 16xlarge:2 32xlarge:1
x2idn  2  64  14672000 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
x2iedn 2  64  29344000 xlarge:32 2xlarge:16 4xlarge:8 8xlarge:2 16xlarge:2 24xlarge:1 32xlarge:1 metal:1
z1d    2  24  4910000  large:24 xlarge:12 2xlarge:6 3xlarge:4 6xlarge:2 12xlarge:1
`;

/** The Dedicated Host families of the sandbox, by family name. */
export const HOST_FAMILIES: ReadonlyMap<string, HostFamilyFacts> = new Map(
  FAMILIES.trim()
    .split('\n')
    .map(hostFamily)
    .map((facts) => [facts.family, facts]),
);

function hostFamily(line: string): HostFamilyFacts {
  const [family = '', sockets, cores, micros, ...sizes] = line.split(/\s+/);
  return {
    family,
    sockets: Number(sockets),
    cores: Number(cores),
    hourlyUsdMicros: Number(micros),
    capacity: Object.fromEntries(
      sizes.map((column) => {
        const [size = '', count] = column.split(':');
        return [size, Number(count)];
      }),
    ),
  };
}
