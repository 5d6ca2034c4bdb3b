import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '#domain/scope.ts';
import { ESTATE } from '../../../sandbox/estate/company.ts';
import { buildEstate } from '../../../sandbox/estate/estate.ts';
import { type DeployedHub, deployedHub, MEMBER, REGION } from './deployed-hub.ts';
import { sourcesOf } from './sources.ts';

const SCOPE: Scope = { account: MEMBER, region: REGION };
const keepAll = () => true;

describe('the sources of inventory', () => {
  let hub: DeployedHub;
  let sources: ReturnType<typeof sourcesOf>;
  beforeAll(async () => {
    hub = await deployedHub({ cloudOf: (clock) => buildEstate('sources', clock) });
    sources = sourcesOf(hub);
  });
  afterEach(() => hub.faults.replace([]));
  afterAll(() => hub.close());

  describe('read under the account’s read role', () => {
    it('once for each service, not for each call', async () => {
      const before = hub.calls.list('sts').length;
      const fresh = sourcesOf(hub);
      await fresh.compute.instances(SCOPE);
      await fresh.compute.hosts(SCOPE);
      await fresh.licenses.configurations(SCOPE);

      expect(hub.calls.list('sts').slice(before)).toMatchObject([
        { input: { RoleArn: `arn:aws:iam::${MEMBER}:role/quartermaster-read` } },
        { input: { RoleArn: `arn:aws:iam::${MEMBER}:role/quartermaster-read` } },
      ]);
    });

    it.each([
      ['another external id', { externalId: 'somebody-else' }],
      ['another function’s role', { as: 'launch' as const }],
    ])('and not with %s', async (_what, options) => {
      const refused = sourcesOf(hub, options);

      await expect(refused.compute.instances(SCOPE)).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      await expect(refused.licenses.configurations(SCOPE)).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      await expect(refused.servers.managedServers(SCOPE, keepAll)).rejects.toMatchObject({
        name: 'AccessDenied',
      });
    });

    it('each account in its own session', async () => {
      const other = { account: ESTATE.hubAccount, region: REGION };
      const [ours, theirs] = [
        await sources.compute.instances(SCOPE),
        await sources.compute.instances(other),
      ];

      expect(theirs.map(({ arn }) => arn.split(':')[4])).toEqual(
        theirs.map(() => ESTATE.hubAccount),
      );
      expect(await sources.compute.instances(SCOPE)).toHaveLength(ours.length);
    });
  });

  describe('with AWS at fault', () => {
    const read = {
      ec2: () => sources.compute.instances(SCOPE),
      'license-manager': () => sources.licenses.configurations(SCOPE),
      ssm: () => sources.servers.managedServers(SCOPE, keepAll),
    };
    it.each([
      ['ec2', 'error'],
      ['ec2', 'throttle'],
      ['ec2', 'lose_request'],
      ['ec2', 'lose_response'],
      ['license-manager', 'error'],
      ['license-manager', 'lose_request'],
      ['license-manager', 'lose_response'],
      ['ssm', 'error'],
      ['ssm', 'throttle'],
      ['ssm', 'lose_request'],
      ['ssm', 'lose_response'],
    ] as const)('throw rather than give a part: %s, %s', async (service, effect) => {
      hub.faults.replace([{ service, operation: '*', effect }]);

      await expect(read[service]()).rejects.toThrow();
    });

    it.each(['ec2', 'license-manager', 'ssm'] as const)('wait for a slow %s', async (service) => {
      hub.faults.replace([{ service, operation: '*', effect: 'delay', ms: 100 }]);

      expect((await read[service]()).length).toBeGreaterThan(0);
    });
  });
});
