import { describe, expect, it } from 'vitest';
import { createTriggers } from '../../../sandbox/slack/triggers.ts';

/** Triggers that age as the test says. */
function triggersAt() {
  const time = { now: 0 };
  return { time, triggers: createTriggers(() => time.now) };
}

describe('a trigger', () => {
  it('lasts three seconds', () => {
    const { time, triggers } = triggersAt();
    const [early, late] = [triggers.issue('U1', false), triggers.issue('U1', false)];

    time.now = 3000;
    expect(triggers.exchange(early)).toMatchObject({ userId: 'U1' });
    time.now = 3001;

    expect(() => triggers.exchange(late)).toThrow('expired_trigger_id');
  });

  it('works once', () => {
    const { triggers } = triggersAt();
    const trigger = triggers.issue('U1', true);

    triggers.exchange(trigger);

    expect(() => triggers.exchange(trigger)).toThrow('exchanged_trigger_id');
  });

  it('cannot be made up', () => {
    expect(() => triggersAt().triggers.exchange('1.2.3')).toThrow('invalid_arguments');
  });
});
