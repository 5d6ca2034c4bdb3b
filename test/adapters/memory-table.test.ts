import { describe } from 'vitest';
import { NOW } from '../builders.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { decisionStoreContract } from './decision-store.contract.ts';
import { listsContract } from './lists.contract.ts';
import { recommendationsContract } from './recommendations.contract.ts';

const now = () => NOW;

describe('the table in memory, as the decision store', () => {
  decisionStoreContract(async () => ({ store: memoryTable({ now }), now }));
});

describe('the table in memory, as lists', () => {
  listsContract(async () => {
    const table = memoryTable({ now });
    const lists = { requests: table, outbox: table, pools: table, terms: table };
    return { store: table, ...lists, settle: async () => {} };
  });
});

describe('the table in memory, as recommendations', () => {
  recommendationsContract(async () => {
    const table = memoryTable({ now });
    return { recommendations: table, store: table, now, settle: async () => {} };
  });
});
