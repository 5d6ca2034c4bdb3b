import { describe, expect, it } from 'vitest';
import { commandKey, requestIdOf } from '#slack/idempotency.ts';

describe('requestIdOf', () => {
  it('is the same for the same form, and another for another', () => {
    expect(requestIdOf('T1', 'V1')).toBe(requestIdOf('T1', 'V1'));
    expect(requestIdOf('T1', 'V1')).not.toBe(requestIdOf('T1', 'V2'));
    expect(requestIdOf('T1', 'V1')).not.toBe(requestIdOf('T2', 'V1'));
    expect(requestIdOf('T1', 'V1')).toMatch(/^req-[0-9a-z]{10}$/);
  });

  it('has ten digits, zeros in front among them', () => {
    // The SHA-256 of "T1\nV64", modulo 36 to the tenth, is y7jji17x0 in base 36.
    expect(requestIdOf('T1', 'V64')).toBe('req-0y7jji17x0');
  });
});

describe('commandKey', () => {
  it('is the first 40 digits of a SHA-256', () => {
    // printf 'approve\n1.2.3' | sha256sum
    expect(commandKey('approve', '1.2.3')).toBe('26e38d376d30c21af2ebfebfb9d789898a004378');
  });
});
