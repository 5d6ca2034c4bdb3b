import { useId } from 'react';
import type { JsonObject } from '../../slack/json.ts';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { Element } from '../elements/element.tsx';
import { Card } from './card.tsx';
import { Container } from './container.tsx';
import { DataTable } from './data-table.tsx';
import { InputBlock } from './input-block.tsx';
import { type KnownBlock, knownBlock } from './known-block.ts';
import { Drawn } from './library-block.tsx';
import { Picture } from './picture.tsx';
import { RichText } from './rich-text.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';
import { Unbroken } from './unbroken.tsx';
import { Words } from './words.tsx';

/** Block Kit, drawn. A block that cannot be drawn says so and spares the others. */
export function Blocks({ blocks }: { blocks: readonly JsonObject[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <Unbroken key={String(block['block_id'] ?? index)}>
          <Block block={block} />
        </Unbroken>
      ))}
    </div>
  );
}

function Block({ block }: { block: JsonObject }) {
  const known = knownBlock(block);
  if (known === null) throw new Error(`Not a block: ${JSON.stringify(block)}`);
  return <Known block={known} />;
}

function Known({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'actions':
    case 'context_actions':
      return <Elements block={block} />;
    case 'input':
      return <InputBlock block={block} />;
    case 'header':
      return <h3 className="block-header">{block.text.text}</h3>;
    case 'divider':
      return <hr />;
    case 'context':
      return (
        <div className="context">
          {block.elements.map((element, index) =>
            element.type === 'image' ? (
              <Picture key={element.alt_text} image={element} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: a block's elements never move
              <span key={index} className="words">
                <Words of={element} />
              </span>
            ),
          )}
        </div>
      );
    case 'image':
      return <Picture image={block} title={block.title?.text} />;
    case 'alert':
      return (
        <div className={`alert words ${block.level ?? 'default'}`} role="note">
          <Words of={block.text} />
        </div>
      );
    case 'data_table':
      return <DataTable block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'container':
      return (
        <Container block={block}>
          <Blocks blocks={block.child_blocks} />
        </Container>
      );
    case 'card':
      return <Card block={block} />;
    case 'carousel':
      return (
        <div className="carousel">
          {block.elements.map((card) => (
            <Card key={card.block_id} block={card} />
          ))}
        </div>
      );
    case 'data_visualization':
      return <ChartFigure block={block} />;
    case 'markdown':
    case 'plan':
    case 'task_card':
      return <Drawn block={block} />;
  }
}

function Elements({
  block,
}: {
  block: Extract<KnownBlock, { type: 'actions' | 'context_actions' }>;
}) {
  const id = useId();
  return (
    <div className="actions">
      {block.elements.map((element, index) => (
        <Element
          key={element.action_id ?? index}
          element={element}
          blockId={block.block_id ?? ''}
          labels={{
            id: `${id}-${index}`,
            'aria-label': 'placeholder' in element ? element.placeholder?.text : undefined,
          }}
        />
      ))}
    </div>
  );
}
