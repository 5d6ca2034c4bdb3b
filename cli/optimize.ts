import * as z from 'zod';
import { BadInput, command } from './command.ts';
import { ESTATE_FLAGS, givenEstateFlags, optimizeFor } from './optimize-estate.ts';
import { optimizePacking, PACKING_FLAGS } from './optimize-packing.ts';

export const optimize = command({
  name: 'optimize',
  usage: [
    '[--estate FILE | --table NAME] [--goal least-cost|fewest-licenses|least-change|own-only]',
    '[--by DATE] [--account ID] [--keep-production] [--no-downtime] [--seconds N] [--explain]',
    '| --packing FILE --format csp|bpp|vbp|bpps [--time SECONDS]',
  ].join('\n      '),
  summary:
    'Finds the cheapest compliant way to run what runs, with a proven bound; or packs a published instance',
  operands: [],
  flags: [
    ...['estate', 'table', 'goal', 'by', 'account', 'seconds'],
    ...['packing', 'format', 'time'],
  ],
  switches: ['keep-production', 'no-downtime', 'explain'],
  input: z.object({ ...ESTATE_FLAGS, ...PACKING_FLAGS }),
  async run({ '--packing': packing, '--format': format, '--time': seconds, ...estate }) {
    if (packing !== undefined) {
      const [unfit] = givenEstateFlags(estate);
      if (unfit === undefined) return optimizePacking(packing, format, seconds);
      throw new BadInput(`${unfit}: leave it out, --packing names an instance to pack`);
    }
    if (format !== undefined || seconds !== undefined) {
      const unfit = format === undefined ? '--time' : '--format';
      throw new BadInput(
        `${unfit}: leave it out, or name the file of a packing instance: --packing`,
      );
    }
    return optimizeFor(estate);
  },
});
