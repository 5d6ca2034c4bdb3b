import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DecisionResult } from '../../cli/decide.ts';
import { RequestResult } from '../../cli/request.ts';
import { StatusResult } from '../../cli/status.ts';

describe('the commands about requests', () => {
  it.each([
    ['request', RequestResult],
    ['decision', DecisionResult],
    ['status', StatusResult],
  ])('print JSON as docs/cli/%s.schema.json says', async (name, shape) => {
    const file = new URL(`../../docs/cli/${name}.schema.json`, import.meta.url);

    const published = JSON.parse(await readFile(file, 'utf8'));

    expect(published).toEqual(z.toJSONSchema(shape, { io: 'input', reused: 'ref' }));
  });
});
