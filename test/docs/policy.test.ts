import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { Policy } from '#domain/policy/policy.ts';
import {
  ApprovalRule,
  AutoApproval,
  Override,
  QuietHours,
} from '#domain/policy/policy-approvals.ts';
import { parsePolicy } from '#domain/policy/policy-document.ts';
import { AllowedChange, Budget, LaunchProfile } from '#domain/policy/policy-launches.ts';
import { Identity } from '#domain/policy/policy-people.ts';
import { aPolicyDocument } from '../builders.ts';

const page = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => ({
  section: yaml.split(':', 1)[0],
  document: parse(yaml),
}));

/** Has everything that the examples name and do not describe themselves. */
const COMPLETE = {
  ...aPolicyDocument(),
  roles: {
    approver: { users: ['U0APPROVE1', 'U0APPROVE2'] },
    administrator: { users: ['U0ADMIN001', 'U0ADMIN002'] },
  },
};

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
    expect(examples.map(({ section }) => section)).toEqual([
      'roles',
      'commands',
      'accounts',
      'launchProfiles',
      'changes',
      'approvals',
      'autoApproval',
      'override',
      'quietHours',
      'identities',
      'budgets',
      'organization',
      'licensing',
      'optimization',
    ]);
  });

  it.each(examples)('has an example of $section that can be used', ({ document }) => {
    expect(parsePolicy({ ...COMPLETE, ...document })).toMatchObject({ ok: true });
  });

  it.each(Object.keys(LicensingSettings.unwrap().shape))('explains licensing.%s', (field) => {
    expect(page).toContain(`\n  ${field}:`);
  });

  it.each(Object.keys(Policy.unwrap().shape))('has a row for the section %s', (section) => {
    expect(page).toMatch(new RegExp(`^\\| .*\`${section}\`.* \\|.*\\|.*\\|$`, 'm'));
  });

  it.each([
    ['launchProfiles', LaunchProfile],
    ['changes', AllowedChange],
    ['approvals', ApprovalRule],
    ['autoApproval', AutoApproval],
    ['override', Override],
    ['quietHours', QuietHours],
    ['identities', Identity],
    ['budgets', Budget],
  ])('names every field of %s', (_section, schema) => {
    for (const field of Object.keys(schema.unwrap().shape)) {
      expect(page).toMatch(new RegExp(`\\b${field}\\b`));
    }
  });
});
