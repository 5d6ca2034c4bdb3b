import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readPolicy } from '#adapters/yaml/policy-file.ts';
import { BadDocument } from '#src/errors.ts';
import { aPolicy, aPolicyDocument } from '../../builders.ts';

const refusal = (text: string): unknown => {
  try {
    return readPolicy(text);
  } catch (error) {
    return error;
  }
};

describe('a policy file', () => {
  it('is read as the policy that it says', () => {
    expect(readPolicy(stringify(aPolicyDocument()))).toEqual(aPolicy());
  });

  it('is what the sandbox ships', () => {
    const shipped = readFileSync(new URL('../../../sandbox/policy.yml', import.meta.url), 'utf8');

    expect(readPolicy(shipped).version).toBe(1);
  });

  it('names every path that is wrong, and what to write there', () => {
    const text = stringify(
      aPolicyDocument({
        version: 2,
        approvals: [{ name: 'one', levels: [{ approvers: 'approver' }], channel: 'approvals' }],
        colour: 'red',
      }),
    );

    expect(refusal(text)).toMatchObject({
      name: 'BadDocument',
      message: [
        'The policy cannot be used. version: Write 1: it is the only version there is',
        'approvals[0].channel: Write a Slack channel id such as C0123ABCD',
        'document: Remove colour: there is no such field',
      ].join('; '),
    });
  });

  it('asks for quotes around an account id that YAML would read as a number', () => {
    const text = stringify(aPolicyDocument()).replaceAll('"222233334444"', '222233334444');

    expect(refusal(text)).toMatchObject({
      message: expect.stringContaining('accounts[0].id: Write a text in quotes'),
    });
  });

  it.each([
    ['nothing', ''],
    ['a text', 'hello'],
    ['a list', '- 1'],
  ])('that is %s is refused as a document', (_what, text) => {
    expect(refusal(text)).toBeInstanceOf(BadDocument);
    expect(refusal(text)).toMatchObject({ message: expect.stringContaining('document: Write') });
  });

  it.each([
    ['an open bracket', 'version: 1\nroles: [', /line 2/],
    ['a field twice', 'version: 1\nversion: 1', /line 2/],
    ['two documents', 'version: 1\n---\nversion: 1', /line 2/],
    ['a tab', 'version: 1\nroles:\n\tviewer: {}', /line 3/],
  ])('that is no YAML says where: %s', (_what, text, where) => {
    expect(refusal(text)).toBeInstanceOf(BadDocument);
    expect(refusal(text)).toMatchObject({ message: expect.stringMatching(where) });
  });

  it('with aliases that would grow without end is refused', () => {
    const lines = Array.from({ length: 12 }, (_, depth) =>
      depth === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${depth}: &a${depth} [${Array.from({ length: 9 }, () => `*a${depth - 1}`).join(', ')}]`,
    );

    expect(refusal(lines.join('\n'))).toBeInstanceOf(BadDocument);
  });
});
