/** Of this file: `.ts` as it was written, `.mjs` as it is bundled. */
const EXTENSION = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/** The worker's file, which is beside this one, and beside whatever this one is bundled into. */
export const WORKER_ENTRY = new URL(`./consolidation-worker${EXTENSION}`, import.meta.url);
