import { useId } from 'react';
import { Element } from '../elements/element.tsx';
import type { BlockOf } from './known-block.ts';
import { Picture } from './picture.tsx';
import { Words } from './words.tsx';

/** A section: text, fields in two columns, and one element at its side. */
export function Section({ block }: { block: BlockOf<'section'> }) {
  const id = useId();
  const { text, fields, accessory } = block;
  return (
    <div className="section">
      <div className="section-text">
        {text && (
          <div className="words" id={`${id}-text`}>
            <Words of={text} />
          </div>
        )}
        {fields && (
          <div className="fields">
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a block's fields never move
              <div key={index} className="words">
                <Words of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory?.type === 'image' && <Picture image={accessory} />}
      {accessory && accessory.type !== 'image' && (
        <Element
          element={accessory}
          blockId={block.block_id ?? ''}
          labels={{ id, 'aria-labelledby': text && `${id}-text` }}
        />
      )}
    </div>
  );
}
