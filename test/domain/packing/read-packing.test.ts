import { describe, expect, it } from 'vitest';
import { type PackingFormat, readPacking } from '#domain/packing/read-packing.ts';

const NO_SETUP = [{ weight: 0, cost: 0 }];

describe('readPacking', () => {
  it.each<[PackingFormat, string, object]>([
    [
      'csp',
      '2\r\n10\r\n6 2\r\n4 1\r\n',
      {
        capacity: [10],
        binCost: 1,
        setups: NO_SETUP,
        items: [
          { size: [6], setup: 0, demand: 2 },
          { size: [4], setup: 0, demand: 1 },
        ],
      },
    ],
    ['csp', '0 10', { capacity: [10], items: [] }],
    [
      'bpp',
      '3 10 6 4 6',
      {
        items: [
          { size: [6], demand: 2 },
          { size: [4], demand: 1 },
        ],
      },
    ],
    [
      'vbp',
      '2\n10 20\n2\n3 0 1\n1 20 5',
      {
        capacity: [10, 20],
        binCost: 1,
        items: [
          { size: [3, 0], demand: 1 },
          { size: [1, 20], demand: 5 },
        ],
      },
    ],
    [
      'bpps',
      '3 2 10 7\n-2 1 2\n0 4 1\n9\n9\n6',
      {
        capacity: [10],
        binCost: 7,
        setups: [
          { weight: 1, cost: 2 },
          { weight: 4, cost: 0 },
        ],
        items: [
          { size: [9], setup: 0, demand: 2 },
          { size: [6], setup: 1, demand: 1 },
        ],
      },
    ],
  ])('reads %s: %j', (format, text, instance) => {
    expect(readPacking(text, format)).toMatchObject({ ok: true, instance });
  });

  it.each<[PackingFormat, string, string]>([
    ['csp', '', 'The file ends where the number of item types is expected'],
    ['csp', '2\n10\n6 2\n4', 'The file ends where a demand is expected'],
    [
      'csp',
      '2\n10\n6 2\n4 0',
      'Line 4, number 2: a demand is a whole number from 1 to 999998, not "0"',
    ],
    ['csp', '1 10 11 1', 'Line 1, number 3: an item size is a whole number from 1 to 10, not "11"'],
    ['csp', '1 10 2.5 1', 'an item size is a whole number from 1 to 10, not "2.5"'],
    ['csp', '1 0 1 1', 'the capacity is a whole number from 1 to 1000000000, not "0"'],
    [
      'csp',
      '100001 9',
      'the number of item types is a whole number from 0 to 100000, not "100001"',
    ],
    ['csp', '1 10 5 1000001', 'a demand is a whole number from 1 to 1000000, not "1000001"'],
    ['csp', '1 10 5 1 7', 'Line 1, number 5: Nothing is expected any more, but there is "7"'],
    [
      'bpp',
      '99999999999 10',
      'the number of items is a whole number from 0 to 1000000, not "99999999999"',
    ],
    ['bpp', '1 10 -5', 'an item size is a whole number from 1 to 10, not "-5"'],
    ['bpp', `1 10 ${'x'.repeat(99)}`, `not "${'x'.repeat(20)}…"`],
    ['bpp', '1 10 1e1', 'not "1e1"'],
    ['vbp', '0', 'the number of dimensions is a whole number from 1 to 20, not "0"'],
    ['vbp', '2 10 10 1 -11 1 1', 'an item size is a whole number from -10 to 10, not "-11"'],
    ['vbp', '2 10 10 1 5 11 1', 'an item size is a whole number from -10 to 10, not "11"'],
    ['vbp', '2 10 10 1 6 -1 2', 'The items with a size below 0 do not fit into one bin together'],
    ['vbp', '2 10 10 1 0 0 1', 'An item needs a size above 0 in some dimension'],
    [
      'bpps',
      '3 1 10 1 2 0 3',
      'the cost of a setup is a whole number from -1000000000 to 0, not "2"',
    ],
    ['bpps', '3 1 10 1 -2 11 3', 'the weight of a setup is a whole number from 0 to 10, not "11"'],
    [
      'bpps',
      '3 2 10 1 -2 1 2 -2 1 2',
      'the number of items of a class is a whole number from 0 to 1, not "2"',
    ],
    ['bpps', '3 1 10 1 -2 1 2 5 5', 'The classes have 2 items together, not 3'],
    ['bpps', '1 1 10 1 -2 4 1 7', 'an item size is a whole number from 1 to 6, not "7"'],
  ])('names what is wrong in %s: %j', (format, text, problem) => {
    const result = readPacking(text, format);

    expect(result).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('does not hide a bug behind a bad file', () => {
    // @ts-expect-error Whatever the types forbid, the command line refuses.
    expect(() => readPacking('1', 'mps')).toThrow(TypeError);
  });
});
