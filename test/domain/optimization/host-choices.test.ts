import { describe, expect, it } from 'vitest';
import { coresOnHost, hostChoices, typeOnHost } from '#domain/optimization/host-choices.ts';
import { aHost, aType, NOW } from '../../builders.ts';
import { TYPES, typeNamed } from './kinds/machine-builders.ts';
import { HOST_MICROS, optimizableShard } from './optimization-world.ts';

const MONTH = HOST_MICROS * 730;
const choices = (changes = {}, patterns = ['*']) =>
  hostChoices(optimizableShard([], changes), patterns);

describe('hostChoices', () => {
  it('offers families with a price', () => {
    expect(choices().map(({ family, micros }) => [family, micros])).toEqual([['r6i', MONTH]]);
  });

  it.each([
    ['is for one type only', aHost({ instanceType: 'r6i.2xlarge' })],
    ['is not available', aHost({ state: 'under-assessment' })],
    ['is not built as its family is', aHost({ cores: 48 })],
  ])('leaves out a host that %s', (_what, host) => {
    expect(choices({ hosts: [host] })[0]?.existing).toEqual([]);
  });

  it('keeps hosts of families that policy does not name, and proposes no more of them', () => {
    const [kept] = choices({ hosts: [aHost()] }, ['m*']);
    expect(kept).toMatchObject({ family: 'r6i', micros: null, existing: [{ micros: MONTH }] });
    expect(choices({}, ['m*'])).toEqual([]);
  });

  it('pays for a reserved host anyway', () => {
    const host = aHost();
    const reservation = {
      hostReservationId: 'hr-1',
      hostIds: [host.hostId],
      instanceFamily: 'r6i',
      endsAt: NOW,
    };
    const [choice] = choices({ hosts: [host], hostReservations: [reservation] });
    expect(choice?.existing).toMatchObject([{ micros: 0 }]);
  });

  it.each([
    ['zero', { micros: 0, currency: 'USD' }],
    ['in another currency', { micros: 1, currency: 'CNY' }],
  ])('takes a price that is %s for none', (_what, hourly) => {
    const hostPrices = [{ instanceFamily: 'r6i', hourly }];
    expect(choices({ hostPrices })).toEqual([]);
    expect(choices({ hostPrices, hosts: [aHost()] })[0]?.existing).toMatchObject([{ micros: 0 }]);
  });

  it('leaves out sizes that take no host', () => {
    const instanceTypes = [...TYPES.values()].map((type) =>
      type.name === 'r6i.large' ? { ...type, dedicatedHostsSupported: false } : type,
    );
    const [choice] = choices({ instanceTypes });
    expect(choice?.types.map(({ name }) => name)).not.toContain('r6i.large');
  });
});

describe('typeOnHost', () => {
  const [choice] = choices();
  if (choice === undefined) throw new Error('no choice');

  it.each([
    ['r6i.4xlarge', 'r6i.4xlarge'],
    // 16 vCPUs and 64 GiB.
    ['m6i.4xlarge', 'r6i.4xlarge'],
    ['r6g.4xlarge', null],
  ])('runs what is %s now on %s', (name, expected) => {
    expect(typeOnHost(choice, typeNamed(name))?.name ?? null).toBe(expected);
  });

  it('takes a larger one where memory asks for it', () => {
    const hungry = aType({ name: 'x1.odd', defaultVcpus: 2, memoryMib: 100 * 1024 });
    expect(typeOnHost(choice, hungry)?.name).toBe('r6i.4xlarge');
  });

  it('says how many cores it takes', () => {
    expect(coresOnHost(choice, typeNamed('r6i.4xlarge'))).toBe(8);
    expect(coresOnHost(choice, typeNamed('t3.large'))).toBe(1);
    expect(coresOnHost(choice, aType({ name: 'r6i.odd' }))).toBe(0);
  });
});
