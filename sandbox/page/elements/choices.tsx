import { z } from 'zod';
import { ChoiceOption } from '../../slack/block-kit/text.ts';
import { Words } from '../blocks/words.tsx';
import { useField } from '../surface.ts';
import type { ElementOf, ElementProps } from './element-types.ts';

type Option = z.output<typeof ChoiceOption>;

/** Checkboxes or radio buttons. */
export function Choices({
  element,
  blockId,
  labels,
}: ElementProps<ElementOf<'checkboxes' | 'radio_buttons'>>) {
  const many = element.type === 'checkboxes';
  const field = useField(blockId, element, z.union([ChoiceOption, z.array(ChoiceOption)]));
  const chosen = [field.value ?? []].flat();
  const isChosen = (option: Option) => chosen.some(({ value }) => value === option.value);
  const toggle = (option: Option) => {
    if (!many) return field.choose(option);
    const others = chosen.filter(({ value }) => value !== option.value);
    field.choose(isChosen(option) ? others : [...others, option]);
  };
  const { id, 'aria-required': _required, ...group } = labels;
  return (
    <div role={many ? 'group' : 'radiogroup'} className="choices" {...group}>
      {element.options.map((option, index) => (
        <label key={option.value}>
          <input
            id={index === 0 ? id : undefined}
            type={many ? 'checkbox' : 'radio'}
            name={id}
            checked={isChosen(option)}
            onChange={() => toggle(option)}
          />
          <span>
            <Words of={option.text} />
            {option.description && (
              <small>
                <Words of={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
