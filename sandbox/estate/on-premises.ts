import { managedInstanceArn } from '../aws/license-manager/resource-arn.ts';
import { daysAgo, type Ground } from './ground.ts';
import { idOf } from './ids.ts';
import { associate } from './license-configurations.ts';
import { systemOf } from './machine-images.ts';
import { addManagedNode } from './managed-nodes.ts';
import type { OnPremisesServer } from './site.ts';

/** Days between a hybrid activation and what discovery found on it. */
const REGISTERED_DAYS_AGO = 900;

/** Servers in the company's own data centers, as Systems Manager's hybrid activations. */
export function addOnPremisesServers(ground: Ground): void {
  let address = 10;
  for (const row of ground.site.onPremises ?? []) {
    for (let number = 1; number <= (row.count ?? 1); number += 1) {
      addServer(ground, row, `${row.name}-${String(number).padStart(2, '0')}`, address);
      address += 1;
    }
  }
}

function addServer(ground: Ground, row: OnPremisesServer, computerName: string, address: number) {
  const { account, region } = ground.site;
  const id = idOf('mi', account, region, computerName);
  addManagedNode(ground, {
    id,
    computerName,
    address: `192.168.${row.sockets}.${address}`,
    system: systemOf(row.system),
    software: row.software,
    silentDays: row.silentDays ?? 0,
    hardware: {
      sockets: row.sockets,
      cores: row.sockets * row.coresPerSocket,
      threadsPerCore: 2,
    },
  });
  associate(ground, managedInstanceArn(account, region, id), row.discoveredFor ?? [], {
    associationTime: daysAgo(ground, REGISTERED_DAYS_AGO),
    source: 'discovery',
  });
}
