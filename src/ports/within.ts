/**
 * Waits for work so many milliseconds and no longer; what is late may still end, unheard.
 *
 * @throws {Unavailable} when the work is late
 */
export type Within = <T>(ms: number, work: Promise<T>) => Promise<T>;
