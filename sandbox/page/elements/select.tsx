import { z } from 'zod';
import { MenuOption } from '../../slack/block-kit/text.ts';
import { useAsk } from '../confirm-context.ts';
import { type Choice, useField, useSurface } from '../surface.ts';
import { Combobox } from './combobox.tsx';
import { confirmationOf } from './confirmation-of.ts';
import type { ElementProps } from './element-types.ts';
import { choiceOfId, choosesIds, type Menu, menuSource } from './menu-source.ts';

/** A menu with one choice. */
export function Select({ element, blockId, labels }: ElementProps<Menu>) {
  const surface = useSurface();
  const ask = useAsk();
  const field = useField(blockId, element, z.union([MenuOption, z.string()]));
  const choose = async (choice: Choice | null) => {
    if (element.confirm && !(await ask(confirmationOf(element.confirm)))) return;
    field.choose(choice !== null && choosesIds(element) ? choice.value : choice);
  };
  const { value } = field;
  return (
    <Combobox
      labels={labels}
      placeholder={element.placeholder?.text ?? 'Choose an option'}
      source={menuSource(element, surface)}
      value={typeof value === 'string' ? choiceOfId(value) : value}
      onChoose={(choice) => void choose(choice)}
    />
  );
}
