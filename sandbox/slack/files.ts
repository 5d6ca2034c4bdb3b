import type { Clock } from '../clock.ts';
import type { JsonObject } from './json.ts';
import { TEAM } from './workspace.ts';

/** A file that somebody, or the bot, gave to Slack. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly created: number;
  /** Null until the bytes have arrived. */
  readonly content: Uint8Array<ArrayBuffer> | null;
}

export interface Files {
  add(name: string, user: string, content: Uint8Array<ArrayBuffer> | null): SlackFile;
  find(id: string): SlackFile | null;
  fill(id: string, content: Uint8Array<ArrayBuffer>): void;
  /** The file object of Slack's API. */
  describe(file: SlackFile): JsonObject;
}

/** Files are served below `${origin}/files/`, to bearers of the bot's token only. */
export function createFiles(clock: Clock, origin: string): Files {
  const files = new Map<string, SlackFile>();
  return {
    add(name, user, content) {
      const id = `F0${String(files.size + 1).padStart(8, '0')}`;
      const file = { id, name, user, content, created: Math.floor(clock.now() / 1000) };
      files.set(id, file);
      return file;
    },
    find: (id) => files.get(id) ?? null,
    fill(id, content) {
      const file = files.get(id);
      if (file !== undefined) files.set(id, { ...file, content });
    },
    describe({ id, name, user, created, content }) {
      const url = `${origin}/files/${id}/${encodeURIComponent(name)}`;
      return {
        id,
        created,
        timestamp: created,
        name,
        title: name,
        filetype: name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : 'text',
        user,
        user_team: TEAM.id,
        editable: false,
        size: content?.byteLength ?? 0,
        mode: 'hosted',
        is_external: false,
        is_public: false,
        url_private: url,
        url_private_download: url,
      };
    },
  };
}
