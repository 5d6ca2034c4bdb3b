import { describe, expect, it } from 'vitest';
import { FUNCTIONS, MEMBER, may, mayTouch, REGION, TABLE } from './shipped-roles.ts';

/** One key of every kind of item, by the beginning that rights go by. */
const KEYS = {
  request: 'REQUEST#req-0000000001',
  pool: `POOL#${MEMBER}/${REGION}/lic-1`,
  terms: `TERMS#${MEMBER}/${REGION}/lic-1 core sql-server`,
  person: 'PERSON#U0REQUEST1',
  audit: 'AUDIT#request/req-0000000001',
  outbox: 'OUTBOX#1',
  card: 'CARD#req-0000000001',
  replay: 'REPLAY#signature',
  snapshots: 'SNAPSHOTS',
  snapshot: `SNAPSHOT#${MEMBER}/${REGION}`,
  launchRole: `SNAPSHOT#ROLE#${MEMBER}`,
  pointer: 'POLICY',
  policy: 'POLICY#hash',
  proposal: 'POLICY#PROPOSAL#1',
  inForce: 'REGISTER',
  register: 'REGISTER#hash',
  draft: 'REGISTER#DRAFT#hash',
  followUp: 'FOLLOWUP#fol-0000000000000001',
  followUpAudit: 'AUDIT#follow-up/fol-0000000000000001',
  mark: `WATCH#${MEMBER}/${REGION}`,
  digests: 'DIGEST#hash',
  message: 'MESSAGE#req-0000000001',
  optimization: 'OPTIMIZATION#opt-0000000001',
  recommendation: 'RECOMMENDATION#rec-0000000001',
} as const;
type Kind = keyof typeof KEYS;

function isKind(name: string): name is Kind {
  return name in KEYS;
}
const KINDS = Object.keys(KEYS).filter(isKind);

/** What each function may do to which items. `read` is GetItem, BatchGetItem or Query. */
const ITEMS: Readonly<Record<string, Readonly<Record<string, readonly Kind[]>>>> = {
  slack: {
    read: ['snapshots', 'snapshot', 'launchRole', 'pointer', 'policy', 'proposal'],
    PutItem: ['replay'],
    DeleteItem: ['replay'],
    UpdateItem: [],
  },
  api: {
    read: [
      'request',
      'person',
      'audit',
      'snapshots',
      'snapshot',
      'launchRole',
      'pointer',
      'policy',
      'proposal',
    ],
    PutItem: [],
    DeleteItem: [],
    UpdateItem: [],
  },
  decide: {
    read: [
      'request',
      'pool',
      'terms',
      'person',
      'audit',
      'snapshots',
      'snapshot',
      'launchRole',
      'pointer',
      'policy',
      'proposal',
      'inForce',
      'register',
      'draft',
      'followUp',
      'followUpAudit',
      'message',
      'recommendation',
    ],
    PutItem: [
      'request',
      'pool',
      'terms',
      'person',
      'audit',
      'outbox',
      'pointer',
      'proposal',
      'inForce',
      'register',
      'draft',
      'followUp',
      'followUpAudit',
      'recommendation',
    ],
    DeleteItem: ['outbox'],
    UpdateItem: [],
  },
  answer: {
    read: [
      'request',
      'pool',
      'person',
      'audit',
      'card',
      'snapshots',
      'snapshot',
      'launchRole',
      'pointer',
      'policy',
      'proposal',
      'inForce',
      'register',
      'draft',
      'followUp',
      'followUpAudit',
      'optimization',
      'recommendation',
    ],
    PutItem: ['draft', 'message'],
    DeleteItem: [],
    UpdateItem: ['card'],
  },
  launch: {
    read: [
      'request',
      'pool',
      'terms',
      'person',
      'audit',
      'snapshots',
      'snapshot',
      'launchRole',
      'pointer',
      'policy',
      'proposal',
      'followUp',
      'followUpAudit',
    ],
    PutItem: [
      'request',
      'pool',
      'terms',
      'person',
      'audit',
      'outbox',
      'launchRole',
      'followUp',
      'followUpAudit',
    ],
    DeleteItem: ['outbox'],
    UpdateItem: [],
  },
  collect: {
    read: [
      'request',
      'pool',
      'terms',
      'audit',
      'snapshots',
      'snapshot',
      'launchRole',
      'pointer',
      'policy',
      'proposal',
      'inForce',
      'register',
      'draft',
      'followUpAudit',
    ],
    PutItem: [
      'request',
      'pool',
      'terms',
      'audit',
      'outbox',
      'snapshots',
      'snapshot',
      'launchRole',
      'followUpAudit',
    ],
    DeleteItem: ['outbox', 'snapshots', 'snapshot', 'launchRole'],
    UpdateItem: [],
  },
  optimize: {
    read: [
      'request',
      'pool',
      'snapshots',
      'snapshot',
      'launchRole',
      'pointer',
      'policy',
      'proposal',
      'inForce',
      'register',
      'draft',
      'recommendation',
    ],
    PutItem: ['optimization', 'recommendation'],
    DeleteItem: [],
    UpdateItem: [],
  },
  sweep: { read: [], PutItem: [], DeleteItem: ['outbox'], UpdateItem: [] },
  watch: {
    read: [
      'request',
      'snapshots',
      'snapshot',
      'launchRole',
      'pointer',
      'policy',
      'proposal',
      'followUp',
      'followUpAudit',
      'mark',
    ],
    PutItem: ['outbox', 'followUp', 'followUpAudit', 'mark'],
    DeleteItem: ['outbox'],
    UpdateItem: [],
  },
  audit: { read: [], PutItem: ['outbox', 'digests'], DeleteItem: ['outbox'], UpdateItem: [] },
};

describe('items of the table', () => {
  const rows = Object.entries(ITEMS).flatMap(([who, rights]) =>
    Object.entries(rights).map(([right, kinds]) => [who, right, kinds] as const),
  );

  it.each(rows)('that %s may %s are exactly %o', (who, right, kinds) => {
    const actions = right === 'read' ? ['GetItem', 'BatchGetItem', 'Query'] : [right];

    const touched = KINDS.filter((kind) =>
      actions.some((action) => mayTouch(who, action, [KEYS[kind]])),
    );

    expect(touched).toEqual(kinds);
  });

  it.each(FUNCTIONS)('are never reached by %s in a way that no rule is made for', (who) => {
    const ways = ['Scan', 'BatchWriteItem', 'PartiQLSelect', 'PartiQLUpdate', 'PartiQLDelete'];

    expect(ways.filter((way) => mayTouch(who, way, []))).toEqual([]);
    expect(may(who, { action: 'dynamodb:DeleteTable', resource: TABLE })).toBe(false);
    expect(may(who, { action: 'dynamodb:ExportTableToPointInTime', resource: TABLE })).toBe(false);
  });

  it.each(FUNCTIONS)('are not reached by %s beside one that it may reach', (who) => {
    expect(mayTouch(who, 'BatchGetItem', [KEYS.pool, KEYS.replay])).toBe(false);
    expect(mayTouch(who, 'PutItem', [KEYS.outbox, KEYS.policy])).toBe(false);
  });

  it.each([
    ['slack', ['byState POOL']],
    ['api', ['byState POOL']],
    ['decide', []],
    [
      'answer',
      [
        'byState POOL',
        'byState STATUS#pending',
        'byState FOLLOWUP#unrequested',
        'byState RECOMMENDATION',
      ],
    ],
    ['launch', []],
    ['collect', ['byState POOL', 'byState TERMS', 'byState STATUS#pending']],
    ['optimize', ['byState POOL', 'byState STATUS#pending', 'byState RECOMMENDATION']],
    ['sweep', ['byState POOL', 'byState OUTBOX', 'byDue DUE', 'byDue DUE#FOLLOWUP']],
    ['audit', ['byState AUDITED#2026-11-22']],
    ['watch', ['byState STATUS#pending', 'byState FOLLOWUP#unrequested']],
  ])('that %s may list are exactly %o', (who, lists) => {
    const all = [
      'byState POOL',
      'byState TERMS',
      'byState OUTBOX',
      'byState STATUS#pending',
      'byState FOLLOWUP#unrequested',
      'byState RECOMMENDATION',
      'byDue DUE',
      'byDue DUE#FOLLOWUP',
      'byState AUDITED#2026-11-22',
    ];

    const listed = all.filter((list) => {
      const [index, key = ''] = list.split(' ');
      return mayTouch(who, 'Query', [key], index);
    });

    expect(listed).toEqual(lists);
  });

  it('of the audit are added to and never changed or removed, by anybody (T16)', () => {
    const writers = FUNCTIONS.filter((who) => mayTouch(who, 'PutItem', [KEYS.audit]));
    const changers = FUNCTIONS.filter((who) =>
      ['UpdateItem', 'DeleteItem'].some((action) => mayTouch(who, action, [KEYS.audit])),
    );

    expect(writers).toEqual(['decide', 'launch', 'collect']);
    expect(changers).toEqual([]);
  });
});
