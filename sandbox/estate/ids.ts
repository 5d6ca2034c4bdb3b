import { createHash } from 'node:crypto';

/** How AWS's ids begin. */
export type IdPrefix =
  | 'ami'
  | 'h'
  | 'i'
  | 'key'
  | 'lt'
  | 'mi'
  | 'sg'
  | 'snap'
  | 'subnet'
  | 'vol'
  | 'vpc';

/** An id in AWS's form that follows from what it names, so it survives every edit of the estate and every seed. */
export function idOf(prefix: IdPrefix, ...path: readonly string[]): string {
  return `${prefix}-0${digits(prefix, path).slice(0, 16)}`;
}

/** `lic-` and 32 hexadecimal digits. */
export function licenseConfigurationId(...path: readonly string[]): string {
  return `lic-${digits('lic', path).slice(0, 32)}`;
}

/** `d-` and ten hexadecimal digits. */
export function directoryId(...path: readonly string[]): string {
  return `d-${digits('directory', path).slice(0, 10)}`;
}

/** 32 hexadecimal digits, as ids of ECS and License Manager's licenses are written. */
export function hexadecimalId(kind: string, ...path: readonly string[]): string {
  return digits(kind, path).slice(0, 32);
}

export function licenseConfigurationArn(account: string, region: string, id: string): string {
  return `arn:aws:license-manager:${region}:${account}:license-configuration:${id}`;
}

function digits(kind: string, path: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, ...path]))
    .digest('hex');
}
