import type { Summary } from './statistics.ts';

/** One line of the table. Less is better. */
export interface Row {
  readonly what: string;
  readonly unit: 'ratio' | 'count' | '%' | 'KB' | 'ms' | 'µs';
  readonly measured: number;
  readonly must: number;
  readonly aim: number;
  /** What it was computed from, by name. */
  readonly samples: Readonly<Record<string, Summary>>;
  readonly remarks: readonly string[];
}

export function verdict({ measured, must, aim }: Row): 'aim reached' | 'must reached' | 'missed' {
  if (measured <= aim) return 'aim reached';
  return measured <= must ? 'must reached' : 'missed';
}
