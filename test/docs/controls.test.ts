import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DECISIONS } from '../../scripts/controls/decisions.ts';
import { FRONT_DOOR } from '../../scripts/controls/front-door.ts';
import { LAUNCHES } from '../../scripts/controls/launches.ts';
import { OUTSIDE } from '../../scripts/controls/outside.ts';

describe('a control that `npm run prove` removes', () => {
  it.each([...FRONT_DOOR, ...DECISIONS, ...LAUNCHES, ...OUTSIDE])(
    '$id, $what: stands once in $file',
    ({ file, control }) => {
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

      expect(text.split(control)).toHaveLength(2);
    },
  );
});
