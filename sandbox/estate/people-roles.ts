import type { RoleDefinition } from '../aws/iam/iam.ts';
import { HUB_REGION, SHARED_SERVICES } from './accounts.ts';

/** Everybody of the hub account whose own policies let them; the sandbox's administrator may. */
const TRUST = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${SHARED_SERVICES}:root` },
    Action: 'sts:AssumeRole',
  },
};

/** The routes of the product's HTTP API that a role may call. */
function invoke(...routes: readonly string[]) {
  const api = `arn:aws:execute-api:${HUB_REGION}:${SHARED_SERVICES}:*/*`;
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'execute-api:Invoke',
      Resource: routes.map((route) => `${api}/${route}`),
    },
  };
}

function role(name: string, policies: RoleDefinition['policies']): RoleDefinition {
  return { arn: `arn:aws:iam::${SHARED_SERVICES}:role/${name}`, trustPolicy: TRUST, policies };
}

/**
 * Roles by which the company's people and its pipeline call the HTTP API; sandbox/policy.yml says for
 * whom each acts. `license-viewer` is in no policy document, and `developer` may not even call.
 */
export const PEOPLE_ROLES: readonly RoleDefinition[] = [
  role('license-requester', [invoke('*/v1/*')]),
  role('license-approver', [invoke('*/v1/*')]),
  role('pipeline', [invoke('GET/v1/*', 'POST/v1/requests')]),
  role('license-viewer', [invoke('GET/v1/*')]),
  role('developer', []),
];
