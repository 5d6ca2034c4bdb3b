import { type ApiHandler, createApi } from '#api/app.ts';
import { Settings } from '#src/config.ts';
import { wireApi } from '#src/wiring/api.ts';

/** Requests and decisions signed with AWS credentials: read, checked and queued. */
export const handler: ApiHandler = createApi(wireApi(Settings.parse(process.env)));
