import type { Api } from './api.ts';
import { jsonProtocol } from './json-protocol.ts';
import { queryProtocol } from './query-protocol.ts';
import { restProtocol } from './rest-protocol.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** The protocols that a service speaks, by the content type that clients send; the first is its own. */
export function protocolsOf(api: Api): ReadonlyMap<string, WireProtocol> {
  const protocols = new Map<string, WireProtocol>();
  for (const protocol of api.protocols) {
    switch (protocol) {
      case 'awsJson1_0':
        protocols.set('application/x-amz-json-1.0', jsonProtocol(api, '1.0'));
        break;
      case 'awsJson1_1':
        protocols.set('application/x-amz-json-1.1', jsonProtocol(api, '1.1'));
        break;
      case 'awsQuery':
      case 'ec2Query':
        protocols.set('application/x-www-form-urlencoded', queryProtocol(api, protocol));
        break;
      case 'restJson1':
        protocols.set('application/json', restProtocol(api));
        // An operation without input may come without a body and its type.
        protocols.set('', restProtocol(api));
        break;
    }
  }
  return protocols;
}
