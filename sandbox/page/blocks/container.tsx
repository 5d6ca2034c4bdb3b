import type { ReactNode } from 'react';
import type { BlockOf } from './known-block.ts';
import { RichText } from './rich-text.tsx';
import { Words } from './words.tsx';

/** Blocks under a title, which may fold away. */
export function Container(props: { block: BlockOf<'container'>; children: ReactNode }) {
  const { title, rich_text_title, subtitle, is_collapsible, default_collapsed } = props.block;
  const heading = (
    <>
      {title && <strong>{title.text}</strong>}
      {rich_text_title && <RichText block={rich_text_title} />}
      {subtitle && (
        <small className="words">
          <Words of={subtitle} />
        </small>
      )}
    </>
  );
  if (!is_collapsible) {
    return (
      <div className="container">
        <div>{heading}</div>
        {props.children}
      </div>
    );
  }
  return (
    <details className="container" open={!default_collapsed}>
      <summary>{heading}</summary>
      {props.children}
    </details>
  );
}
