import type { ReactNode } from 'react';
import { EMOJI } from '../model/mrkdwn.ts';
import type { BlockOf } from './known-block.ts';
import { Link, Mention, Moment } from './words.tsx';

type Part = BlockOf<'rich_text'>['elements'][number];
type Inline = Extract<Part, { type: 'rich_text_section' }>['elements'][number];

/** A rich_text block: its text is literal, whatever it contains. */
export function RichText({ block }: { block: BlockOf<'rich_text'> }) {
  return (
    <div className="words">
      {block.elements.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text's parts never move
        <PartOf key={index} part={part} />
      ))}
    </div>
  );
}

function PartOf({ part }: { part: Part }) {
  switch (part.type) {
    case 'rich_text_section':
      return (
        <div>
          <Inlines of={part.elements} />
        </div>
      );
    case 'rich_text_quote':
      return (
        <blockquote>
          <Inlines of={part.elements} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre>
          <Inlines of={part.elements} />
        </pre>
      );
    case 'rich_text_list':
      return <List list={part} />;
  }
}

function List({ list }: { list: Extract<Part, { type: 'rich_text_list' }> }) {
  const items = list.elements.map(({ elements }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a list's items never move
    <li key={index}>
      <Inlines of={elements} />
    </li>
  ));
  const indent = { marginInlineStart: `${(list.indent ?? 0) * 24}px` };
  return list.style === 'bullet' ? (
    <ul style={indent}>{items}</ul>
  ) : (
    <ol style={indent} start={(list.offset ?? 0) + 1}>
      {items}
    </ol>
  );
}

function Inlines({ of: elements }: { of: readonly Inline[] }) {
  return elements.map((element, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line's pieces never move
    <Styled key={index} style={element.style}>
      <InlineOf element={element} />
    </Styled>
  ));
}

function InlineOf({ element }: { element: Inline }) {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return <Link url={element.url}>{element.text ?? element.url}</Link>;
    case 'user':
      return <Mention target="user" id={element.user_id} />;
    case 'channel':
      return <Mention target="channel" id={element.channel_id} />;
    case 'usergroup':
      return <Mention target="group" id={element.usergroup_id} />;
    case 'broadcast':
      return <Mention target="everybody" id={element.range} />;
    case 'team':
      return element.team_id;
    case 'color':
      return element.value;
    case 'emoji':
      return EMOJI[element.name] ?? `:${element.name}:`;
    case 'date':
      return (
        <Moment
          seconds={element.timestamp}
          format={element.format}
          fallback={element.fallback ?? ''}
        />
      );
  }
}

function Styled({ style, children }: { style: Inline['style']; children: ReactNode }) {
  let styled = children;
  if (style?.code) styled = <code>{styled}</code>;
  if (style?.strike) styled = <s>{styled}</s>;
  if (style?.underline) styled = <u>{styled}</u>;
  if (style?.highlight) styled = <mark>{styled}</mark>;
  if (style?.italic) styled = <em>{styled}</em>;
  return style?.bold ? <strong>{styled}</strong> : styled;
}
