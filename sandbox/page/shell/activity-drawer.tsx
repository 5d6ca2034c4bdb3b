import { useEffect, useState } from 'react';
import type { SandboxState } from '../model/sandbox-state.ts';
import { type Call, listCalls } from '../wire/control-api.ts';
import { CallList } from './call-list.tsx';
import { FaultMenu } from './fault-menu.tsx';

const SHOWN = {
  'AWS changes': (call: Call) => isAws(call) && !READ.test(call.operation),
  'All of AWS': isAws,
  'The bot’s own': (call: Call) => OWN.has(call.service),
} as const;

/** Services in which the bot keeps its own things, and Slack. */
const OWN = new Set(['dynamodb', 'sqs', 'slack']);
const READ = /^(Describe|List|Get|Search|BatchGet|AssumeRole)/;

function isAws({ service }: Call): boolean {
  return !OWN.has(service);
}

/** What happened behind Slack: requests with their instances, and the latest calls. */
export function ActivityDrawer(props: {
  sandbox: SandboxState;
  onFault(fault: object | null): void;
  onStartOver(): void;
  onClose(): void;
}) {
  const { sandbox } = props;
  const [calls, setCalls] = useState<readonly Call[]>([]);
  const [shown, setShown] = useState<keyof typeof SHOWN>('AWS changes');

  // biome-ignore lint/correctness/useExhaustiveDependencies: calls are listed again whenever something changed
  useEffect(() => {
    let current = true;
    listCalls().then(
      (listed) => current && setCalls(listed),
      () => {}, // the page already says that the sandbox is gone
    );
    return () => {
      current = false;
    };
  }, [sandbox]);

  return (
    <aside className="pane drawer" aria-label="What happened in AWS">
      <header className="pane-header">
        <h2>What happened in AWS</h2>
        <button type="button" className="icon" aria-label="Close drawer" onClick={props.onClose}>
          ×
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the record scrolls by keyboard */}
      <section className="drawer-body" aria-label="Record" tabIndex={0}>
        <h3>Launch requests</h3>
        <Requests sandbox={sandbox} />
        <h3>Calls, newest first</h3>
        <fieldset className="segments">
          <legend className="unseen">Which calls</legend>
          {(['AWS changes', 'All of AWS', 'The bot’s own'] as const).map((name) => (
            <label key={name}>
              <input
                type="radio"
                name="calls"
                checked={shown === name}
                onChange={() => setShown(name)}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <CallList calls={calls.filter(SHOWN[shown])} />
        <FaultMenu faults={sandbox.faults} onFault={props.onFault} />
        <button type="button" className="button" onClick={props.onStartOver}>
          Start over…
        </button>
      </section>
    </aside>
  );
}

function Requests({ sandbox }: { sandbox: SandboxState }) {
  const { requests, queues } = sandbox;
  return (
    <>
      {requests.length === 0 && <p className="nothing">None yet.</p>}
      <ul className="requests">
        {requests.map(({ id, status, instance_ids }) => (
          <li key={id}>
            <code>{id}</code> <span className={`status ${status}`}>{status}</span>
            {instance_ids.map((instance) => (
              <code key={instance}>{instance}</code>
            ))}
          </li>
        ))}
      </ul>
      <p className="queues">
        Queues: {queues.decisions} decisions, {queues.jobs} jobs, {queues.dead} dead
      </p>
    </>
  );
}
