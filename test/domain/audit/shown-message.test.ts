import { describe, expect, it } from 'vitest';
import { shownHash, withShown } from '#domain/audit/shown-message.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import { NOW, sha256 } from '../../builders.ts';

const REQUEST = 'req-0000000001';
const event = (changes: object) => ({
  stream: `request/${REQUEST}`,
  at: NOW,
  event: 'request.approved',
  by: 'UAPPROVER',
  details: { command: 'k1', generation: 1 },
  ...changes,
});

describe('what was shown', () => {
  const click = { requestId: REQUEST, key: 'k1' };

  it('goes into the audit of the click, and of nothing else', () => {
    const others = [
      event({ stream: 'pool/1' }),
      event({ stream: 'request/req-0000000002' }),
      event({ details: { command: 'k2' } }),
      event({ details: {} }),
    ];

    const { audit } = withShown({ ...NO_STEP, audit: [event({}), ...others] }, click, 'hash');

    expect(audit[0]?.details).toEqual({ command: 'k1', generation: 1, shown: 'hash' });
    expect(audit.slice(1)).toEqual(others);
  });

  it('is not made up where nothing is kept', () => {
    const step = { ...NO_STEP, audit: [event({})] };

    expect(withShown(step, click, null)).toBe(step);
  });

  it('cannot be told from its hash without the salt', () => {
    expect(shownHash('text', 'salt', sha256)).not.toBe(shownHash('text', 'other', sha256));
    expect(shownHash('text', 'salt', sha256)).toBe(shownHash('text', 'salt', sha256));
  });
});
