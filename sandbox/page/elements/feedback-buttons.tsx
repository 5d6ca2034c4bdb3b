import { useState } from 'react';
import { useSurface } from '../surface.ts';
import type { ElementOf, ElementProps } from './element-types.ts';

/** Thumbs up and down below an answer. */
export function FeedbackButtons({ element, blockId }: ElementProps<ElementOf<'feedback_buttons'>>) {
  const { act } = useSurface();
  const [given, setGiven] = useState<string | null>(null);
  const choices = [
    { ...element.positive_button, sign: '👍' },
    { ...element.negative_button, sign: '👎' },
  ];
  return choices.map(({ text, value, accessibility_label, sign }) => (
    <button
      key={value}
      type="button"
      className="button small"
      aria-pressed={given === value}
      aria-label={accessibility_label ?? text.text}
      onClick={() => {
        setGiven(value);
        void act({ action_id: element.action_id ?? '', block_id: blockId, value });
      }}
    >
      <span aria-hidden="true">{sign}</span> {text.text}
    </button>
  ));
}
