import { byolEligibility } from '#domain/vendors/byol-eligibility.ts';
import { microsoftLicenses } from '#domain/vendors/core-licenses.ts';
import { windowsServerRequirement } from '#domain/vendors/windows-server.ts';
import { aDeployment, aServer, onHost, times, underTerms, unitsOf } from '../vendors/deployed.ts';
import type { WorkedExample } from './worked-example.ts';

const REDRESS = 'redresscompliance.com/windows-server-licensing-guide-2026, 2026';
const PHYSICAL = { product: 'windows-server', version: '2019' };

interface Host {
  readonly sockets: number;
  readonly cores: number;
}

/** Cores of one host outside AWS with so many VMs of 4 vCPUs. */
function cores(host: Host, edition: string, vms: number): number {
  const deployments = times(vms, { ...PHYSICAL, edition, compute: aServer(host, 4) });
  return unitsOf(windowsServerRequirement(deployments, underTerms())) ?? Number.NaN;
}

function bothEditions(host: Host, vms: number) {
  return { standard: cores(host, 'standard', vms), datacenter: cores(host, 'datacenter', vms) };
}

function packs(coreLicenses: number): number {
  return microsoftLicenses(coreLicenses, 'core') / 2;
}

function stackingCost() {
  const { standard, datacenter } = bothEditions({ sockets: 1, cores: 10 }, 9);
  const cost = {
    standard: { packs: packs(standard), usd: packs(standard) * 110 },
    datacenter: { packs: packs(datacenter), usd: packs(datacenter) * 770 },
  };
  const cheaper = cost.standard.usd < cost.datacenter.usd ? 'Standard' : 'Datacenter';
  return { ...cost, cheaper };
}

/** The fewest VMs on a host of 16 cores from which Datacenter at 6,200 USD costs less than Standard at 1,070. */
function breakEven(): number | undefined {
  const counts = Array.from({ length: 30 }, (_none, index) => index + 1);
  return counts.find((vms) => {
    const { standard, datacenter } = bothEditions({ sockets: 1, cores: 16 }, vms);
    return (datacenter / 16) * 6200 < (standard / 16) * 1070;
  });
}

function onDedicatedHost(version: string, terms: Parameters<typeof underTerms>[0]) {
  const { allowed, code } = byolEligibility(
    aDeployment({ ...PHYSICAL, version, compute: onHost(4) }),
    underTerms(terms),
  );
  return { allowed, code };
}

/** By which rules one server with Standard is counted, licensed by cores and by VMs. */
function rulesOnOneServer(): readonly (readonly string[])[] {
  const vms = times(4, { ...PHYSICAL, edition: 'standard', compute: aServer({}, 2) });
  return [false, true].map((windowsByVm) =>
    windowsServerRequirement(
      vms,
      underTerms({ softwareAssurance: true, switches: { windowsByVm } }),
    ).map(({ rule }) => rule.id),
  );
}

/** Examples of Windows Server licensing, each with its source. */
export const WINDOWS_CASES: readonly WorkedExample[] = [
  {
    id: 'win-2019-sub',
    source: 'aws-samples technical notes, License_Mobility/index.md, 2026',
    published: {
      finding: 'not_allowed: licence must be perpetual; CSP server licences not eligible',
    },
    ours: () => [
      onDedicatedHost('2019', { subscription: true, purchasedOn: '2018-06-01' }),
      onDedicatedHost('2019', { subscription: true, purchasedOn: '2018-06-01', program: 'CSP' }),
    ],
    instead: {
      answer: [
        { allowed: false, code: 'perpetual-only' },
        { allowed: false, code: 'program-barred' },
      ],
      because: 'The same in our words: the subscription and the program, each by itself.',
    },
  },
  {
    id: 'win-2022-dh',
    source: 'AWS blog, Operating BYOL Windows Server workloads effectively on AWS, 2024-2025',
    published: { finding: 'not_allowed: Windows Server 2019 or earlier only' },
    ours: () => onDedicatedHost('2022', { subscription: false, purchasedOn: '2018-05-01' }),
    instead: {
      answer: { allowed: false, code: 'version-too-new' },
      because: 'The same in our words.',
    },
  },
  {
    id: 'win-10c-9vm-cost',
    source: 'thrivenextgen.com/new-years-resolution-1, 2018-2019',
    published: {
      value: {
        standard: { packs: 40, usd: 4400 },
        datacenter: { packs: 8, usd: 6160 },
        cheaper: 'Standard',
      },
      unit: '2-core packs, USD',
    },
    ours: stackingCost,
  },
  {
    id: 'win-2x24',
    source: REDRESS,
    published: { value: 48, unit: 'core licences', packsOf2: 24 },
    ours: () => cores({ sockets: 2, cores: 48 }, 'standard', 2),
  },
  {
    id: 'win-1x8',
    source: REDRESS,
    published: { value: 16, unit: 'core licences', packsOf2: 8 },
    ours: () => cores({ sockets: 1, cores: 8 }, 'datacenter', 2),
  },
  {
    id: 'win-4x4-4vm-reuse',
    source: 'software-reuse.eu, Windows Server 2016/2019 core licensing explained, 2019',
    published: { value: { standard: 32, datacenter: 16 }, unit: 'core licences' },
    ours: () => bothEditions({ sockets: 4, cores: 16 }, 4),
    instead: {
      answer: { standard: 64, datacenter: 32 },
      because:
        'The source leaves out the 8 cores that each processor takes at least (ServiceNow, microsoft-percore-withcal): 4 x 8.',
    },
  },
  {
    id: 'win-24c-2core',
    source: 'redresscompliance.com/windows-server-standard-vs-datacenter, 2025',
    published: { value: 24, unit: 'core licences', packsOf2: 12 },
    ours: () => cores({ sockets: 2, cores: 24 }, 'datacenter', 2),
  },
  {
    id: 'win-20c-16pack',
    source: 'dbtuhub.com/?p=677, 2025-2026',
    published: { value: 32, unit: 'core licences' },
    ours: () => cores({ sockets: 2, cores: 20 }, 'standard', 2),
    instead: {
      answer: 20,
      because: 'Cores are sold by two as well, not by 16 only: 20 are ten packs.',
    },
  },
  {
    id: 'win-vm-mix',
    source: 'miroconsulting.com/?p=7552, 2022-10',
    published: { finding: 'not_allowed' },
    ours: rulesOnOneServer,
    instead: {
      answer: [['microsoft/windows-server/standard-stacking'], ['microsoft/windows-server/by-vm']],
      because: 'A server is counted by its cores or by its VMs: a switch, never both.',
    },
  },
  {
    id: 'win-breakeven-13',
    source: 'itcgeorgia.ge/en/guides/virtualization, 2025',
    published: { value: { sourceSays: 13, arithmetic: 11 }, unit: 'VMs' },
    ours: breakEven,
    instead: {
      answer: 11,
      because: 'By the source’s own prices six sets of Standard (6,420) cost more than 6,200.',
    },
  },
];
