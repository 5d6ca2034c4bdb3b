import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { context, type Message, message } from '#slack/views/message.ts';
import { approveCommand } from '#slack/views/refusal.ts';
import { code, type Line, lines, spoken } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** In a channel that people of another organization see, in place of any message: always the same words. */
export function withheldLine(): Message {
  return said([
    'Something about licenses belongs here, but this channel is shared with another organization, so it is not shown. Requests can be decided in my Home tab; the rest is with the license administrators. To see it here, an administrator can end the sharing, or name another channel in the policy.',
  ]);
}

/** To each who asks, decides or administers: where to decide a request that its channel does not show. */
export function withheldNotice({ id }: LaunchRequest, channelId: string): Message {
  const line: Line = [
    'A launch request waits for approvers, but ',
    { type: 'channel', channel_id: channelId },
    ' is shared with another organization, or closed to me, so nothing of it is shown or decided there. Approvers find it in my Home tab, or run ',
    code(approveCommand(id)),
    '. A license administrator can end the sharing, or name another channel in the policy.',
  ];
  const { text, blocks } = said(line);
  return { text, blocks: [...blocks, context(mrkdwn`Request ${id}`)] };
}

/** To who shares an answer where people of another organization would read it. */
export function shareRefusedMessage(): Message {
  return said([
    'This channel is shared with another organization, or closed to me, so nothing was shared. Please share in a channel that only your own organization sees and that I am in.',
  ]);
}

function said(line: Line): Message {
  return message(spoken(line), [lines(line)]);
}
