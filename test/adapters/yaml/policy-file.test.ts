import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkPolicy, readPolicy } from '#adapters/yaml/policy-file.ts';
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
        'colour: Remove colour: there is no such field',
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

describe('a problem in a policy file', () => {
  const text = `version: 2
roles:
  approver: { users: [boss] }
  requester:
    users:
      - U0REQUEST1
    userGroup: [S0DBAS]
accounts:
  - id: "222233334444"
    name: erp
    environment:
    regions:
      - us-east-1
launchProfiles: []
`;

  it.each`
    path                           | line  | column | because
    ${'version'}                   | ${1}  | ${10}  | ${'its value'}
    ${'roles.approver.users[0]'}   | ${3}  | ${23}  | ${'an item of a list'}
    ${'roles.requester.userGroup'} | ${7}  | ${5}   | ${'a field that does not belong there'}
    ${'accounts[0].environment'}   | ${11} | ${17}  | ${'where the value is to be written'}
    ${'launchProfiles'}            | ${14} | ${1}   | ${'a list begins at its name'}
    ${'approvals'}                 | ${1}  | ${1}   | ${'a section that is missing is one of the document'}
  `('names line $line and column $column of $path: $because', ({ path, line, column }) => {
    const checked = checkPolicy(text);

    expect(checked.ok ? [] : checked.problems).toContainEqual({
      path,
      message: expect.stringMatching(/^(Write|Remove) /),
      place: { line, column },
    });
  });

  it('is where the parser stopped', () => {
    expect(checkPolicy('version: 1\nroles: [')).toMatchObject({
      problems: [{ path: '', place: { line: 2, column: 9 } }],
    });
    expect(checkPolicy('')).toMatchObject({ problems: [{ path: '', place: null }] });
  });

  it('can be located in a document that can be used', () => {
    const checked = checkPolicy(stringify(aPolicyDocument()));
    const path = 'roles.administrator';

    expect(checked.ok && checked.locate({ path, message: '' }).place).toEqual({
      line: 11,
      column: 3,
    });
    expect(checked.ok && checked.locate({ path: 'licensing', message: '' }).place).toEqual({
      line: 1,
      column: 1,
    });
    expect(checked.ok && checked.locate({ path: '["roles"].viewer', message: '' }).place).toEqual({
      line: 2,
      column: 1,
    });
  });
});
