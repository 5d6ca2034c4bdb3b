import { useId } from 'react';
import { ButtonElement } from '../elements/button-element.tsx';
import type { BlockOf } from './known-block.ts';
import { Picture } from './picture.tsx';
import { Words } from './words.tsx';

/** A card: picture, title, words and buttons. */
export function Card({ block }: { block: BlockOf<'card'> }) {
  const id = useId();
  return (
    <div className="card words">
      {block.hero_image && <Picture image={block.hero_image} />}
      {block.title && (
        <strong>
          <Words of={block.title} />
        </strong>
      )}
      {block.subtitle && (
        <small>
          <Words of={block.subtitle} />
        </small>
      )}
      {block.body && (
        <div>
          <Words of={block.body} />
        </div>
      )}
      <div className="actions">
        {block.actions?.map((button, index) => (
          <ButtonElement
            key={button.action_id ?? index}
            element={button}
            blockId={block.block_id ?? ''}
            labels={{ id: `${id}-${index}` }}
          />
        ))}
      </div>
    </div>
  );
}
