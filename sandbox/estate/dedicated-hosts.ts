import type { Host } from '@aws-sdk/client-ec2';
import { HOST_FAMILIES } from '../aws/ec2/host-families.ts';
import { hostLayout } from '../aws/ec2/host-layout.ts';
import { type Ground, someDayAgo, tags } from './ground.ts';
import { idOf } from './ids.ts';
import { type Zone, zone } from './network.ts';
import type { DedicatedHost, Site } from './site.ts';

export function hostId({ account, region }: Site, name: string): string {
  return idOf('h', account, region, name);
}

/** Hosts take turns among the zones, in the order in which the site lists them. @throws for a host that it does not list. */
export function hostZone(site: Site, name: string): Zone {
  const index = (site.hosts ?? []).findIndex((host) => host.name === name);
  if (index < 0) throw new Error(`${site.account}/${site.region} has no Dedicated Host ${name}.`);
  return zone(site, index);
}

export function addHosts(ground: Ground): void {
  for (const plan of ground.site.hosts ?? []) {
    const host = dedicatedHost(ground, plan);
    ground.state.hosts.set(host.HostId ?? '', host);
  }
}

function dedicatedHost(ground: Ground, plan: DedicatedHost): Host {
  const { site } = ground;
  const facts = HOST_FAMILIES.get(plan.family);
  const layout = hostLayout(plan.family);
  if (!(facts && layout)) throw new Error(`No facts about Dedicated Hosts of ${plan.family}.`);
  const { name: AvailabilityZone, id: AvailabilityZoneId } = hostZone(site, plan.name);
  return {
    HostId: hostId(site, plan.name),
    OwnerId: site.account,
    State: 'available',
    AvailabilityZone,
    AvailabilityZoneId,
    AllocationTime: someDayAgo(ground, 1_510, 1_590, 'host', plan.name),
    AutoPlacement: plan.manualPlacement ? 'off' : 'on',
    AllowsMultipleInstanceTypes: 'on',
    HostRecovery: plan.recovery ? 'on' : 'off',
    HostMaintenance: 'off',
    MemberOfServiceLinkedResourceGroup: false,
    HostProperties: {
      InstanceFamily: facts.family,
      Sockets: facts.sockets,
      Cores: facts.cores,
      TotalVCpus: layout.vcpus,
    },
    Tags: tags({ Name: plan.name, Owner: 'license-management', CostCenter: '4100' }),
  };
}
