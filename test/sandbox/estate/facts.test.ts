import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOST_FAMILIES } from '../../../sandbox/aws/ec2/host-families.ts';
import { INSTANCE_TYPES } from '../../../sandbox/aws/ec2/instance-types.ts';

const SOURCE = new URL('../../../../shared/data/aws/', import.meta.url);
const sourceMissing = !existsSync(SOURCE);
if (sourceMissing) {
  // biome-ignore lint/suspicious/noConsole: a skipped comparison has to be seen
  console.warn('Skipped: the fact tables are not compared with their source, ../shared/data.');
}

describe('INSTANCE_TYPES', () => {
  it('holds a few hundred types', () => {
    expect(INSTANCE_TYPES.size).toBeGreaterThan(200);
  });

  it.each([
    ['m5.xlarge', { vcpus: 4, cores: 2, validCores: [2], validThreadsPerCore: [1, 2] }],
    ['r6i.2xlarge', { vcpus: 8, cores: 4, validCores: [2, 4], memoryMib: 65_536 }],
    ['r7a.4xlarge', { vcpus: 16, cores: 16, threadsPerCore: 1, validThreadsPerCore: [1] }],
    ['m5.metal', { vcpus: 96, bareMetal: true, validCores: [], validThreadsPerCore: [] }],
    ['t3.small', { vcpus: 2, cores: 1, burstable: true, memoryMib: 2_048 }],
    [
      'm7g.medium',
      { vcpus: 1, cores: 1, architecture: 'arm64', hourlyUsdMicros: { linux: 40_800 } },
    ],
    ['r5a.large', { dedicatedHosts: false }],
    ['c5.24xlarge', { dedicatedHosts: false }],
  ])('knows %s', (name, facts) => {
    expect(INSTANCE_TYPES.get(name)).toMatchObject(facts);
  });

  it('offers every default as a valid choice of CPU options', () => {
    for (const type of INSTANCE_TYPES.values()) {
      if (type.validCores.length === 0) continue;
      expect(type.validCores, type.name).toContain(type.cores);
      expect(type.validThreadsPerCore, type.name).toContain(type.threadsPerCore);
    }
  });

  it.skipIf(sourceMissing)('says what its source says', () => {
    const rows = csv('ec2_instance_types_us-east-1.csv');
    const families = new Set([...INSTANCE_TYPES.values()].map(({ family }) => family));
    const known = rows.filter((row) => families.has(row['family'] ?? ''));

    expect(known).toHaveLength(INSTANCE_TYPES.size);
    for (const row of known) {
      const name = row['instance_type'] ?? '';
      const type = INSTANCE_TYPES.get(name);
      expect(
        {
          vcpus: type?.vcpus,
          cores: type?.cores,
          memoryGib: (type?.memoryMib ?? 0) / 1024,
          architecture: type?.architecture,
          dedicatedHosts: type?.dedicatedHosts,
          currentGeneration: type?.currentGeneration,
          burstable: type?.burstable,
          bareMetal: type?.bareMetal,
          validCores: type?.validCores,
          validThreadsPerCore: type?.validThreadsPerCore,
        },
        name,
      ).toEqual({
        vcpus: Number(row['vcpu']),
        cores: Number(row['cores']),
        memoryGib: Number(row['memory_gib']),
        architecture: row['arch'],
        dedicatedHosts: row['dedicated_host_supported'] === 'Y',
        currentGeneration: row['current_gen'] === 'Y',
        burstable: row['burstable'] === 'Y',
        bareMetal: row['bare_metal'] === 'Y',
        validCores: counts(row['valid_cores']),
        validThreadsPerCore: counts(row['valid_threads_per_core']),
      });
    }
  });

  it.skipIf(sourceMissing)('prices as its source does, to a tenth of a cent', () => {
    for (const row of csv('ec2_instance_types_us-east-1.csv')) {
      const prices = INSTANCE_TYPES.get(row['instance_type'] ?? '')?.hourlyUsdMicros;
      if (prices === undefined) continue;
      const published = [
        [prices.linux, row['linux_usd_hr']],
        [prices.windows, row['windows_usd_hr']],
        [prices.sqlWeb, row['windows_sql_web_usd_hr']],
        [prices.sqlStandard, row['windows_sql_std_usd_hr']],
        [prices.sqlEnterprise, row['windows_sql_ent_usd_hr']],
      ] as const;
      for (const [ours, theirs] of published) {
        const micros = Number(theirs) * 1e6;
        expect(Math.abs((ours ?? 0) - micros), row['instance_type']).toBeLessThanOrEqual(1_000);
      }
    }
  });
});

describe('HOST_FAMILIES', () => {
  it('takes only sizes that exist', () => {
    for (const { family, capacity } of HOST_FAMILIES.values()) {
      for (const size of Object.keys(capacity)) {
        const name = `${family}.${size}`;
        // The types' source lacks i3.metal, which the hosts' source lists.
        if (name !== 'i3.metal') expect(INSTANCE_TYPES.has(name), name).toBe(true);
      }
    }
  });

  it('has room for no more than its physical cores', () => {
    for (const { family, cores, capacity } of HOST_FAMILIES.values()) {
      for (const [size, count] of Object.entries(capacity)) {
        const type = INSTANCE_TYPES.get(`${family}.${size}`);
        expect(count * (type?.cores ?? 0), `${family}.${size}`).toBeLessThanOrEqual(cores);
      }
    }
  });

  it.skipIf(sourceMissing)('says what its source says', () => {
    const rows = new Map(csv('dedicated_hosts.csv').map((row) => [row['family'], row]));
    for (const { family, sockets, cores, hourlyUsdMicros, capacity } of HOST_FAMILIES.values()) {
      const row = rows.get(family);
      expect(row?.['flag'], family).toBe('');
      expect({ sockets, cores, hourlyUsdMicros, capacity }, family).toEqual({
        sockets: Number(row?.['sockets_community']),
        cores: Number(row?.['physical_cores']),
        hourlyUsdMicros: Math.round(Number(row?.['host_usd_hr_est_us-east-1']) * 1e6),
        capacity: JSON.parse(row?.['instance_capacity_json'] ?? '{}'),
      });
    }
  });
});

/** Rows of a CSV file of the source, by column name. Fields may be quoted, with `""` for a quote. */
function csv(name: string): Record<string, string>[] {
  const lines = readFileSync(new URL(name, SOURCE), 'utf8').trim().split(/\r?\n/);
  const [header = [], ...rows] = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    ),
  );
  return rows.map((row) => Object.fromEntries(header.map((key, index) => [key, row[index] ?? ''])));
}

/** `1;2`, `2-8:2` and the like, as the source writes core counts. */
function counts(column = ''): number[] {
  if (column === '') return [];
  return column.split(';').flatMap((part) => {
    const [ends = '', step = '1'] = part.split(':');
    const [first = '', last = first] = ends.split('-');
    const all: number[] = [];
    for (let count = Number(first); count <= Number(last); count += Number(step)) all.push(count);
    return all;
  });
}
