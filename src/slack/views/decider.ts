import { type Inline, person } from '#slack/views/rich-text.ts';

/** Who decided, where the clock or policy may have. */
export function decider(by: string): Inline {
  if (by === 'policy') return 'policy';
  if (by === 'clock') return 'the clock';
  return person(by);
}
