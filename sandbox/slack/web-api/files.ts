import { z } from 'zod';
import { SlackError } from '../slack-error.ts';
import { APP } from '../workspace.ts';
import { writable } from './chat.ts';
import { json, method } from './method.ts';

const getUploadUrl = method(
  'tier4',
  z.object({ filename: z.string().min(1), length: z.coerce.number().int().positive() }),
  ({ filename }, world) => {
    const { id } = world.files.add(filename, APP.userId, null);
    return { upload_url: `${world.options.origin}/files/upload/${id}`, file_id: id };
  },
);

const completeUpload = method(
  'tier4',
  z.object({
    files: json(z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1)),
    channel_id: z.string().optional(),
    initial_comment: z.string().optional(),
    thread_ts: z.string().optional(),
  }),
  (args, world) => {
    const files = args.files.map(({ id, title }) => {
      const file = world.files.find(id);
      if (file === null || file.content === null) throw new SlackError('file_not_found');
      return { ...world.files.describe(file), title: title ?? file.name };
    });
    if (args.channel_id !== undefined) {
      world.conversations.post(writable(world, args.channel_id), {
        user: APP.userId,
        text: args.initial_comment ?? '',
        blocks: [],
        thread_ts: args.thread_ts ?? null,
        files,
      });
    }
    return { files };
  },
);

const info = method('tier4', z.object({ file: z.string() }), ({ file: id }, world) => {
  const file = world.files.find(id);
  if (file === null) throw new SlackError('file_not_found');
  return { file: world.files.describe(file) };
});

export const FILES = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
};
