import { useState } from 'react';
import { AheadMs } from './clock-context.ts';
import { AskContext, type Confirmation } from './confirm-context.ts';
import { MainPane } from './main-pane.tsx';
import { ThreadPane } from './messages/thread-pane.tsx';
import { type Conversation, conversationAt, conversationsOf } from './model/conversations.ts';
import type { SandboxState } from './model/sandbox-state.ts';
import { ActivityDrawer } from './shell/activity-drawer.tsx';
import { Sidebar } from './shell/sidebar.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { Trouble } from './shell/trouble.tsx';
import { useSandbox } from './use-sandbox.ts';
import { ConfirmDialog } from './views/confirm-dialog.tsx';
import { Modal } from './views/modal.tsx';

interface Pending {
  readonly question: Confirmation;
  readonly answer: (goOn: boolean) => void;
}

/** The page: Slack as one person sees it, and the sandbox around it. */
export function App() {
  const page = useSandbox();
  const [pending, setPending] = useState<Pending | null>(null);
  const { state } = page;
  const ask = (question: Confirmation) => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    setPending({ question, answer: resolve });
    return promise;
  };
  const answer = (goOn: boolean) => {
    pending?.answer(goOn);
    setPending(null);
  };

  if (state.sandbox === null) return <p className="connecting">Connecting to the sandbox…</p>;
  return (
    <AheadMs value={state.aheadMs}>
      <AskContext value={ask}>
        <Workspace {...page} sandbox={state.sandbox} ask={ask} />
        {pending && <ConfirmDialog question={pending.question} onAnswer={answer} />}
      </AskContext>
    </AheadMs>
  );
}

const START_OVER: Confirmation = {
  title: 'Start over?',
  text: {
    type: 'plain_text',
    text: 'Every message, request and launch of this sandbox is forgotten.',
  },
  confirm: 'Start over',
  deny: 'Keep going',
  danger: true,
};

type WorkspaceProps = ReturnType<typeof useSandbox> & {
  sandbox: SandboxState;
  ask: (question: Confirmation) => Promise<boolean>;
};

function Workspace({ state, dispatch, tell, sandbox, ask }: WorkspaceProps) {
  const { person, place, thread } = state;
  const conversations = conversationsOf(sandbox, person);
  const conversation = conversationAt(conversations, place);
  const view = sandbox.views[person];

  const say = async (where: Conversation, text: string, threadTs?: string) => {
    dispatch({ type: 'working', change: 1 });
    const target = { user: person, channel: where.id, text };
    if (text.startsWith('/')) await tell('command', target);
    else
      await tell('message', threadTs === undefined ? target : { ...target, thread_ts: threadTs });
    dispatch({ type: 'working', change: -1 });
  };
  const startOver = async () => {
    if ((await ask(START_OVER)) && (await tell('reset', {}))) location.reload();
  };

  return (
    <>
      <a className="skip" href="#main">
        Skip to the conversation
      </a>
      <TopBar
        aheadMs={state.aheadMs}
        drawerOpen={state.drawerOpen}
        onAdvance={(advance) => tell('clock', { advance })}
        onToggleDrawer={() => dispatch({ type: 'toggled drawer' })}
        onShowHint={() => dispatch({ type: 'showed hint', open: true })}
      />
      <div className="workspace">
        <Sidebar
          state={state}
          conversations={conversations}
          onGo={(to) => dispatch({ type: 'went', place: to })}
          onBecome={(next) => dispatch({ type: 'became', person: next })}
        />
        <MainPane
          state={state}
          home={sandbox.home[person]}
          conversation={conversation}
          dispatch={dispatch}
          tell={tell}
          onSay={(text) => void say(conversation, text)}
        />
        {thread !== null && (
          <ThreadPane
            conversation={conversation}
            ts={thread}
            person={person}
            tell={tell}
            onSend={(text, ts) => void say(conversation, text, ts)}
            onClose={() => dispatch({ type: 'opened thread', ts: null })}
          />
        )}
        {state.drawerOpen && (
          <ActivityDrawer
            sandbox={sandbox}
            onFault={(fault) =>
              void tell('faults', fault === null ? [] : [...sandbox.faults, fault])
            }
            onStartOver={() => void startOver()}
            onClose={() => dispatch({ type: 'toggled drawer' })}
          />
        )}
      </div>
      <Trouble text={state.trouble} onClose={() => dispatch({ type: 'trouble', text: null })} />
      {view && <Modal key={`${person} ${view.id}`} view={view} person={person} tell={tell} />}
    </>
  );
}
