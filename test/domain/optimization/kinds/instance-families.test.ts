import { describe, expect, it } from 'vitest';
import {
  hasLocalDisks,
  isBurstable,
  mayReplace,
  parseFamily,
  sharesProcessors,
  sizesByFamily,
  sustainedShare,
} from '#domain/optimization/kinds/instance-families.ts';
import { aType } from '../../../builders.ts';
import { TYPES } from './machine-builders.ts';

describe('families by their names', () => {
  it.each`
    family        | parsed
    ${'r6id'}     | ${{ class: 'r', generation: 6, attributes: 'id' }}
    ${'m7i-flex'} | ${{ class: 'm', generation: 7, attributes: 'i' }}
    ${'x2iedn'}   | ${{ class: 'x', generation: 2, attributes: 'iedn' }}
    ${'u-6tb1'}   | ${null}
    ${'mac2-m2'}  | ${null}
    ${''}         | ${null}
  `('reads $family', ({ family, parsed }) => {
    expect(parseFamily(family)).toEqual(parsed);
  });

  it.each`
    type                | share   | burstable
    ${'t3.nano'}        | ${0.05} | ${true}
    ${'t3a.large'}      | ${0.3}  | ${true}
    ${'t4g.2xlarge'}    | ${0.4}  | ${true}
    ${'t2.large'}       | ${0.05} | ${true}
    ${'t3.9xlarge'}     | ${0.05} | ${true}
    ${'t3'}             | ${0.05} | ${true}
    ${'c7i-flex.large'} | ${0.4}  | ${false}
    ${'r6i.large'}      | ${1}    | ${false}
    ${'trn1.2xlarge'}   | ${1}    | ${false}
  `('sustains $share of $type', ({ type, share, burstable }) => {
    expect(sustainedShare(type)).toBe(share);
    expect(isBurstable(type)).toBe(burstable);
    expect(sharesProcessors(type)).toBe(share < 1);
  });

  it.each`
    type                    | disks
    ${'r6id.large'}         | ${true}
    ${'i4i.large'}          | ${true}
    ${'z1d.large'}          | ${true}
    ${'x1.16xlarge'}        | ${true}
    ${'m3.large'}           | ${true}
    ${'u7i-12tb.224xlarge'} | ${true}
    ${'r6i.large'}          | ${false}
    ${'m4.large'}           | ${false}
    ${'r4.large'}           | ${false}
    ${'t3.large'}           | ${false}
  `('says $disks of local disks in $type', ({ type, disks }) => {
    expect(hasLocalDisks(type)).toBe(disks);
  });

  it.each`
    family      | other       | may      | why
    ${'r6i'}    | ${'m5'}     | ${true}  | ${'both are current'}
    ${'r6i'}    | ${'t3'}     | ${true}  | ${'off a burstable type'}
    ${'x2iezn'} | ${'r5'}     | ${true}  | ${'of x the second generation is current'}
    ${'r6i'}    | ${'r6i'}    | ${false} | ${'it is the same'}
    ${'r4'}     | ${'m5'}     | ${false} | ${'a previous generation'}
    ${'x1'}     | ${'r5'}     | ${false} | ${'a previous generation'}
    ${'t3'}     | ${'m5'}     | ${false} | ${'of another make'}
    ${'p5'}     | ${'m5'}     | ${false} | ${'of another make'}
    ${'u-6tb1'} | ${'r5'}     | ${false} | ${'its name says nothing'}
    ${'r5'}     | ${'u-6tb1'} | ${false} | ${'the other’s name says nothing'}
    ${'r6i'}    | ${'r4'}     | ${false} | ${'another hypervisor'}
    ${'r6id'}   | ${'r6i'}    | ${false} | ${'it has local disks'}
    ${'r6i'}    | ${'r5d'}    | ${false} | ${'the other has local disks'}
    ${'r6i'}    | ${'r5n'}    | ${false} | ${'less network'}
    ${'r6in'}   | ${'r5n'}    | ${true}  | ${'as much network'}
    ${'r6i'}    | ${'r5b'}    | ${false} | ${'less EBS bandwidth'}
  `('says $may to $family for $other: $why', ({ family, other, may }) => {
    expect(mayReplace(family, other)).toBe(may);
  });

  it('lists sizes of a family from the smallest, without bare metal, once', () => {
    const sizes = sizesByFamily(TYPES);
    const twin = new Map([...TYPES].toReversed().map(([name, type]) => [name, type]));

    expect(sizes.get('r6i')?.map(({ name }) => name)).toEqual([
      'r6i.large',
      'r6i.xlarge',
      'r6i.2xlarge',
      'r6i.4xlarge',
      'r6i.8xlarge',
      'r6i.16xlarge',
    ]);
    expect(sizesByFamily(TYPES)).toBe(sizes);
    expect(sizesByFamily(twin).get('r6i')).toEqual(sizes.get('r6i'));
    expect(sizesByFamily(new Map()).size).toBe(0);
  });

  it('puts less memory first among sizes with the same vCPUs', () => {
    const types = new Map(
      [
        aType({ name: 'r6i.high', memoryMib: 2048 }),
        aType({ name: 'r6i.low', memoryMib: 1024 }),
      ].map((type) => [type.name, type]),
    );

    expect(
      sizesByFamily(types)
        .get('r6i')
        ?.map(({ name }) => name),
    ).toEqual(['r6i.low', 'r6i.high']);
  });
});
