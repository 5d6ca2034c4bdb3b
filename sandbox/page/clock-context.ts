import { createContext, useContext } from 'react';

/** How far the sandbox's clock is ahead of this machine's, in milliseconds. */
export const AheadMs = createContext(0);

/** The sandbox's time at this rendering. */
export function useNow(): Date {
  return new Date(Date.now() + useContext(AheadMs));
}
