import { describe, expect, it } from 'vitest';
import {
  addHeld,
  addOpen,
  newQuota,
  removeHeld,
  removeOver,
} from '#domain/requests/person-quota.ts';

const QUOTA = { ...newQuota('UREQUESTER'), heldRequestIds: ['a'], openRequestIds: ['a', 'b'] };

describe('a person’s quota', () => {
  it('begins with nothing, before anything is written', () => {
    expect(newQuota('UX')).toEqual({
      personId: 'UX',
      heldRequestIds: [],
      openRequestIds: [],
      version: 0,
    });
  });

  it('counts and forgets requests', () => {
    expect(addHeld(QUOTA, 'b').heldRequestIds).toEqual(['a', 'b']);
    expect(removeHeld(QUOTA, 'a').heldRequestIds).toEqual([]);
    expect(addOpen(QUOTA, 'c').openRequestIds).toEqual(['a', 'b', 'c']);
    expect(removeOver(QUOTA, new Set(['a', 'x'])).openRequestIds).toEqual(['b']);
  });

  it('is the same value where nothing changes: then nothing is written', () => {
    expect(addHeld(QUOTA, 'a')).toBe(QUOTA);
    expect(removeHeld(QUOTA, 'b')).toBe(QUOTA);
    expect(addOpen(QUOTA, 'b')).toBe(QUOTA);
    expect(removeOver(QUOTA, new Set(['x']))).toBe(QUOTA);
  });
});
