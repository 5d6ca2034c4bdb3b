import { type Dispatch, useCallback } from 'react';
import { APP } from '../slack/workspace.ts';
import { Announcer } from './messages/announcer.tsx';
import { Composer } from './messages/composer.tsx';
import { Intro } from './messages/intro.tsx';
import { MessageList } from './messages/message-list.tsx';
import { type Conversation, isReply, repliesTo } from './model/conversations.ts';
import type { PageEvent, PageState } from './model/page-state.ts';
import type { View } from './model/sandbox-state.ts';
import { faceOf } from './model/workspace.ts';
import { Avatar } from './shell/avatar.tsx';
import { HintCard } from './shell/hint-card.tsx';
import type { Tell } from './use-sandbox.ts';
import { Home } from './views/home.tsx';

const APPROVALS = 'C0APPROVAL';

/** The open conversation, or App Home. */
export function MainPane(props: {
  state: PageState;
  home: View | undefined;
  conversation: Conversation;
  dispatch: Dispatch<PageEvent>;
  tell: Tell;
  onSay(text: string): void;
}) {
  const { state, conversation, dispatch, tell, onSay } = props;
  const { place, person } = state;
  const inApp = place.kind === 'app';
  const openThread = useCallback(
    (ts: string) => dispatch({ type: 'opened thread', ts }),
    [dispatch],
  );
  const label = inApp ? 'Message Quartermaster' : `Message #${conversation.name}`;

  return (
    <main id="main" className="main">
      <header className="main-header">
        {inApp && <Avatar face={faceOf(APP.userId)} small />}
        <h2>{inApp ? 'Quartermaster' : `# ${conversation.name}`}</h2>
        {inApp && <span className="badge">APP</span>}
        {!state.connected && <span className="offline">Connection lost. Trying again…</span>}
      </header>
      {place.kind === 'app' && <AppTabs tab={place.tab} dispatch={dispatch} />}
      {place.kind === 'app' && place.tab === 'home' ? (
        <Home key={person} view={props.home} person={person} tell={tell} />
      ) : (
        <>
          {state.hintOpen && (
            <HintCard
              onUsage={() => onSay('/license usage')}
              onRequest={() => onSay('/license request')}
              onApprover={() => {
                dispatch({ type: 'became', person: 'approver' });
                dispatch({ type: 'went', place: { kind: 'channel', id: APPROVALS } });
              }}
              onClose={() => dispatch({ type: 'showed hint', open: false })}
            />
          )}
          <MessageList
            label={`Messages in ${conversation.name}`}
            messages={conversation.messages.filter((message) => !isReply(message))}
            channel={conversation.id}
            person={person}
            tell={tell}
            waiting={state.working > 0}
            repliesOf={(ts) => repliesTo(conversation, ts).length}
            onOpenThread={openThread}
          >
            <Intro name={conversation.name} isChannel={!inApp} />
          </MessageList>
          <p className="working" role="status">
            {state.working > 0 && 'Quartermaster is working…'}
          </p>
          <Composer
            key={`${person} ${conversation.id}`}
            label={label}
            isThread={false}
            onSend={onSay}
          />
          <Announcer conversation={conversation} person={person} />
        </>
      )}
    </main>
  );
}

const TABS = [
  { tab: 'home', text: 'Home' },
  { tab: 'messages', text: 'Messages' },
] as const;

function AppTabs(props: { tab: 'home' | 'messages'; dispatch: Dispatch<PageEvent> }) {
  return (
    <nav className="tabs" aria-label="Quartermaster">
      {TABS.map(({ tab, text }) => (
        <button
          key={tab}
          type="button"
          aria-current={tab === props.tab ? 'page' : undefined}
          onClick={() => props.dispatch({ type: 'went', place: { kind: 'app', tab } })}
        >
          {text}
        </button>
      ))}
    </nav>
  );
}
