import { PEOPLE } from '../../slack/workspace.ts';
import { faceOf, roleOf } from '../model/workspace.ts';
import { Avatar } from './avatar.tsx';

/** Everybody that one can act as. */
export function PersonSwitcher(props: { person: string; onBecome(person: string): void }) {
  return (
    <section className="people" aria-labelledby="you-are">
      <h2 id="you-are">You are</h2>
      <div role="radiogroup" aria-labelledby="you-are">
        {PEOPLE.map(({ key, id, displayName }) => (
          <label key={key}>
            <input
              type="radio"
              name="person"
              checked={key === props.person}
              onChange={() => props.onBecome(key)}
            />
            <Avatar face={faceOf(id)} small />
            <span>
              {displayName} <small>{roleOf(key)}</small>
            </span>
          </label>
        ))}
      </div>
    </section>
  );
}
