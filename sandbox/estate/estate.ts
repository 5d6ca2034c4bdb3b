import { type Cloud, createCloud } from '../aws/cloud/cloud.ts';
import type { Clock } from '../clock.ts';
import { addAssetGroups } from './asset-groups.ts';
import { addAutoScalingGroups } from './auto-scaling-groups.ts';
import { ESTATE, SITES } from './company.ts';
import { addContainers } from './containers.ts';
import { addDatabases } from './databases.ts';
import { addHosts } from './dedicated-hosts.ts';
import { addDemands } from './demands.ts';
import type { Ground } from './ground.ts';
import { addHighAvailability } from './high-availability.ts';
import { addHostReservations } from './host-reservations.ts';
import { addInstances } from './instances.ts';
import { addLaunchTemplates } from './launch-templates.ts';
import { addLicenseConfigurations } from './license-configurations.ts';
import { addLinuxDiscovery } from './linux-discovery.ts';
import { addImages } from './machine-images.ts';
import { addNetwork } from './network.ts';
import { addOnPremisesServers } from './on-premises.ts';
import { createRandom } from './random.ts';
import { addReceivedLicenses } from './received-licenses.ts';
import type { Site } from './site.ts';
import { SMALL } from './sites/small.ts';
import { addUserSubscriptions } from './user-subscriptions.ts';

/** Estates that are known by name: the whole company, and one account with about 20 instances. */
export const estateNames = ['default', 'small'] as const;

const MINUTE = 60_000;

/**
 * Fills a cloud. `small` is the small estate; every other seed is the whole company with its ages, tags and
 * spellings drawn from that seed. The same seed at the same minute gives the same estate.
 */
export function buildEstate(seed: string, clock: Clock): Cloud {
  const sites: readonly Site[] = seed === 'small' ? [SMALL] : SITES;
  const used = new Set(sites.map(({ account }) => account));
  const accounts = ESTATE.accounts.filter(({ id }) => used.has(id));
  const cloud = createCloud(clock, accounts);
  const random = createRandom(seed);
  const now = Math.floor(clock.now() / MINUTE) * MINUTE;
  for (const site of sites) {
    build({ site, state: cloud.region(site.account, site.region), random, now });
  }
  return cloud;
}

function build(ground: Ground): void {
  addLicenseConfigurations(ground);
  addNetwork(ground);
  addHosts(ground);
  addImages(ground);
  addInstances(ground);
  addLaunchTemplates(ground);
  addAutoScalingGroups(ground);
  addOnPremisesServers(ground);
  addDatabases(ground);
  addContainers(ground);
  addReceivedLicenses(ground);
  addLinuxDiscovery(ground);
  addUserSubscriptions(ground);
  addAssetGroups(ground);
  addDemands(ground);
  addHighAvailability(ground);
  addHostReservations(ground);
}
