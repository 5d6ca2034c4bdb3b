import { useRef } from 'react';
import { z } from 'zod';
import { RichText } from '../../slack/block-kit/rich-text.ts';
import { useField } from '../surface.ts';
import type { ElementOf, ElementProps } from './element-types.ts';

type Typed = ElementOf<'plain_text_input' | 'email_text_input' | 'url_text_input' | 'number_input'>;

const KEYBOARD = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'numeric',
} as const;

/** A field to type into. The sandbox hears of it when the person leaves the field. */
export function TextInput({ element, blockId, labels }: ElementProps<Typed>) {
  const field = useField(blockId, element, z.string());
  const told = useRef(field.value);
  const tell = () => {
    if (told.current === field.value) return;
    told.current = field.value;
    field.choose(field.value);
  };
  const shared = {
    ...labels,
    className: element.type === 'number_input' ? 'input short' : 'input',
    placeholder: element.placeholder?.text,
    value: field.value ?? '',
    onChange: ({ target }: { target: { value: string } }) => field.keep(target.value || null),
    onBlur: tell,
  };
  if (element.type === 'plain_text_input' && element.multiline) {
    return <textarea rows={3} {...shared} />;
  }
  return <input type="text" inputMode={KEYBOARD[element.type]} autoComplete="off" {...shared} />;
}

/** A field for longer text; what is typed is sent as rich text without styles. */
export function RichTextInput({
  element,
  blockId,
  labels,
}: ElementProps<ElementOf<'rich_text_input'>>) {
  const field = useField(blockId, element, RichText);
  return (
    <textarea
      {...labels}
      className="input"
      rows={element.min_lines ?? 3}
      placeholder={element.placeholder?.text}
      value={field.value === null ? '' : textIn(field.value)}
      onChange={({ target }) => field.keep(target.value === '' ? null : richText(target.value))}
    />
  );
}

function richText(text: string): z.output<typeof RichText> {
  const elements = [{ type: 'text' as const, text }];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function textIn({ elements }: z.output<typeof RichText>): string {
  const sections = elements.filter((part) => part.type === 'rich_text_section');
  return sections
    .flatMap((section) => section.elements)
    .map((piece) => (piece.type === 'text' ? piece.text : ''))
    .join('');
}
