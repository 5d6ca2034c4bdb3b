import { SlackError } from './slack-error.ts';
import { authorize, readCall } from './web-api/request.ts';
import type { World } from './world.ts';

/** Serves `/files/`: uploads by the URLs of files.getUploadURLExternal, downloads to bearers of the bot's token. */
export async function handleFiles(request: Request, world: World): Promise<Response> {
  const [, , first = '', second = ''] = new URL(request.url).pathname.split('/');
  if (request.method === 'POST' && first === 'upload') return upload(request, second, world);
  const { token } = await readCall(request);
  try {
    authorize(token);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return new Response(error.code, { status: 403 });
  }
  const content = world.files.find(first)?.content ?? null;
  return content === null ? new Response('file_not_found', { status: 404 }) : new Response(content);
}

async function upload(request: Request, id: string, world: World): Promise<Response> {
  if (world.files.find(id) === null) return new Response('file_not_found', { status: 404 });
  world.files.fill(id, await uploadedBytes(request));
  return new Response('OK');
}

/** The body itself, or the first file of a multipart form. */
async function uploadedBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const multipart = request.headers.get('content-type')?.startsWith('multipart/form-data') ?? false;
  if (!multipart) return new Uint8Array(await request.arrayBuffer());
  const form = await request.formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  return file === undefined ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
}
