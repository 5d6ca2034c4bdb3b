import { type Dispatch, useCallback, useEffect, useReducer } from 'react';
import { INITIAL, type PageEvent, type PageState, reduce } from './model/page-state.ts';
import { type Answer, post } from './wire/control-api.ts';
import { followState } from './wire/state-stream.ts';

/** Does something in the sandbox; null when it did not work, which the page then says. */
export type Tell = (command: string, body: unknown) => Promise<Answer | null>;

interface Sandbox {
  readonly state: PageState;
  readonly dispatch: Dispatch<PageEvent>;
  readonly tell: Tell;
}

const HINT_KEY = 'quartermaster.hint';

/** The page's one state, kept up with the sandbox. */
export function useSandbox(): Sandbox {
  const [state, dispatch] = useReducer(reduce, INITIAL, (initial) => {
    return { ...initial, hintOpen: localStorage.getItem(HINT_KEY) !== 'closed' };
  });

  useEffect(
    () =>
      followState({
        received: (sandbox) => dispatch({ type: 'received', sandbox, atMs: Date.now() }),
        disconnected: () => dispatch({ type: 'disconnected' }),
      }),
    [],
  );
  useEffect(() => {
    localStorage.setItem(HINT_KEY, state.hintOpen ? 'open' : 'closed');
  }, [state.hintOpen]);

  const tell = useCallback<Tell>(async (command, body) => {
    try {
      const answer = await post(command, body);
      dispatch({ type: 'clock moved', clock: answer.state.clock, atMs: Date.now() });
      return answer;
    } catch (error) {
      dispatch({ type: 'trouble', text: error instanceof Error ? error.message : String(error) });
      return null;
    }
  }, []);

  return { state, dispatch, tell };
}
