import { expect, it } from 'vitest';
import { chain } from '#domain/audit/audit-chain.ts';
import { digestEvent } from '#domain/audit/chain-digest.ts';
import { chainDigestMessage } from '#slack/views/chain-digest.ts';
import { sha256 } from '../../builders.ts';
import { NOW } from '../builders.ts';
import { reading } from './reading.ts';

it('a digest of the audit shows its hash, and how to compare it', () => {
  const heads = { day: '2026-11-21', heads: [{ stream: 'pool/1', sequence: 2, hash: 'f' }] };
  const [digest] = chain(null, [digestEvent(heads, NOW, sha256)], sha256);
  if (digest === undefined) throw new Error('no digest');

  const { text, blocks } = chainDigestMessage(digest);

  expect(text).toBe(`Audit digest of 2026-11-21: ${digest.hash}`);
  expect(reading(blocks).replaceAll(digest.hash, 'HASH')).toMatchInlineSnapshot(`
    "# Audit digest of 2026-11-21
    1 audit stream grew. Nothing up to here can change any more without this hash changing: HASH
    To check: quartermaster audit verify --digest HASH"
  `);
});
