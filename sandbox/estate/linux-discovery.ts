import type { Ground } from './ground.ts';
import { idOf } from './ids.ts';

/** Whether License Manager looks for commercial Linux in the site, and who is subscribed with Red Hat. */
export function addLinuxDiscovery({ site, state }: Ground): void {
  const { account, region, linuxDiscovery: plan } = site;
  if (plan === undefined) return;
  const { subscribedWithRedHat = [] } = plan;
  state.linuxDiscovery.enabled = true;
  if (subscribedWithRedHat.length > 0) {
    state.linuxDiscovery.redHatSecretArn = `arn:aws:secretsmanager:${region}:${account}:secret:redhat-offline-token-Qm7xkE`;
  }
  for (const hostname of subscribedWithRedHat) {
    state.linuxDiscovery.subscribedWithRedHat.add(idOf('i', account, region, hostname));
  }
}
