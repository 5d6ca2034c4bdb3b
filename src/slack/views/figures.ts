import type { CountingType } from '#domain/licenses/license-configuration.ts';
import type { Money } from '#domain/money.ts';

const UNIT = {
  vCPU: ['vCPU', 'vCPUs'],
  Core: ['core', 'cores'],
  Socket: ['socket', 'sockets'],
  Instance: ['instance', 'instances'],
  unknown: ['license', 'licenses'],
} as const satisfies Record<CountingType, readonly [string, string]>;

/** `1,250`. */
export function figure(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 instance`, `1,250 vCPUs`. */
export function amount(value: number, countingType: CountingType): string {
  return `${figure(value)} ${unitOf(value, countingType)}`;
}

/** The unit alone, in the number that `value` asks for. */
export function unitOf(value: number, countingType: CountingType): string {
  const [one, many] = UNIT[countingType];
  return Math.abs(value) === 1 ? one : many;
}

/** `1 request`, `3 requests`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${figure(value)} ${value === 1 ? one : many}`;
}

/** `1.50 USD`. */
export function price({ micros, currency }: Money): string {
  const value = (micros / 1_000_000).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  });
  return `${value} ${currency}`;
}

/** A share of a whole as ten squares; full from the whole upwards. */
export function bar(used: number, whole: number): string {
  const share = whole === 0 ? 1 : used / whole;
  const full = Math.max(0, Math.min(10, Math.round(share * 10)));
  return '▓'.repeat(full) + '░'.repeat(10 - full);
}
