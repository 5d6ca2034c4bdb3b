import { describe, expect, it } from 'vitest';
import { totalLicenses } from '../../../../sandbox/aws/license-manager/counting.ts';
import { ledgerOf } from '../../../../sandbox/aws/license-manager/ledger.ts';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import {
  aConfiguration,
  aHost,
  become,
  DAY,
  HOUR,
  HUB,
  launch,
  NOW,
  REGION,
  smallCloud,
} from './small-cloud.ts';

const DELAY = 30_000;

function world(differing: Partial<LicenseConfigurationRecord> = {}) {
  const cloud = smallCloud();
  const state = cloud.region(HUB, REGION);
  const record = aConfiguration(state, differing);
  const ledger = ledgerOf(cloud);
  return {
    cloud,
    state,
    record,
    ledger,
    visible: () => totalLicenses(ledger.visible(REGION, DELAY)),
    current: () => totalLicenses(ledger.current(REGION)),
    hours: () => ledger.hourly(REGION, record.LicenseConfigurationArn)?.figures,
  };
}

describe('what the API shows of a change', () => {
  it('nothing until the delay is over, while enforcement sees it at once', () => {
    const { cloud, state, record, visible, current } = world();

    launch(cloud, state, [record]);
    const atOnce = [current(), visible()];
    cloud.clock.advance(DELAY - 1);
    const nearly = visible();
    cloud.clock.advance(1);

    expect(atOnce).toEqual([1, 0]);
    expect(nearly).toBe(0);
    expect(visible()).toBe(1);
  });

  it('a release as late as a launch', () => {
    const { cloud, state, record, visible, current } = world();
    const instance = launch(cloud, state, [record]);
    cloud.clock.advance(DELAY);

    become(cloud, state, instance, 'stopped');
    const atOnce = [current(), visible()];
    cloud.clock.advance(DELAY);

    expect(atOnce).toEqual([0, 1]);
    expect(visible()).toBe(0);
  });

  it('every state in turn, also when nobody looks for a while', () => {
    const { cloud, state, record, visible } = world();
    const shown: number[] = [];

    for (let minute = 0; minute < 5; minute += 1) {
      launch(cloud, state, [record]);
      cloud.clock.advance(10_000);
    }
    for (let tick = 0; tick < 6; tick += 1) {
      shown.push(visible());
      cloud.clock.advance(10_000);
    }

    expect(shown).toEqual([3, 4, 5, 5, 5, 5]);
  });

  it('what ran before anybody asked, without delay', () => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    launch(cloud, state, [aConfiguration(state)]);

    expect(totalLicenses(ledgerOf(cloud).visible(REGION, DELAY))).toBe(1);
  });
});

describe('a host with license affinity', () => {
  const affine = {
    LicenseCountingType: 'Core',
    LicenseRules: ['#licenseAffinityToHost=90'],
  } as const;
  const started = () => {
    const w = world({ ...affine, LicenseRules: [...affine.LicenseRules] });
    const HostId = aHost(w.state);
    const instance = launch(w.cloud, w.state, [w.record], { Placement: { HostId } });
    return { ...w, HostId, instance };
  };

  it('keeps its licenses for the days of the rule, and up to a day more', () => {
    const { cloud, state, instance, current } = started();

    become(cloud, state, instance, 'stopped');
    const after = [current()];
    cloud.clock.advance(90 * DAY);
    after.push(current());
    cloud.clock.advance(DAY);
    after.push(current());

    expect(after).toEqual([48, 48, 0]);
  });

  it('begins anew when something counted runs on it again', () => {
    const { cloud, state, instance, current } = started();

    become(cloud, state, instance, 'stopped');
    cloud.clock.advance(60 * DAY);
    become(cloud, state, instance, 'running');
    become(cloud, state, instance, 'stopped');
    cloud.clock.advance(60 * DAY);

    expect(current()).toBe(48);
  });

  it('keeps them even when it is released', () => {
    const { cloud, state, instance, HostId, current } = started();

    become(cloud, state, instance, 'terminated');
    state.instances.clear();
    state.hosts.delete(HostId);

    expect(current()).toBe(48);
  });

  it('lets go at once when the configuration is disabled', () => {
    const { record, current } = started();
    current();

    record.Status = 'DISABLED';

    expect(current()).toBe(0);
  });

  it('lets go at once without the rule', () => {
    const { cloud, state, record, current } = world({ LicenseCountingType: 'Core' });
    const instance = launch(cloud, state, [record], { Placement: { HostId: aHost(state) } });

    become(cloud, state, instance, 'stopped');

    expect(current()).toBe(0);
  });
});

describe('the hourly figures', () => {
  it('have one entry for each full hour, also for hours that were jumped over', () => {
    const { cloud, state, record, hours } = world({ LicenseCount: 5 });
    launch(cloud, state, [record]);
    cloud.clock.advance(2 * HOUR);
    launch(cloud, state, [record]);
    cloud.clock.advance(HOUR);

    expect(hours()?.map(({ consumed }) => consumed)).toEqual([0, 1, 1, 2]);
  });

  it('count a change from when it happened, also when EC2 tells of it late', () => {
    const { cloud, state, record, hours } = world();
    const instance = launch(cloud, state, [record]);
    const at = new Date(NOW + HOUR);

    cloud.clock.advance(4 * HOUR);
    instance.State = { Name: 'stopped' };
    cloud.instanceStateChanged({ account: HUB, region: REGION, instance, at });

    expect(hours()?.map(({ consumed }) => consumed)).toEqual([0, 1, 0, 0, 0]);
  });

  it('remember the license count of their time', () => {
    const { cloud, record, hours } = world({ LicenseCount: 5 });
    cloud.clock.advance(HOUR);
    hours();
    record.LicenseCount = 8;
    cloud.clock.advance(HOUR);

    expect(hours()?.map(({ limit }) => limit)).toEqual([5, 5, 8]);
  });

  it('notice when a held host is let go between two looks', () => {
    const { cloud, state, record, hours } = world({
      LicenseCountingType: 'Socket',
      LicenseRules: ['#licenseAffinityToHost=1'],
    });
    const instance = launch(cloud, state, [record], { Placement: { HostId: aHost(state) } });
    become(cloud, state, instance, 'stopped');

    cloud.clock.advance(3 * DAY);

    const held = hours()?.filter(({ consumed }) => consumed === 2).length;
    const until = Math.floor(NOW / DAY) * DAY + 2 * DAY;
    expect(held).toBe(Math.floor((until - NOW) / HOUR) + 1);
  });
});

describe('what stopped before anybody looked', () => {
  const AFFINE: Partial<LicenseConfigurationRecord> = {
    LicenseCountingType: 'Core',
    LicenseRules: ['#licenseAffinityToHost=90'],
  };

  /** A host whose only instance stopped so many days ago, in a cloud without a ledger. */
  function stoppedOnHost(daysAgo: number, rules: Partial<LicenseConfigurationRecord> = AFFINE) {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const HostId = aHost(state);
    const at = new Date(NOW - daysAgo * DAY).toISOString().slice(0, 19).replace('T', ' ');
    launch(cloud, state, [aConfiguration(state, rules)], {
      State: { Name: 'stopped' },
      StateTransitionReason: `User initiated (${at} GMT)`,
      Placement: { HostId, Tenancy: 'host' },
    });
    return { cloud, current: () => totalLicenses(ledgerOf(cloud).current(REGION)) };
  }

  it('keeps the licenses of its host until the days of affinity are over', () => {
    const { cloud, current } = stoppedOnHost(20);
    const now = current();
    cloud.clock.advance(70 * DAY);
    const lastDay = current();
    cloud.clock.advance(DAY);

    expect([now, lastDay, current()]).toEqual([48, 48, 0]);
  });

  it.each<[string, number, Partial<LicenseConfigurationRecord>]>([
    ['longer ago than that', 92, {}],
    ['without affinity', 1, { LicenseRules: [] }],
    ['and its configuration is disabled', 1, { Status: 'DISABLED' }],
  ])('keeps nothing when it stopped %s', (_, daysAgo, differing) => {
    expect(stoppedOnHost(daysAgo, { ...AFFINE, ...differing }).current()).toBe(0);
  });

  it('is counted for a while where License Manager missed it', () => {
    const { cloud, state, record, current } = world();
    const instance = launch(cloud, state, [record], { State: { Name: 'stopped' } });
    state.lateReleases.set(instance.InstanceId ?? '', {
      instance,
      until: new Date(NOW + 10 * DAY),
    });
    const before = current();
    cloud.clock.advance(10 * DAY);

    expect([before, current()]).toEqual([1, 0]);
  });
});
