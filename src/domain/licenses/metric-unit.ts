import type { LicenseMetric } from '#domain/licenses/product.ts';

const UNITS: Readonly<Record<LicenseMetric, readonly [string, string]>> = {
  core: ['core license', 'core licenses'],
  server: ['server license', 'server licenses'],
  processor: ['processor license', 'processor licenses'],
  'named-user-plus': ['Named User Plus', 'Named User Plus'],
  vpc: ['VPC', 'VPCs'],
  pvu: ['PVU', 'PVUs'],
  rvu: ['RVU', 'RVUs'],
  subscription: ['subscription', 'subscriptions'],
  'memory-gib': ['GiB of memory', 'GiB of memory'],
  vcpu: ['vCPU', 'vCPUs'],
  socket: ['socket', 'sockets'],
  instance: ['instance', 'instances'],
  host: ['host', 'hosts'],
  user: ['user', 'users'],
};

/** `core license`, `core licenses`: the unit in the number that `value` asks for. */
export function metricUnit(value: number, metric: LicenseMetric): string {
  const [one, many] = UNITS[metric];
  return Math.abs(value) === 1 ? one : many;
}
