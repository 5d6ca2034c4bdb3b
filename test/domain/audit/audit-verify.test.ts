import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AuditEntry, type AuditEvent } from '#domain/audit/audit.ts';
import { chain, hashOf } from '#domain/audit/audit-chain.ts';
import { auditVerifier, type RowPlace, type StreamHead } from '#domain/audit/audit-verify.ts';
import { NOW, sha256 } from '../../builders.ts';

const STREAM = 'request/req-0000000001';

function entries(count: number, stream = STREAM, by = 'UREQUESTER'): AuditEntry[] {
  const events = Array.from(
    { length: count },
    (_, index): AuditEvent => ({
      stream,
      at: NOW,
      event: 'request.submitted',
      by,
      details: { step: index + 1 },
    }),
  );
  return [...chain(null, events, sha256)];
}

/** Rows as they are stored. */
const stored = (rows: readonly AuditEntry[]) => rows.map((row) => z.encode(AuditEntry, row));
const headOf = (row: AuditEntry | undefined): [string, StreamHead][] =>
  row === undefined ? [] : [[row.stream, row]];

function verify(
  rows: readonly unknown[],
  heads: ReadonlyMap<string, StreamHead> = new Map(),
  place?: (index: number) => RowPlace,
) {
  const verifier = auditVerifier(heads, sha256);
  for (const [index, row] of rows.entries()) verifier.add(row, place?.(index));
  return verifier.finish();
}

const at = (sequence: number, what: string, stream = STREAM) => [{ stream, sequence, what }];

describe('a whole audit trail', () => {
  it('has no fault, whatever the order of its streams', () => {
    const [a, b] = [entries(3), entries(2, 'pool/1')];
    const [a1, a2, a3] = a;
    const [b1, b2] = b;

    const { rows, streams, faults } = verify(
      stored([a1, b1, b2, a2, a3].filter((row) => row !== undefined)),
      new Map([...headOf(a2), ...headOf(b2)]),
    );

    expect({ rows, streams, faults }).toEqual({ rows: 5, streams: 2, faults: [] });
  });
});

describe('the first bad row (T16)', () => {
  const whole = entries(5);
  const rows = stored(whole);
  const without = (sequence: number) => rows.toSpliced(sequence - 1, 1);
  const sealed = (entry: AuditEntry): AuditEntry => ({ ...entry, hash: hashOf(entry, sha256) });

  it.each([
    ['by', { by: 'USOMEBODY' }],
    ['details', { details: { step: 30 } }],
    ['at', { at: '2026-11-22T09:30:01.000Z' }],
    ['hash', { hash: 'f'.repeat(64) }],
    ['previousHash', { previousHash: 'f'.repeat(64) }],
    ['a field that was not there', { note: 'added' }],
    ['sequence', { sequence: 'three' }],
  ])('is the one whose %s was changed', (_what, change) => {
    const [third] = rows.slice(2);

    const changed = rows.with(2, Object.assign({}, third, change));
    const lying = (index: number) => ({ stream: STREAM, sequence: index + 1 });

    expect(verify(changed, new Map(), lying).faults).toEqual(at(3, 'changed'));
  });

  it.each([1, 3, 4])('is number %d where that is missing', (sequence) => {
    expect(verify(without(sequence)).faults).toEqual(at(sequence, 'missing'));
  });

  it('is the first of two that lie in the wrong order', () => {
    const [one, two, three, ...rest] = rows;

    expect(verify([one, three, two, ...rest]).faults).toEqual(at(2, 'reordered'));
  });

  it('is the one that lies under another number', () => {
    const [one, two, three, ...rest] = rows;
    const lying = (index: number) => ({ stream: STREAM, sequence: index + 1 });

    expect(verify([one, three, two, ...rest], new Map(), lying).faults).toEqual(at(2, 'reordered'));
  });

  it('is the one that lies in another stream', () => {
    const place = { stream: 'pool/1', sequence: 1 };

    expect(verify(rows.slice(0, 1), new Map(), () => place).faults).toEqual(
      at(1, 'reordered', 'pool/1'),
    );
  });

  it('is the second with the same number', () => {
    const [, other] = entries(2, STREAM, 'USOMEBODY');
    const fork = other === undefined ? [] : stored([other]);

    expect(verify([...rows.slice(0, 2), ...fork, ...rows.slice(2)]).faults).toEqual(
      at(2, 'forked'),
    );
  });

  it('is the one that follows a row of another history', () => {
    const replaced = whole.map((entry, index) =>
      index === 1 ? sealed({ ...entry, by: 'USOMEBODY' }) : entry,
    );

    expect(verify(stored(replaced)).faults).toEqual(at(3, 'forked'));
  });

  it('is the one after the end of a stream that the digest saw go on', () => {
    const heads = new Map(headOf(whole[4]));

    expect(verify(rows.slice(0, 3), heads).faults).toEqual(at(4, 'truncated'));
    expect(verify([], heads).faults).toEqual(at(1, 'truncated'));
    expect(verify(rows, new Map(headOf(whole[2]))).faults).toEqual([]);
  });

  it('is the one that the digest saw differently, where a whole history was made up', () => {
    const heads = new Map(headOf(whole[2]));

    expect(verify(stored(entries(5, STREAM, 'USOMEBODY')), heads).faults).toEqual(at(3, 'forked'));
  });

  it('is named in every stream that has one', () => {
    const other = stored(entries(3, 'pool/1'));

    expect(verify([...without(2), ...other.toSpliced(0, 1)]).faults).toEqual([
      ...at(1, 'missing', 'pool/1'),
      ...at(2, 'missing'),
    ]);
  });

  it('is found wherever one character is changed', () => {
    const texts = rows.map((row) => JSON.stringify(row));
    const anywhere = fc
      .nat({ max: texts.length - 1 })
      .chain((row) => fc.tuple(fc.constant(row), fc.nat({ max: (texts[row]?.length ?? 1) - 1 })));

    fc.assert(
      fc.property(anywhere, fc.constantFrom('0', 'x', '-'), ([row, index], character) => {
        const text = texts[row] ?? '';
        const changed = `${text.slice(0, index)}${character}${text.slice(index + 1)}`;
        fc.pre(changed !== text);
        const document: unknown = parsed(changed);
        fc.pre(JSON.stringify(document) !== JSON.stringify(rows[row]));

        expect(verify(rows.with(row, Object(document))).faults).not.toEqual([]);
      }),
    );
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
