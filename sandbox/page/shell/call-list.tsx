import type { Call } from '../wire/control-api.ts';

const SHOWN = 60;

/** Calls with what was sent. */
export function CallList({ calls }: { calls: readonly Call[] }) {
  const numbered = calls.map((call, index) => ({ ...call, number: index }));
  const newest = numbered.slice(-SHOWN).toReversed();
  if (newest.length === 0) return <p className="nothing">None yet.</p>;
  return (
    <ul className="calls">
      {newest.map((call) => (
        <li key={call.number}>
          <details>
            <summary>
              <span className={call.status < 400 ? 'code ok' : 'code bad'}>{call.status}</span>
              <strong>{call.operation}</strong>
              <small>
                {call.service} · {call.account} {call.region} ·{' '}
                {new Date(call.at).toLocaleTimeString()}
              </small>
            </summary>
            <pre>{JSON.stringify(call.input, null, 2)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
