import * as z from 'zod';
import { BadInput, command } from './command.ts';
import { optimizePacking, PACKING_FLAGS } from './optimize-packing.ts';

export const optimize = command({
  name: 'optimize',
  usage: '--packing FILE --format csp|bpp|vbp|bpps [--time SECONDS]',
  summary:
    'Packs a published instance into as few or as cheap bins as it can, and says what is proven',
  operands: [],
  flags: ['packing', 'format', 'time'],
  input: z.object(PACKING_FLAGS),
  async run({ '--packing': packing, '--format': format, '--time': seconds }) {
    if (packing === undefined) {
      throw new BadInput('--packing: Name the file of a packing instance, and its --format');
    }
    return optimizePacking(packing, format, seconds);
  },
});
