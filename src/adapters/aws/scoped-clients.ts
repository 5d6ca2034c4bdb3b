import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

type ClientSettings = {
  readonly region: string;
  readonly credentials: () => ReturnType<AssumeRole>;
};

/**
 * The client of an account and Region, in a session of its own. The last one is kept: a job works on
 * one scope, and a client for each of thousands would never be freed.
 */
export function scopedClients<Client>(
  assumeRole: AssumeRole,
  create: (settings: ClientSettings, scope: Scope) => Client,
): (scope: Scope) => Client {
  let last: { readonly key: string; readonly client: Client } | null = null;
  return (scope) => {
    const key = scopeKey(scope);
    if (last?.key === key) return last.client;
    const credentials = () => assumeRole(scope.account, { sessionName: 'quartermaster-collect' });
    const client = create({ region: scope.region, credentials }, scope);
    last = { key, client };
    return client;
  };
}
