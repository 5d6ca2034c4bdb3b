import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

type ClientSettings = {
  readonly region: string;
  readonly credentials: () => ReturnType<AssumeRole>;
};

/** One client per account and Region, made on first use and kept for this function's life. */
export function scopedClients<Client>(
  assumeRole: AssumeRole,
  create: (settings: ClientSettings) => Client,
): (scope: Scope) => Client {
  const clients = new Map<string, Client>();
  return (scope) => {
    const key = scopeKey(scope);
    const known = clients.get(key);
    if (known !== undefined) return known;
    const credentials = () => assumeRole(scope.account, { sessionName: 'quartermaster-collect' });
    const client = create({ region: scope.region, credentials });
    clients.set(key, client);
    return client;
  };
}
