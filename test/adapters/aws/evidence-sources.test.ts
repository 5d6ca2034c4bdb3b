import {
  CostOptimizationHubClient,
  ListRecommendationsCommand,
} from '@aws-sdk/client-cost-optimization-hub';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { Scope } from '#domain/scope.ts';
import type { RegionState } from '../../../sandbox/aws/cloud/cloud.ts';
import {
  DATA_PLATFORM,
  ERP_PRODUCTION,
  NON_PRODUCTION,
  SHARED_SERVICES,
} from '../../../sandbox/estate/accounts.ts';
import { buildEstate } from '../../../sandbox/estate/estate.ts';
import { idOf } from '../../../sandbox/estate/ids.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';
import { sourcesOf } from './sources.ts';

const ERP: Scope = { account: ERP_PRODUCTION, region: 'us-east-1' };
const DATA: Scope = { account: DATA_PLATFORM, region: 'us-east-1' };
const idIn = ({ account, region }: Scope, name: string) => idOf('i', account, region, name);
const failure = (reading: Promise<unknown>) => reading.then(() => null, failureOf);

describe('evidence, on the default estate', () => {
  let hub: DeployedHub;
  let sources: ReturnType<typeof sourcesOf>;
  let erp: RegionState;
  beforeAll(async () => {
    hub = await deployedHub({ cloudOf: (clock) => buildEstate('evidence', clock) });
    sources = sourcesOf(hub);
    erp = hub.cloud.region(ERP.account, ERP.region);
  });
  afterAll(() => hub.close());

  describe('of CloudWatch', () => {
    const measure = async (scope: Scope, names: readonly string[]) => {
      const ids = names.map((name) => idIn(scope, name));
      const found = await sources.utilization.utilization(scope, ids, hub.now());
      return found.map((one) => ({ ...one, name: names[ids.indexOf(one.instanceId)] }));
    };

    it('tells how busy CPU and memory were on fourteen days', async () => {
      const [large, bound] = await measure(DATA, ['dwh-sql-05', 'dwh-sql-01']);

      expect(large).toMatchObject({ name: 'dwh-sql-05', days: 14, lookBackDays: 14 });
      expect(large?.cpu.average).toBeGreaterThan(5);
      expect(large?.cpu.average).toBeLessThan(11);
      expect(large?.cpu.p995).toBeLessThanOrEqual(large?.cpu.maximum ?? 0);
      expect(large?.cpu.maximum).toBeCloseTo(19, 0);
      expect(large?.memory?.maximum).toBeCloseTo(33, 0);
      expect(bound?.memory?.maximum).toBeCloseTo(93, 0);
      expect(bound?.cpu.maximum).toBeLessThan(18);
    });

    it('tells nothing of memory where no agent reports it', async () => {
      expect(await measure(DATA, ['dwh-sql-02'])).toMatchObject([{ memory: null, days: 14 }]);
    });

    it('leaves out what never ran, and asks nothing where nothing runs', async () => {
      const before = hub.calls.list('monitoring').length;

      expect(await sources.utilization.utilization(DATA, [], hub.now())).toEqual([]);
      expect(hub.calls.list('monitoring')).toHaveLength(before);
      expect(await measure(DATA, ['nobody'])).toEqual([]);
    });

    it('takes three calls for 80 instances with memory', async () => {
      const ids = [...erp.instances.values()]
        .filter(({ State }) => State?.Name === 'running')
        .map(({ InstanceId = '' }) => InstanceId)
        .slice(0, 80);
      const before = hub.calls.list('monitoring').length;
      const found = await sources.utilization.utilization(ERP, ids, hub.now());

      expect(found.length).toBeGreaterThan(75);
      expect(hub.calls.list('monitoring').length - before).toBe(3);
    });
  });

  describe('of Compute Optimizer', () => {
    it('says which sizes would do, at what price', async () => {
      const found = await sources.findings.computeFindings(DATA);
      const of = (name: string) => found.find((one) => one.instanceId === idIn(DATA, name));

      expect(of('dwh-sql-05')).toMatchObject({
        finding: 'over-provisioned',
        reasons: ['CPUOverprovisioned', 'MemoryOverprovisioned'],
        lookBackDays: 14,
      });
      // Half the price of r6i.2xlarge with Windows: 0.872 USD an hour.
      expect(of('dwh-sql-05')?.options.at(-1)).toMatchObject({
        instanceType: 'r6i.xlarge',
        monthlySavings: { micros: 318_280_000, currency: 'USD' },
        monthlySavingsAfterDiscounts: { micros: 318_280_000, currency: 'USD' },
      });
      expect(of('dwh-sql-01')).toMatchObject({ finding: 'optimized', options: [] });
      expect(of('dwh-core-sql-01')).toBeUndefined();
    });

    it('says which editions would do, where it can see features', async () => {
      const found = await sources.findings.licenseFindings(DATA);
      const of = (name: string) => found.find((one) => one.instanceId === idIn(DATA, name));

      expect(of('dwh-risk-sql-01')).toMatchObject({
        finding: 'not-optimized',
        reasons: ['LicenseOverprovisioned'],
        edition: 'enterprise',
        model: 'byol',
        recommendedEdition: 'standard',
      });
      expect(of('dwh-risk-sql-02')).toMatchObject({
        finding: 'optimized',
        recommendedEdition: null,
        monthlySavings: null,
      });
      expect(of('dwh-sql-01')).toMatchObject({ finding: 'insufficient-metrics', edition: 'none' });
    });

    it('is off where nobody opted in', async () => {
      const scope = { account: NON_PRODUCTION, region: 'us-east-1' };

      expect(await failure(sources.findings.computeFindings(scope))).toEqual({
        state: 'off',
        error: 'OptInRequiredException',
      });
    });
  });

  describe('of EC2', () => {
    it('tells which hosts are paid for until when', async () => {
      const [reservation, ...others] = await sources.computeEvidence.hostReservations(ERP);
      const host = erp.hosts.get(reservation?.hostIds[0] ?? '');

      expect(others).toEqual([]);
      expect(reservation).toMatchObject({ instanceFamily: 'm5' });
      expect(host?.Tags).toContainEqual({ Key: 'Name', Value: 'erp-win-host-1' });
      expect(reservation?.endsAt.getTime()).toBeGreaterThan(
        later(hub.now(), 200 * DAY_MS).getTime(),
      );
    });

    it('tells which SQL Server waits for free', async () => {
      expect(await sources.computeEvidence.sqlHaStates(ERP)).toHaveLength(2);
      expect(await sources.computeEvidence.sqlHaStates(ERP)).toEqual(
        expect.arrayContaining([
          { instanceId: idIn(ERP, 'crm-sql-01'), state: 'active', licenseUsage: 'full' },
          { instanceId: idIn(ERP, 'crm-sql-02'), state: 'standby', licenseUsage: 'waived' },
        ]),
      );
      expect(await sources.computeEvidence.sqlHaStates(DATA)).toEqual([]);
    });
  });

  describe('of what things cost', () => {
    it('has every account’s costs by operation and type, in as few calls as there are accounts', async () => {
      const before = hub.calls.list('ce').length;
      const lines = await sources.costs.costs(SHARED_SERVICES, hub.now());

      expect(hub.calls.list('ce').length - before).toBe(5);
      expect(new Set(lines.map(({ account }) => account)).size).toBe(4);
      expect(new Set(lines.map(({ month }) => month)).size).toBe(2);
      expect(lines.some(({ usageOperation }) => usageOperation.includes(':SV'))).toBe(false);
      expect(lines.some(({ instanceType }) => instanceType === null)).toBe(true);
    });

    it('adds up to hours and prices', async () => {
      const lines = await sources.costs.costs(SHARED_SERVICES, hub.now());
      const [month] = lines.map((line) => line.month).toSorted();
      const enterprise = lines.find(
        (line) =>
          line.account === ERP_PRODUCTION &&
          line.month === month &&
          line.usageOperation === 'RunInstances:0102',
      );
      const [year = 0, number = 0] = (month ?? '').split('-').map(Number);
      const hours = (Date.UTC(year, number, 1) - Date.UTC(year, number - 1, 1)) / 3_600_000;

      // Two r5.2xlarge: 0.504 USD, 0.368 for Windows and 3.00 for SQL Server Enterprise an hour each.
      expect(enterprise).toMatchObject({ instanceType: 'r5.2xlarge', hours: 2 * hours });
      expect(enterprise?.cost.micros).toBe(2 * hours * 3_872_000);
    });

    it('says what to end and what to make smaller', async () => {
      const found = await sources.costs.rightsizing(SHARED_SERVICES);
      const of = (scope: Scope, name: string) =>
        found.find((one) => one.instanceId === idIn(scope, name));

      expect(of(ERP, 'crm-web-04')).toMatchObject({ action: 'terminate', targets: [] });
      expect(of(DATA, 'dwh-sql-05')).toMatchObject({ account: DATA_PLATFORM, action: 'modify' });
      expect(of(DATA, 'dwh-sql-05')?.targets.map(({ instanceType }) => instanceType)).toContain(
        'r6i.xlarge',
      );
    });

    it('is refused to every account but the hub’s', async () => {
      const failures = await Promise.all([
        failure(sources.costs.costs(ERP_PRODUCTION, hub.now())),
        failure(sources.costs.rightsizing(ERP_PRODUCTION)),
        failure(sources.costs.hubFindings(ERP_PRODUCTION)),
      ]);

      expect(failures.map((one) => one?.state)).toEqual(['refused', 'refused', 'refused']);
    });
  });

  describe('of Cost Optimization Hub', () => {
    it('has what it recommends of every account', async () => {
      const found = await sources.costs.hubFindings(SHARED_SERVICES);
      const of = (scope: Scope, name: string) =>
        found.find((one) => one.resourceId === idIn(scope, name));

      expect(of(ERP, 'erp-stage-sql-03')).toMatchObject({ action: 'Stop', recommended: '' });
      expect(of(DATA, 'dwh-sql-05')).toMatchObject({
        account: DATA_PLATFORM,
        region: 'us-east-1',
        action: 'Rightsize',
        lookBackDays: 14,
      });
    });

    it('answers the official client alike', async () => {
      const client = new CostOptimizationHubClient({
        ...hub.clientAs('collect'),
        credentials: { accessKeyId: 'administrator', secretAccessKey: 'unchecked' },
      });
      const { items = [] } = await client.send(
        new ListRecommendationsCommand({ maxResults: 1000 }),
      );
      const ours = await sources.costs.hubFindings(SHARED_SERVICES);

      expect(
        items.map(({ resourceId, actionType, lastRefreshTimestamp }) => ({
          resourceId,
          action: actionType,
          asOf: lastRefreshTimestamp,
        })),
      ).toEqual(ours.map(({ resourceId, action, asOf }) => ({ resourceId, action, asOf })));
    });

    it('is off where the account is not enrolled', async () => {
      const other = await deployedHub();
      const reading = failure(sourcesOf(other).costs.hubFindings(SHARED_SERVICES));

      expect(await reading).toEqual({ state: 'off', error: 'EnrollmentStatus' });
      expect(await failure(sourcesOf(other).costs.rightsizing(SHARED_SERVICES))).toEqual({
        state: 'off',
        error: 'RightsizingRecommendations',
      });
      await other.close();
    });
  });

  it('lists Dedicated Hosts at what an hour costs On-Demand', async () => {
    const found = await sources.prices.hostPrices(ERP);

    expect(found).toContainEqual({
      instanceFamily: 'm5',
      hourly: { micros: 5_069_000, currency: 'USD' },
    });
    expect(new Set(found.map(({ instanceFamily }) => instanceFamily)).size).toBe(found.length);
  });
});
