import type { Control } from './control/control.ts';
import { refusedBecause } from './control/guard.ts';
import type { HttpRequest, HttpResponse } from './functions/api-gateway.ts';
import type { Handle } from './http-server.ts';
import type { Page } from './page-bundle.ts';
import type { Slack } from './slack/slack.ts';

export interface Routes {
  readonly page: Promise<Page>;
  readonly slack: Slack;
  readonly control: Control;
  /** The deployed HTTP API. */
  readonly bot: (request: HttpRequest) => Promise<HttpResponse>;
}

/** What is served where on the sandbox's port, to this machine only. */
export function routes({ page, slack, control, bot }: Routes): Handle {
  const prefixes: readonly (readonly [string, Handle])[] = [
    ['/sandbox/', control.handleControl],
    ['/api/', slack.handleApi],
    ['/response/', slack.handleResponseUrl],
    ['/files/', slack.handleFiles],
    ['/slack/', (request) => toBot(request, bot)],
  ];
  return async (request) => {
    const refused = refusedBecause(request);
    if (refused !== null) return Response.json({ ok: false, error: refused }, { status: 403 });
    const { pathname } = new URL(request.url);
    const [, handle] = prefixes.find(([prefix]) => pathname.startsWith(prefix)) ?? [];
    if (handle !== undefined) return handle(request);
    if (pathname === '/healthz') return Response.json({ ok: true });
    return servePage(await page, request, pathname);
  };
}

function servePage(page: Page, { method }: Request, pathname: string): Response {
  const file = page.get(pathname);
  if (file === undefined) return new Response('Not found', { status: 404 });
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405 });
  return new Response(file.text, {
    headers: { 'content-type': file.type, 'cache-control': 'no-store' },
  });
}

async function toBot(request: Request, bot: Routes['bot']): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { status, headers, body } = await bot({
    method: request.method,
    path: pathname,
    query: search.slice(1),
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  });
  const empty = body === '' || status === 204 || status === 304;
  return new Response(empty ? null : body, { status, headers: { ...headers } });
}
