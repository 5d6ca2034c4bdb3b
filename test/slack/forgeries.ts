import { SLACK_PATH } from '#slack/app.ts';
import type { HttpEvent } from '#slack/http.ts';
import { NOW, PLAN_HASH, poolId } from './builders.ts';
import { commandBody, ORIGIN, payloadBody, signatureOf, signedEvent } from './world.ts';

/** A forged, stale, broken or foreign request, and the status that it must get. */
export interface Forgery {
  readonly id: string;
  readonly what: string;
  readonly status: number;
  readonly event: HttpEvent;
}

const SECOND = NOW.getTime() / 1000;
const JSON_TYPE = 'application/json';
const COMMAND = commandBody('usage');
const COMMAND_EVENT = signedEvent(COMMAND, undefined, NOW);

function withHeaders(headers: HttpEvent['headers'], event = COMMAND_EVENT): HttpEvent {
  return { ...event, headers: { ...event.headers, ...headers } };
}

function signature(value: string): HttpEvent {
  return withHeaders({ 'x-slack-signature': value });
}

/** Signed over whatever timestamp is claimed. */
function timestamp(value: string): HttpEvent {
  return withHeaders({
    'x-slack-request-timestamp': value,
    'x-slack-signature': signatureOf(COMMAND, value),
  });
}

function unsigned(body: string, contentType?: string): HttpEvent {
  const { 'x-slack-signature': _, ...headers } = signedEvent(body, contentType, NOW).headers;
  return { ...signedEvent(body, contentType, NOW), headers };
}

function signed(body: string, contentType?: string): HttpEvent {
  return signedEvent(body, contentType, NOW);
}

function payload(fields: Readonly<Record<string, unknown>>): HttpEvent {
  return signed(payloadBody({ ...ORIGIN, ...click(), ...fields }));
}

function click(responseUrl = 'https://hooks.slack.com/actions/T/1/x') {
  return {
    type: 'block_actions',
    trigger_id: '1.2.click',
    response_url: responseUrl,
    channel: { id: 'C0APPROVAL', name: 'license-approvals' },
    actions: [
      {
        type: 'button',
        action_id: 'approve',
        value: `req-4f9k2m81ab|${PLAN_HASH}|${poolId('1')}`,
      },
    ],
  };
}

const GOOD = COMMAND_EVENT.headers['x-slack-signature'] ?? '';
const CHALLENGE = JSON.stringify({ type: 'url_verification', challenge: 'reflect-me', token: 'x' });
const HUGE = `text=${'x'.repeat(6_000_000)}`;
const EVENT_JSON = '{"type":"event_callback","team_id":"T0QUARTER1"}';

function row(id: string, status: number, what: string, event: HttpEvent): Forgery {
  return { id, status, what, event };
}

/** The cases of the verifier's contract; the numbers are those of the forgery corpus. */
export const FORGERIES: readonly Forgery[] = [
  row('SF000', 401, 'no signature', unsigned(COMMAND)),
  row('SF004', 401, 'signature "v0"', signature('v0')),
  row('SF005', 401, 'signature version v1', signature(GOOD.replace('v0=', 'v1='))),
  row('SF006', 401, 'upper-case signature', signature(GOOD.toUpperCase().replace('V0', 'v0'))),
  row('SF007', 401, 'signature and a newline', signature(`${GOOD}\n`)),
  row('SF008', 401, '63 digits', signature(GOOD.slice(0, -1))),
  row('SF009', 401, '65 digits', signature(`${GOOD}a`)),
  row('SF012', 401, 'signature of another second', signature(signatureOf(COMMAND, '1700000000'))),
  row('SF015', 401, 'an ended secret', signature(signatureOf(COMMAND, String(SECOND), 'ended'))),
  row('SF018', 200, '300 s old', timestamp(String(SECOND - 300))),
  row('SF019', 401, '301 s ahead', timestamp(String(SECOND + 301))),
  row('SF020', 401, '30 days ahead', timestamp(String(SECOND + 30 * 86_400))),
  row('SF023', 401, 'timestamp NaN', timestamp('NaN')),
  row('SF024', 401, 'timestamp 1e9', timestamp('1e9')),
  row('SF025', 401, 'timestamp with decimals', timestamp(`${SECOND}.0`)),
  row('SF026', 401, 'timestamp in milliseconds', timestamp(String(NOW.getTime()))),
  row('SF027', 401, 'timestamp with a plus', timestamp(`+${SECOND}`)),
  row('SF028', 401, 'timestamp in other digits', timestamp('１７６３８０３８００')),
  row('SF029', 401, 'two timestamps', timestamp(`${SECOND},${SECOND + 9999}`)),
  row('SF030', 401, 'two signatures by case', withHeaders({ 'X-Slack-Signature': GOOD })),
  row('SF033', 200, 'the same trigger, another body', signed(commandBody('requests'))),
  row('SF034', 200, 'a retry', withHeaders({ 'x-slack-retry-num': '1' })),
  row('SF035', 401, 'a body written anew', {
    ...signed(EVENT_JSON, JSON_TYPE),
    body: `${EVENT_JSON} `,
  }),
  row('SF036', 401, 'CRLF made LF', { ...signed('a=1\r\nb=2'), body: 'a=1\nb=2' }),
  row('SF039', 401, 'broken base64', { ...COMMAND_EVENT, body: '@@@=', isBase64Encoded: true }),
  row('SF041', 400, 'an empty body', signed('')),
  row('SF042', 401, 'unsigned ssl_check', unsigned('ssl_check=1')),
  row('SF044', 200, 'signed ssl_check', signed('ssl_check=1&token=x')),
  row('SF045', 401, 'unsigned challenge', unsigned(CHALLENGE, JSON_TYPE)),
  row('SF046', 401, 'unsigned broken JSON', unsigned('{"a":', JSON_TYPE)),
  row('SF047', 401, 'unsigned broken payload', unsigned('payload={')),
  row('SF048', 413, 'unsigned 6 MB', unsigned(HUGE)),
  row('SF049', 413, 'signed 6 MB', signed(HUGE)),
  row('SF050', 400, '100,000 brackets', signed('['.repeat(100_000), JSON_TYPE)),
  row('SF052', 400, 'payload null', signed('payload=null')),
  row('SF052', 400, 'payload 1', signed('payload=1')),
  row('SF052', 400, 'payload "x"', signed('payload=%22x%22')),
  row('SF052', 400, 'payload []', signed('payload=[]')),
  row('SF054', 400, 'no actions', payload({ actions: [] })),
  row('SF055', 400, 'user_id twice', signed(`${COMMAND}&user_id=U0ADMIN001`)),
  row('SF057', 403, 'another team', payload({ team: { id: 'T0OTHER001', domain: 'x' } })),
  row('SF058', 403, 'another enterprise', payload({ enterprise: { id: 'E0OTHER001' } })),
  row('SF059', 403, 'another app', payload({ api_app_id: 'A0OTHER001' })),
  row(
    'SF060',
    403,
    'a user of another team',
    payload({ user: { id: 'U1', team_id: 'T0OTHER001' } }),
  ),
  row('SF061', 403, 'a shared channel', payload({ channel: { id: 'C1', is_ext_shared: true } })),
  row('SF063', 403, 'a bot', payload({ user: { id: 'U1', is_bot: true } })),
  row('SF065', 403, 'an enterprise install', payload({ is_enterprise_install: true })),
  row('SF066', 401, 'the legacy token only', unsigned(`${COMMAND}&token=legacy`)),
  row('SF069', 405, 'OPTIONS', {
    ...COMMAND_EVENT,
    requestContext: { http: { method: 'OPTIONS' } },
  }),
  row('SF070', 404, 'another path', { ...COMMAND_EVENT, rawPath: `${SLACK_PATH}/../admin` }),
  row('SF071', 415, 'multipart', signed(COMMAND, 'multipart/form-data; boundary=x')),
  row('SF072', 415, 'XML', signed('<a/>', 'text/xml')),
  row(
    'charset',
    415,
    'UTF-16',
    signed(COMMAND, 'application/x-www-form-urlencoded; charset=utf-16'),
  ),
  row('SF075', 200, 'http response_url', payload(click('http://hooks.slack.com/x'))),
  row(
    'SF076',
    200,
    'look-alike response_url',
    payload(click('https://hooks.slack.com.evil.example/')),
  ),
  row(
    'SF078',
    200,
    'response_url in a path',
    payload(click('https://evil.example/https://hooks.slack.com')),
  ),
  row('SF080', 200, 'link-local response_url', payload(click('https://169.254.169.254/'))),
  row(
    'SF081',
    200,
    'response_url with a dot',
    payload(click('https://HOOKS.SLACK.COM./commands/T/1/x')),
  ),
];
