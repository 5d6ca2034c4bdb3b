import { z } from 'zod';
import { MenuOption } from '../../slack/block-kit/text.ts';
import { type Choice, useField, useSurface } from '../surface.ts';
import { Combobox } from './combobox.tsx';
import type { ElementProps } from './element-types.ts';
import { choiceOfId, choosesIds, type Menu, menuSource } from './menu-source.ts';

/** A menu with several choices, which stand before it as chips. */
export function MultiSelect({ element, blockId, labels }: ElementProps<Menu>) {
  const surface = useSurface();
  const field = useField(blockId, element, z.array(z.union([MenuOption, z.string()])));
  const chosen = (field.value ?? []).map((each) =>
    typeof each === 'string' ? choiceOfId(each) : each,
  );
  const choose = (choices: readonly Choice[]) =>
    field.choose(choosesIds(element) ? choices.map(({ value }) => value) : [...choices]);
  const without = (choice: Choice) => chosen.filter(({ value }) => value !== choice.value);
  return (
    <div className="chips">
      {chosen.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className="chip"
          aria-label={`Remove ${choice.text.text}`}
          onClick={() => choose(without(choice))}
        >
          {choice.text.text} <span aria-hidden="true">×</span>
        </button>
      ))}
      <Combobox
        labels={labels}
        placeholder={element.placeholder?.text ?? 'Choose options'}
        source={menuSource(element, surface)}
        value={null}
        onChoose={(choice) => choice && choose([...without(choice), choice])}
      />
    </div>
  );
}
