import { _InstanceType } from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOST_FAMILIES } from '../../../../sandbox/aws/ec2/host-families.ts';
import { hostLayout, roomFor } from '../../../../sandbox/aws/ec2/host-layout.ts';

function layoutOf(family: string) {
  const layout = hostLayout(family);
  if (layout === null) throw new Error(`${family} has no hosts`);
  return layout;
}

const instances = (types: readonly string[]) =>
  types.map((name) => ({
    InstanceType: Object.values(_InstanceType).find((type) => type === name),
  }));

/** How many of a type fit on a host of its family on which these run. */
const room = (type: string, ...beside: string[]) =>
  roomFor(type, layoutOf(type.split('.')[0] ?? ''), instances(beside));

const publishedSizes = [...HOST_FAMILIES.keys()].flatMap((family) =>
  [...layoutOf(family).types].map(([type, { capacity }]) => [type, capacity] as const),
);

describe('room on a Dedicated Host', () => {
  it.each(publishedSizes)('is what AWS publishes on an empty host: %s, %i times', (type, count) => {
    expect(room(type)).toBe(count);
  });

  it.each([
    ['m5.8xlarge', ['m5.8xlarge'], 1],
    ['m5.8xlarge', ['m5.8xlarge', 'm5.8xlarge'], 0],
    ['m5.4xlarge', ['m5.8xlarge', 'm5.8xlarge'], 2],
    ['m5.12xlarge', ['m5.large'], 1],
    ['m5.12xlarge', ['m5.8xlarge', 'm5.8xlarge'], 0],
    ['m5.24xlarge', ['m5.large'], 0],
    ['m5.4xlarge', ['m5.16xlarge'], 2],
    ['m6a.16xlarge', ['m6a.16xlarge'], 2],
    ['m5.metal', [], 1],
    ['m5.metal', ['m5.large'], 0],
  ])('for %s beside %j is %i', (type, beside, count) => {
    expect(room(type, ...beside)).toBe(count);
  });

  it('never lets an instance straddle sockets of m5, nor lets a host overflow', () => {
    const sizes = [...layoutOf('m5').types.keys()];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...sizes), { maxLength: 60 }), (wanted) => {
        const placed: string[] = [];
        for (const type of wanted) if (room(type, ...placed) > 0) placed.push(type);

        const vcpus = placed.map((type) => layoutOf('m5').types.get(type)?.vcpus ?? 0);
        const total = vcpus.reduce((sum, each) => sum + each, 0);
        const overHalfSocket = vcpus.filter((each) => each > 24 && each <= 48);
        expect(total).toBeLessThanOrEqual(96);
        expect(overHalfSocket.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('is none for a type of another family', () => {
    expect(roomFor('r5.large', layoutOf('m5'), [])).toBe(0);
  });
});
