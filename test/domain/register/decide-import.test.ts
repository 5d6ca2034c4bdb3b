import { describe, expect, it } from 'vitest';
import { EMPTY_REGISTER, type RegisterVersion } from '#domain/licenses/license-register.ts';
import {
  decideImport,
  type ImportCommand,
  type ImportState,
} from '#domain/register/decide-import.ts';
import type { ImportRefusal } from '#domain/register/import-notice.ts';
import { previewImport } from '#domain/register/preview-import.ts';
import { productCatalog } from '#domain/register/product-catalog.ts';
import { aPerson, aPolicy, NOW } from '../../builders.ts';
import { anEntitlement, aRegister } from '../../register-builders.ts';

const HASH = 'b'.repeat(64);
const OTHER = 'c'.repeat(64);
const REPLY = { personId: 'U0ADMIN001', channelId: null, responseUrl: null };
const ADMINISTRATORS = {
  hash: 'p'.repeat(64),
  policy: aPolicy({
    roles: { ...aPolicy().roles, administrator: { users: ['U0ADMIN001'], userGroups: [] } },
  }),
};
const IN_FORCE: RegisterVersion = {
  hash: OTHER,
  register: EMPTY_REGISTER,
  importedBy: 'U0ADMIN002',
  importedAt: NOW,
};

function aState(changes: Partial<ImportState> = {}): ImportState {
  return {
    inForce: null,
    draft: aRegister({ entitlements: [anEntitlement()] }),
    published: ADMINISTRATORS,
    firstAdministrators: [],
    actor: aPerson('U0ADMIN001'),
    shared: false,
    ...changes,
  };
}
function aCommand(changes: Partial<ImportCommand> = {}): ImportCommand {
  const command = { key: 'click', hash: HASH, expected: null, by: 'U0ADMIN001', replyTo: REPLY };
  return { ...command, ...changes };
}

/** What is owned is counted anew. */
const KEEP_TERMS = { queue: 'collections', message: { kind: 'keep-terms' } };

describe('a confirmed import', () => {
  it('moves the pointer, is audited and told', () => {
    const counts = { added: 1, changed: 0, removed: 0, unchanged: 0 };

    expect(decideImport(aState(), aCommand(), NOW)).toMatchObject({
      kind: 'imported',
      counts,
      step: {
        register: { hash: HASH, expected: null, importedBy: 'U0ADMIN001', importedAt: NOW },
        audit: [
          {
            stream: 'register',
            at: NOW,
            event: 'register.imported',
            by: 'U0ADMIN001',
            details: { hash: HASH, before: null, ...counts, command: 'click' },
          },
        ],
        messages: [
          {
            queue: 'answers',
            message: {
              kind: 'import-notice',
              key: 'click',
              notice: { kind: 'done', hash: HASH, counts },
              replyTo: REPLY,
            },
          },
          KEEP_TERMS,
        ],
      },
    });
  });

  it('is decided for whom AWS lets write, without a message to anybody', () => {
    const by = 'arn:aws:iam::111122223333:user/ada';
    const state = aState({ actor: 'aws', inForce: IN_FORCE });
    const outcome = decideImport(state, aCommand({ by, expected: OTHER, replyTo: null }), NOW);

    expect(outcome).toMatchObject({
      kind: 'imported',
      step: { register: { expected: OTHER, importedBy: by }, messages: [KEEP_TERMS] },
    });
  });

  it('may come from a first administrator while no policy is published', () => {
    const first = aState({ published: null, firstAdministrators: ['U0ADMIN001'] });

    expect(decideImport(first, aCommand(), NOW).kind).toBe('imported');
  });

  it.each([
    ['in a channel that others see (T06)', { shared: true }, { code: 'shared-channel' }],
    ['a guest', { actor: aPerson('U0ADMIN001', { outsider: 'guest' }) }, { code: 'outsider' }],
    ['no administrator', { actor: aPerson('U0APPROVE1') }, { code: 'not-an-administrator' }],
    ['nobody of the first', { published: null }, { code: 'not-an-administrator' }],
    ['too late', { draft: null }, { code: 'draft-missing' }],
    ['after another', { inForce: IN_FORCE }, { code: 'superseded', by: 'U0ADMIN002', at: NOW }],
    [
      'the same that is in force',
      { inForce: { ...IN_FORCE, hash: HASH } },
      { code: 'in-force', by: 'U0ADMIN002', at: NOW },
    ],
  ] satisfies [string, Partial<ImportState>, ImportRefusal][])(
    'is refused to %s',
    (_who, state, why) => {
      const outcome = decideImport(aState(state), aCommand(), NOW);

      expect(outcome.step).not.toHaveProperty('register');
      expect(outcome).toMatchObject({
        kind: 'refused',
        why,
        step: {
          audit: [
            { event: 'import.refused', details: { hash: HASH, why: why.code, command: 'click' } },
          ],
          messages: [{ message: { notice: { kind: 'refused', why } } }],
        },
      });
    },
  );

  it('is refused when the register that it was compared with is gone', () => {
    expect(decideImport(aState(), aCommand({ expected: OTHER }), NOW)).toMatchObject({
      why: { code: 'superseded', by: null, at: null },
    });
  });
});

describe('a preview', () => {
  const catalog = productCatalog({ products: [] });
  const sheet = (quantity: string) => ({
    rows: [
      ['Contract', 'Product', 'Metric', 'Quantity', 'Kind', 'Purchase date'],
      ['EA-1', 'SQL Server', 'core', quantity, 'perpetual', '2019-06-30'],
    ],
    decimalComma: false,
  });

  it('says what an import would make of the register in force', () => {
    const first = previewImport(sheet('40'), catalog, null);
    if (first.kind !== 'changes') throw new Error(first.kind);
    const inForce = { ...IN_FORCE, register: first.register };

    expect(first.diff.changes).toHaveLength(1);
    expect(previewImport(sheet('40'), catalog, inForce)).toEqual({
      kind: 'unchanged',
      unchanged: 1,
    });
    expect(previewImport(sheet('60'), catalog, inForce)).toMatchObject({
      diff: { changes: [{ kind: 'changed' }] },
    });
  });

  it('names what cannot be read', () => {
    expect(previewImport(sheet('-1'), catalog, null)).toMatchObject({
      kind: 'problems',
      problems: [{ row: 2, column: 'Quantity' }],
      more: 0,
    });
    expect(previewImport({ rows: [], decimalComma: false }, catalog, null).kind).toBe('problems');
  });
});
