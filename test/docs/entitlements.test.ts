import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PRODUCTS } from '#domain/licenses/product.ts';
import { ENTITLEMENT_FILE } from '#domain/register/entitlement-file.ts';
import { SERVER_FILE } from '#domain/register/server-file.ts';
import { SWITCH_COLUMNS } from '#domain/register/switch-columns.ts';
import { readFile } from '../adapters/csv/import-file.ts';

const docs = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** Rows of the page's tables, cell by cell. */
const ROWS = docs('entitlements.md')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const rowsOf = (name: string) => ROWS.filter(([first]) => first === name);

const SWITCHES = SWITCH_COLUMNS.map(({ header }) => header);
const COLUMNS = [ENTITLEMENT_FILE, SERVER_FILE].flatMap(({ columns }) =>
  columns
    .filter(({ header }) => !SWITCHES.includes(header))
    .map(({ header, also, required }) => [header, also.join(', '), required] as const),
);

describe('docs/entitlements.md', () => {
  it.each(COLUMNS)('describes the column %s as it is read', (header, also, required) => {
    const rows = rowsOf(header);
    expect(rows.length).toBeGreaterThan(0);
    if (also !== '') expect(rows.map((row) => row[3])).toContain(also);
    if (required) expect(rows.map((row) => row[1])).toContain('yes');
  });

  it.each(PRODUCTS)(
    'lists $name with its editions and metrics',
    ({ id, name, editions, options = {}, metrics }) => {
      const page = docs('entitlements.md').replaceAll(/\s+/g, ' ');
      for (const option of Object.values(options)) expect(page).toContain(option);
      expect(rowsOf(name)).toEqual([
        [name, id, Object.values(editions).join(', '), metrics.join(', ')],
      ]);
    },
  );

  it.each([
    ['entitlements.example.csv', { entitlements: expect.objectContaining({ length: 4 }) }],
    ['servers.example.csv', { servers: expect.objectContaining({ length: 2 }) }],
  ])('has an example that can be imported: %s', (name, part) => {
    expect(readFile(docs(name))).toEqual({ ok: true, part });
  });
});
