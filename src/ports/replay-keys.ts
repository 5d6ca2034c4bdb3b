/** Remembers signed requests for ten minutes, so that a replay is recognized. */
export interface ReplayKeys {
  /** True when the key is new and now remembered; false when it was seen. */
  add(key: string, now: Date): Promise<boolean>;
  /** Forget a key whose request could not be taken on, so that a genuine retry passes. */
  remove(key: string): Promise<void>;
}
