import { describe, expect, it } from 'vitest';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import { hostRecoveryBlocked } from '#domain/optimization/kinds/host-recovery-blocked.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  aLedger,
  anInstance,
  configurationArn,
  REGION,
} from '../../../builders.ts';
import { readShard } from '../../positioning/position-world.ts';
import { anEstate } from './estate-world.ts';

const AT = { account: ACCOUNT, region: REGION };
const ARN = configurationArn('1');
const TIGHT = aConfiguration({
  name: 'Windows Server cores',
  countingType: 'Core',
  limit: 100,
  hardLimit: true,
  consumed: 64,
});

function findings(
  configuration = TIGHT,
  host: Partial<DedicatedHost> = {},
  {
    ledgers = [],
    arns = [ARN],
  }: {
    readonly ledgers?: readonly ReturnType<typeof aLedger>[];
    readonly arns?: readonly string[];
  } = {},
) {
  const shard = readShard({
    configurations: [configuration],
    hosts: [aHost({ hostId: 'h-a', hostRecovery: true, ...host })],
    instances: [
      anInstance({ tenancy: 'host', hostId: 'h-a', licenseConfigurationArns: [...arns] }),
    ],
  });
  return hostRecoveryBlocked.find(anEstate([shard], { ledgers }));
}

describe('hostRecoveryBlocked', () => {
  it('finds a host that could not be replaced within the hard limit', () => {
    expect(findings()).toEqual([
      {
        kind: 'host-recovery-blocked',
        ...AT,
        subjects: [
          { kind: 'host', id: 'h-a', name: null },
          { kind: 'configuration', id: ARN, name: 'Windows Server cores' },
        ],
        change: null,
        savings: { monthly: null, basis: 'unknown', afterCommitments: null, licenses: [] },
        evidence: [
          fact('license-configurations', 'hard-limit', 100, 'core'),
          fact('license-usage', 'free-licenses', 36, 'core'),
          fact('hosts', 'replacement-needs', 64, 'core'),
          fact(
            'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-recovery.html',
            'rule',
            'license-manager/host-recovery',
            null,
          ),
        ],
        gate: [],
        risk: 'none',
        effort: 'decision',
        downtime: false,
        ownerMustValidate: false,
        steps: [{ do: 'by-hand', ...AT, task: 'raise-limit', on: ARN, to: '128' }],
        rollback: [{ do: 'by-hand', ...AT, task: 'raise-limit', on: ARN, to: '100' }],
        atMostBetter: null,
      },
    ]);
  });

  it('counts sockets where these are counted', () => {
    const sockets = aConfiguration({
      countingType: 'Socket',
      limit: 3,
      hardLimit: true,
      consumed: 2,
    });

    expect(findings(sockets)[0]?.steps).toMatchObject([{ to: '4' }]);
  });

  it('goes by what is held and counted, where that is known', () => {
    const ledgers = [aLedger({ limit: 200, consumed: 64, counted: 64, held: 80 })];

    expect(findings({ ...TIGHT, limit: 200 }, {}, { ledgers })).toHaveLength(1);
    expect(findings({ ...TIGHT, limit: 200 })).toEqual([]);
  });

  it.each([
    { because: 'there is room', configuration: { ...TIGHT, limit: 128 } },
    { because: 'the limit is soft', configuration: { ...TIGHT, hardLimit: false } },
    { because: 'there is no limit', configuration: { ...TIGHT, limit: null } },
    {
      because: 'hosts are not what is counted',
      configuration: aConfiguration({ hardLimit: true }),
    },
    { because: 'recovery is off', host: { hostRecovery: false } },
    { because: 'the host is gone', host: { state: 'released' } },
    { because: 'the host takes no licenses of it', arns: [] },
  ])('finds nothing where $because', ({ configuration, host, arns }) => {
    expect(findings(configuration, host, arns === undefined ? {} : { arns })).toEqual([]);
  });
});

function fact(source: string, measure: string, value: number | string, unit: string | null) {
  return { source, measure, value, unit, lookBackDays: null, asOf: null };
}
