import type { SandboxState } from '../model/sandbox-state.ts';

const FAULTS = [
  {
    text: 'EC2 has no capacity for the next launch',
    fault: {
      service: 'ec2',
      operation: 'RunInstances',
      nth: 1,
      effect: 'error',
      code: 'InsufficientInstanceCapacity',
    },
  },
  {
    text: 'The answer to the next launch is lost',
    fault: { service: 'ec2', operation: 'RunInstances', nth: 1, effect: 'lose_response' },
  },
  {
    text: 'Slack is rate limited once',
    fault: { service: 'slack', operation: 'chat.postMessage', nth: 1, effect: 'throttle' },
  },
  {
    text: 'License Manager is throttled',
    fault: { service: 'license-manager', operation: '*', effect: 'throttle' },
  },
] as const;

/** A few things that go wrong in practice. */
export function FaultMenu(props: {
  faults: SandboxState['faults'];
  onFault(fault: object | null): void;
}) {
  const { faults, onFault } = props;
  return (
    <>
      <h3>Break something</h3>
      <div className="faults">
        {FAULTS.map(({ text, fault }) => (
          <button key={text} type="button" className="button small" onClick={() => onFault(fault)}>
            {text}
          </button>
        ))}
      </div>
      {faults.length > 0 && (
        <p className="fault-note">
          Set:{' '}
          {faults
            .map(({ service, operation, effect }) => `${service} ${operation} (${effect})`)
            .join(', ')}{' '}
          <button type="button" className="button small" onClick={() => onFault(null)}>
            Mend everything
          </button>
        </p>
      )}
    </>
  );
}
