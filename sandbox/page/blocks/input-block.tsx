import { createContext, useContext, useId } from 'react';
import { Element } from '../elements/element.tsx';
import type { BlockOf } from './known-block.ts';

/** What is wrong with the fields of a form, by block_id. */
export const FieldErrors = createContext<Readonly<Record<string, string>>>({});

/** A field of a form with its label, its hint, and what is wrong with it. */
export function InputBlock({ block }: { block: BlockOf<'input'> }) {
  const id = useId();
  const error = useContext(FieldErrors)[block.block_id ?? ''];
  const describedBy = [
    ...(error === undefined ? [] : [`${id}-error`]),
    ...(block.hint ? [`${id}-hint`] : []),
  ];
  return (
    <div className="field">
      <label htmlFor={id} id={`${id}-label`}>
        {block.label.text}
        {block.optional && <span className="optional"> (optional)</span>}
      </label>
      <Element
        element={block.element}
        blockId={block.block_id ?? ''}
        labels={{
          id,
          'aria-labelledby': `${id}-label`,
          'aria-describedby': describedBy.join(' ') || undefined,
          'aria-invalid': error !== undefined,
          'aria-required': block.optional !== true,
        }}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
      {block.hint && (
        <p id={`${id}-hint`} className="hint">
          {block.hint.text}
        </p>
      )}
    </div>
  );
}
