import { createContext, useContext } from 'react';

/** A question before something is done: Slack's confirmation dialog. */
export interface Confirmation {
  readonly title: string;
  readonly text: { readonly type: 'mrkdwn' | 'plain_text'; readonly text: string };
  readonly confirm: string;
  readonly deny: string;
  readonly danger: boolean;
}

/** Asks the person; true when they go on. */
export type Ask = (question: Confirmation) => Promise<boolean>;

/** Provides the way to ask; without it everything is agreed to. */
export const AskContext = createContext<Ask>(async () => true);

/** Asks before something is done. */
export function useAsk(): Ask {
  return useContext(AskContext);
}
