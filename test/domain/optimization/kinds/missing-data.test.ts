import { describe, expect, it } from 'vitest';
import type { LicenseFinding, Utilization } from '#domain/estate/evidence.ts';
import { EvidenceSource, type InventoryShard } from '#domain/estate/inventory.ts';
import { missingData } from '#domain/optimization/kinds/missing-data.ts';
import { ACCOUNT, aHost, NOW, REGION } from '../../../builders.ts';
import {
  ALL_READ,
  OTHER_ACCOUNT,
  position,
  readShard,
  sqlInstance,
  sqlShard,
  withSql,
} from '../../positioning/position-world.ts';
import { anEstate } from './estate-world.ts';

const AT = { account: ACCOUNT, region: REGION };
const READ = { asOf: NOW, error: null, state: 'read' } as const;
const EVIDENCE = Object.fromEntries(EvidenceSource.options.map((source) => [source, READ]));
const SOURCES = { ...ALL_READ, ...EVIDENCE };

/** One machine, of which everything is known but what is changed. */
function shardWith(changes: Partial<InventoryShard> = {}): InventoryShard {
  return sqlShard([sqlInstance('i-1')], { configurations: [], sources: SOURCES, ...changes });
}

function find(...shards: readonly InventoryShard[]) {
  return missingData.find(anEstate(shards));
}

function sourcesOf(found: ReturnType<typeof find>) {
  return found.map(({ subjects }) => subjects[0]?.id);
}

describe('missingData', () => {
  it('says nothing where everything is known', () => {
    expect(find(shardWith())).toEqual([]);
  });

  it('says what to switch on and what one would see then', () => {
    const off = { asOf: null, error: 'OptInRequiredException', state: 'off' } as const;

    expect(find(shardWith({ sources: { ...SOURCES, 'compute-optimizer': off } }))).toEqual([
      {
        kind: 'missing-data',
        ...AT,
        subjects: [{ kind: 'source', id: 'compute-optimizer', name: null }],
        change: null,
        savings: { monthly: null, basis: 'unknown', afterCommitments: null, licenses: [] },
        evidence: [
          fact('compute-optimizer', 'state', 'off'),
          fact('compute-optimizer', 'error', 'OptInRequiredException'),
          fact('compute-optimizer', 'would-show', 'rightsize'),
          fact('compute-optimizer', 'would-show', 'downgrade-edition'),
        ],
        gate: [],
        risk: 'none',
        effort: 'decision',
        downtime: false,
        ownerMustValidate: false,
        steps: [
          {
            do: 'by-hand',
            ...AT,
            task: 'enable-source',
            on: 'compute-optimizer',
            to: 'compute-optimizer:UpdateEnrollmentStatus',
          },
        ],
        rollback: [],
        atMostBetter: null,
      },
    ]);
  });

  it.each([
    ['refused', { asOf: null, error: 'AccessDenied', state: 'refused' as const }, 'refused'],
    ['failed', { asOf: NOW, error: 'Throttling', state: 'failed' as const }, 'failed'],
    ['read in part', { asOf: NOW, error: 'Throttling', state: 'read' as const }, 'failed'],
  ])('switches nothing on where a source was %s', (_, note, state) => {
    const [finding] = find(shardWith({ sources: { ...SOURCES, utilization: note } }));

    expect(finding?.evidence[0]).toEqual(fact('utilization', 'state', state));
    expect(finding?.steps).toMatchObject([{ on: 'utilization', to: null }]);
  });

  it('names sources that were never read, where licensed machines run', () => {
    const unread = shardWith({ sources: ALL_READ });
    const payer = readShard({ account: OTHER_ACCOUNT, sources: SOURCES, configurations: [] });

    expect(sourcesOf(find(unread, payer))).toEqual([
      'utilization',
      'compute-optimizer',
      'sql-ha-states',
    ]);
    expect(sourcesOf(find({ ...unread, hosts: [aHost()] }, payer))).toContain('host-reservations');
    expect(find(readShard({ configurations: [] }), payer)).toEqual([]);
  });

  it('says once what the payer does not have at all', () => {
    const { 'cost-explorer': _, ...sources } = SOURCES;
    const shards = [shardWith({ sources }), shardWith({ account: OTHER_ACCOUNT, sources })];

    expect(find(...shards)).toMatchObject([
      { ...AT, subjects: [{ id: 'cost-explorer' }], steps: [{ to: 'Cost Explorer' }] },
    ]);
  });

  it('says what the payer has and refuses', () => {
    const off = { asOf: null, error: 'DataUnavailable', state: 'off' } as const;
    const payer = readShard({
      account: OTHER_ACCOUNT,
      configurations: [],
      sources: { ...SOURCES, 'cost-explorer': off },
    });
    const { 'cost-explorer': _, ...sources } = SOURCES;

    expect(find(payer, shardWith({ sources }))).toMatchObject([
      { account: OTHER_ACCOUNT, subjects: [{ id: 'cost-explorer' }] },
    ]);
  });

  it('says nothing where nothing was collected', () => {
    expect(find()).toEqual([]);
  });

  describe('of what positions are made of', () => {
    it('names what is missing, and nothing that only positions need', () => {
      const refused = { asOf: null, error: 'AccessDenied', state: 'refused' } as const;
      const sources = { ...SOURCES, hosts: refused, 'usage-trends': refused };

      expect(sourcesOf(find(shardWith({ sources })))).toEqual(['hosts']);
    });

    it('leaves out what is merely old', () => {
      const old = { ...READ, asOf: new Date('2026-11-20T09:30:00Z') };

      expect(find(shardWith({ sources: { ...SOURCES, hosts: old } }))).toEqual([]);
    });

    it('names an account that was never collected once', () => {
      const estate = anEstate([shardWith()]);
      const expectedScopes = [{ account: OTHER_ACCOUNT, region: REGION }];
      const { missing } = position({ shards: estate.shards, expectedScopes });
      const found = missingData.find({ ...estate, position: { ...estate.position, missing } });

      expect(sourcesOf(found)).toEqual(['account']);
      expect(found[0]).toMatchObject({ account: OTHER_ACCOUNT, steps: [{ to: null }] });
      expect(found[0]?.evidence).toContainEqual(fact('account', 'would-show', 'consolidate-hosts'));
    });
  });

  describe('of machines', () => {
    const measured: Utilization = {
      instanceId: 'i-1',
      cpu: { average: 10, p995: 30, maximum: 50 },
      memory: null,
      days: 30,
      lookBackDays: 30,
      asOf: NOW,
    };
    const silent: LicenseFinding = {
      instanceId: 'i-1',
      finding: 'insufficient-metrics',
      reasons: ['InvalidCloudWatchApplicationInsightsSetup'],
      edition: 'enterprise',
      model: 'byol',
      recommendedEdition: null,
      monthlySavings: null,
      lookBackDays: 14,
      asOf: NOW,
    };

    it('names those without figures of memory', () => {
      const memory = { average: 10, p995: 30, maximum: 50 };
      const [finding, ...others] = find(shardWith({ utilization: [measured] }));

      expect(others).toEqual([]);
      expect(finding).toMatchObject({
        subjects: [{ kind: 'source', id: 'cloudwatch-agent' }],
        evidence: [
          fact('cloudwatch-agent', 'state', 'partial'),
          { ...fact('cloudwatch-agent', 'machines', 1), unit: 'instance' },
          fact('cloudwatch-agent', 'machine', 'i-1'),
          fact('cloudwatch-agent', 'would-show', 'rightsize'),
          fact('cloudwatch-agent', 'would-show', 'change-family'),
        ],
        steps: [{ on: 'cloudwatch-agent', to: 'AmazonCloudWatch-ManageAgent' }],
      });
      expect(find(shardWith({ utilization: [{ ...measured, memory }] }))).toEqual([]);
    });

    it('names the first of many, and counts all', () => {
      const instances = Array.from({ length: 12 }, (_, index) => sqlInstance(`i-${index}`));
      const utilization = instances.map(({ instanceId }) => ({ ...measured, instanceId }));
      const [finding] = find(
        sqlShard(instances, { configurations: [], sources: SOURCES, utilization }),
      );
      const named = finding?.evidence.filter(({ measure }) => measure === 'machine');

      expect(finding?.evidence[1]?.value).toBe(12);
      expect(named).toHaveLength(10);
    });

    it('names those whose software nobody sees, unless nobody looked', () => {
      const instances = [
        sqlInstance('i-1'),
        sqlInstance('i-2'),
        sqlInstance('i-3', { state: 'stopped' }),
      ];
      const shard = shardWith({ instances, managedServers: [withSql('i-1')] });
      const refused = { asOf: null, error: 'AccessDenied', state: 'refused' } as const;
      const found = find(shard);

      expect(sourcesOf(found)).toEqual(['ssm-inventory']);
      expect(found[0]?.evidence).toContainEqual(fact('ssm-inventory', 'machine', 'i-2'));
      expect(found[0]?.steps).toMatchObject([{ to: 'AWS-GatherSoftwareInventory' }]);
      expect(
        sourcesOf(find({ ...shard, sources: { ...SOURCES, 'managed-servers': refused } })),
      ).toEqual(['managed-servers']);
      expect(
        find({ ...shard, sources: { ...EVIDENCE } }).flatMap(({ subjects }) => subjects),
      ).not.toContainEqual({ kind: 'source', id: 'ssm-inventory', name: null });
    });

    it('names those of which Compute Optimizer has too few figures, with its reasons', () => {
      const [finding, ...others] = find(shardWith({ licenseFindings: [silent] }));

      expect(others).toEqual([]);
      expect(finding?.subjects).toMatchObject([{ id: 'application-insights' }]);
      expect(finding?.evidence).toContainEqual(
        fact('application-insights', 'error', 'InvalidCloudWatchApplicationInsightsSetup'),
      );
      expect(find(shardWith({ licenseFindings: [{ ...silent, finding: 'optimized' }] }))).toEqual(
        [],
      );
      expect(
        find(shardWith({ licenseFindings: [{ ...silent, reasons: [] }] }))[0]?.evidence.map(
          ({ measure }) => measure,
        ),
      ).not.toContain('error');
    });
  });
});

function fact(source: string, measure: string, value: string | number) {
  return { source, measure, value, unit: null, lookBackDays: null, asOf: null };
}
