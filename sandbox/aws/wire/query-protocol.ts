import type { Api, ApiOperation } from './api.ts';

import type { QueryDialect } from './query.ts';
import { fromQuery, parseForm } from './query.ts';

import type { WireProtocol, WireReply } from './wire-protocol.ts';
import { escapeXml, toXml } from './xml.ts';

/** AWS Query and EC2 Query: a form in, XML out. */
export function queryProtocol(api: Api, dialect: QueryDialect): WireProtocol {
  const namespace = escapeXml(api.xmlNamespace);
  return {
    family: dialect === 'ec2Query' ? 'ec2' : 'query',
    read({ body }) {
      const form = parseForm(body);
      const operation = form.children.get('Action')?.text ?? '';
      form.children.delete('Action');
      form.children.delete('Version');
      return { operation, input: (shape) => fromQuery(shape, form, dialect) };
    },
    answer(operation, output, requestId) {
      const members = toXml(operation.output, output ?? {});
      const content =
        dialect === 'ec2Query'
          ? `<requestId>${requestId}</requestId>${members}`
          : `${result(operation, members)}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      const tag = `${operation.name}Response`;
      return reply(requestId, 200, `<${tag} xmlns="${namespace}">${content}</${tag}>`);
    },
    refuse(error, requestId) {
      const declared = api.error(error.code);
      const [code, status] = declared?.query ?? [error.code, 400];
      const type = declared?.fault === 'server' ? 'Receiver' : 'Sender';
      const members = declared === null ? '' : toXml(declared.shape, { ...error.fields });
      const details = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>`;
      const body =
        dialect === 'ec2Query'
          ? `<Response><Errors><Error>${details}</Error></Errors><RequestID>${requestId}</RequestID></Response>`
          : `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type>${details}${members}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
      return reply(requestId, error.status ?? status, body);
    },
  };
}

function result(operation: ApiOperation, members: string): string {
  return `<${operation.name}Result>${members}</${operation.name}Result>`;
}

function reply(requestId: string, status: number, xml: string): WireReply {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`,
  };
}
