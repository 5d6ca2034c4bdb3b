/** Everything that people's words may lie in, for erasing them. */
export interface WrittenTexts {
  /** Ids of all requests that there ever were, in no particular order. */
  requestIds(): AsyncIterable<string>;
  followUpIds(): AsyncIterable<string>;
  /** Forget what a request's cards showed. Safe to repeat. */
  forgetShown(requestId: string): Promise<void>;
}
