import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { LicensingSettings } from '#domain/licensing-settings.ts';
import { Policy } from '#domain/policy.ts';
import { parsePolicy } from '#domain/policy-document.ts';
import { aPolicyDocument } from '../builders.ts';

const page = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => ({
  section: yaml.split(':', 1)[0],
  document: parse(yaml),
}));

describe('docs/policy.schema.json', () => {
  it('is what editors check a policy by: what is read', () => {
    const schema = readFileSync(new URL('../../docs/policy.schema.json', import.meta.url), 'utf8');

    expect(JSON.parse(schema)).toEqual(
      z.toJSONSchema(Policy, {
        io: 'input',
        override: ({ jsonSchema }) => {
          // Whoever writes a policy may of course change it.
          delete jsonSchema.readOnly;
        },
      }),
    );
  });
});

describe('docs/policy.md', () => {
  it('has examples of whole sections', () => {
    expect(examples.map(({ section }) => section)).toEqual(['organization', 'licensing']);
  });

  it.each(examples)('has an example of $section that can be used', ({ document }) => {
    expect(parsePolicy({ ...aPolicyDocument(), ...document })).toMatchObject({ ok: true });
  });

  it.each(Object.keys(LicensingSettings.unwrap().shape))('explains licensing.%s', (field) => {
    expect(page).toContain(`\n  ${field}:`);
  });
});
