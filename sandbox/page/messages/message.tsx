import { memo } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { Mrkdwn } from '../blocks/words.tsx';
import { messageTime } from '../model/dates.ts';
import type { Message as MessageData } from '../model/sandbox-state.ts';
import { faceOf } from '../model/workspace.ts';
import { Avatar } from '../shell/avatar.tsx';
import { Icon } from '../shell/icon.tsx';
import { SurfaceContext, useNewSurface } from '../surface.ts';
import type { Tell } from '../use-sandbox.ts';
import { Byline, shortTime } from './byline.tsx';
import { MessageTools } from './message-tools.tsx';

/** What a message needs to know of its place. */
export interface MessageProps {
  readonly message: MessageData;
  /** The conversation, as the control API names it. */
  readonly channel: string;
  readonly person: string;
  readonly tell: Tell;
  /** Whether the one before is by the same author, a moment earlier. */
  readonly follows: boolean;
  readonly replies: number;
  /** Absent inside a thread. */
  readonly onOpenThread?: ((ts: string) => void) | undefined;
}

/** A message with its author, its time and everything that can be done with it. */
export const Message = memo((props: MessageProps) => {
  const { message, channel, person, tell, follows, onOpenThread } = props;
  const face = faceOf(message.user);
  const date = messageTime(message.ts);
  const site = { channel, message_ts: message.ts };
  const surface = useNewSurface({ person, tell, site, blocks: message.blocks });
  const isPrivate = Boolean(message.ephemeral_to);
  const classes = ['message', follows ? 'follows' : '', isPrivate ? 'private' : ''];

  return (
    <article className={classes.join(' ')} aria-label={`${face.name}, ${shortTime(date)}`}>
      {isPrivate && (
        <p className="private-note">
          <Icon name="eye" /> Only visible to you
        </p>
      )}
      {!follows && <Avatar face={face} />}
      <div className="message-body">
        {!follows && <Byline face={face} date={date} />}
        <SurfaceContext value={surface}>
          <Content message={message} />
        </SurfaceContext>
        <Replies count={props.replies} onOpen={onOpenThread && (() => onOpenThread(message.ts))} />
      </div>
      {!isPrivate && (
        <MessageTools
          onReply={onOpenThread && (() => onOpenThread(message.ts))}
          onAsk={() => void tell('shortcut', { user: person, ...site })}
        />
      )}
    </article>
  );
});

function Content({ message: { blocks, text, files, edited } }: { message: MessageData }) {
  return (
    <>
      {blocks.length > 0 ? (
        <Blocks blocks={blocks} />
      ) : (
        <div className="words">
          <Mrkdwn markup={text} />
        </div>
      )}
      {files.map(({ id, name, url_private }) => (
        <a key={id} className="attachment" href={url_private} download={name}>
          <Icon name="file" /> {name}
        </a>
      ))}
      {edited && <span className="edited">(edited)</span>}
    </>
  );
}

function Replies({ count, onOpen }: { count: number; onOpen: (() => void) | undefined }) {
  if (count === 0 || onOpen === undefined) return null;
  return (
    <button type="button" className="replies" onClick={onOpen}>
      {count} {count === 1 ? 'reply' : 'replies'}
    </button>
  );
}
