import { describe, expect, it } from 'vitest';
import { filedIn } from '#domain/optimization/kinds/estate-advice.ts';
import { ACCOUNT, REGION } from '../../../builders.ts';
import {
  OTHER_ACCOUNT,
  readShard,
  sqlInstance,
  sqlShard,
} from '../../positioning/position-world.ts';
import { anEstate } from './estate-world.ts';

const FIRST = readShard({ account: '111122223333', region: 'eu-west-1' });
const OTHER = readShard({ account: OTHER_ACCOUNT });
const RUNNING = sqlShard([sqlInstance('i-1')]);

describe('filedIn', () => {
  it.each([
    ['where the product runs', [OTHER, RUNNING, FIRST], 'sql-server', [OTHER_ACCOUNT], ACCOUNT],
    [
      'in an account that has it',
      [OTHER, RUNNING, FIRST],
      'sap-hana',
      [OTHER_ACCOUNT],
      OTHER_ACCOUNT,
    ],
    ['in the first there is', [OTHER, FIRST, RUNNING], 'sap-hana', [], '111122223333'],
  ])('files what belongs to no Region %s', (_, shards, product, accounts, expected) => {
    expect(filedIn(anEstate(shards), product, accounts)?.account).toBe(expected);
  });

  it('takes the first Region of an account', () => {
    const shards = [RUNNING, { ...RUNNING, region: 'eu-west-1' }];

    expect(filedIn(anEstate(shards), 'sap-hana', [])?.region).toBe('eu-west-1');
    expect(filedIn(anEstate(shards.slice(0, 1)), 'sap-hana', [])?.region).toBe(REGION);
  });

  it('files nothing where nothing was collected', () => {
    expect(filedIn(anEstate([]), 'sql-server', [])).toBeNull();
  });
});
