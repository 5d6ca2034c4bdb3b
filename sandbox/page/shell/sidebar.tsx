import { APP } from '../../slack/workspace.ts';
import type { Conversation, Place } from '../model/conversations.ts';
import { DM } from '../model/conversations.ts';
import { type PageState, seenKey } from '../model/page-state.ts';
import { faceOf, idOf } from '../model/workspace.ts';
import { Avatar } from './avatar.tsx';
import { PersonSwitcher } from './person-switcher.tsx';

/** Channels, the app, and whom one acts as. */
export function Sidebar(props: {
  state: PageState;
  conversations: readonly Conversation[];
  onGo(place: Place): void;
  onBecome(person: string): void;
}) {
  const { state, conversations, onGo } = props;
  const channels = conversations.filter(({ id }) => id !== DM);
  const dm = conversations.find(({ id }) => id === DM);
  const { place } = state;
  return (
    <div className="sidebar">
      <nav aria-label="Conversations">
        <h2>Channels</h2>
        <ul>
          {channels.map((channel) => (
            <li key={channel.id}>
              <Entry
                isHere={place.kind === 'channel' && place.id === channel.id}
                unread={unreadIn(channel, state)}
                onGo={() => onGo({ kind: 'channel', id: channel.id })}
              >
                <span aria-hidden="true">#</span> {channel.name}
              </Entry>
            </li>
          ))}
        </ul>
        {channels.length === 0 && <p>A guest of another company is in no channel.</p>}
        <h2>Apps</h2>
        <ul>
          <li>
            <Entry
              isHere={place.kind === 'app'}
              unread={dm ? unreadIn(dm, state) : 0}
              onGo={() => onGo({ kind: 'app', tab: 'messages' })}
            >
              <Avatar face={faceOf(APP.userId)} small /> Quartermaster
            </Entry>
          </li>
        </ul>
      </nav>
      <PersonSwitcher person={state.person} onBecome={props.onBecome} />
    </div>
  );
}

function Entry(props: {
  isHere: boolean;
  unread: number;
  onGo(): void;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      className={props.unread > 0 ? 'unread' : undefined}
      aria-current={props.isHere ? 'page' : undefined}
      onClick={props.onGo}
    >
      <span className="entry-name">{props.children}</span>{' '}
      {props.unread > 0 && (
        <span className="count">
          {props.unread}
          <span className="unseen"> unread</span>
        </span>
      )}
    </button>
  );
}

function unreadIn({ id, messages }: Conversation, { seen, person }: PageState): number {
  const last = seen[seenKey(person, id)] ?? '';
  return messages.filter(({ ts, user }) => ts > last && user !== idOf(person)).length;
}
