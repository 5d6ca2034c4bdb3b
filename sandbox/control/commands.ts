import { act } from '../slack/client/actions.ts';
import { runCommand } from '../slack/client/commands.ts';
import { openHome, runShortcut, writeMessage } from '../slack/client/messages.ts';
import { closeView, submit } from '../slack/client/modals.ts';
import { askOptions } from '../slack/client/options.ts';
import {
  Action,
  Aws,
  ClockMove,
  Close,
  Command,
  Event,
  Faults,
  Home,
  Invoke,
  Message,
  Options,
  Reset,
  Share,
  Shortcut,
  Submit,
  Upload,
} from './bodies.ts';
import { command } from './command.ts';
import { channelNamed, conversationNamed, personNamed, placeOf } from './names.ts';

/** What people do in Slack. */
const SLACK_COMMANDS = {
  command: command(
    Command,
    '{"user":"requester","channel":"licenses","text":"/license usage"}',
    ({ user, channel, text }, world) => {
      const person = personNamed(user);
      return runCommand(world, person, conversationNamed(world, person, channel), text);
    },
  ),
  message: command(
    Message,
    '{"user":"requester","channel":"dm","text":"How many are left?"}',
    ({ user, channel, text, thread_ts }, world) => {
      const person = personNamed(user);
      const conversation = conversationNamed(world, person, channel);
      return writeMessage(world, person, conversation, text, thread_ts ?? null);
    },
  ),
  shortcut: command(
    Shortcut,
    '{"user":"requester","channel":"licenses","message_ts":"1790000000.000001"}',
    ({ user, channel, message_ts }, world) => {
      const person = personNamed(user);
      return runShortcut(world, person, conversationNamed(world, person, channel), message_ts);
    },
  ),
  action: command(
    Action,
    '{"user":"approver","channel":"license-approvals","message_ts":"1790000000.000001","action_id":"approve"}',
    (body, world) => {
      const person = personNamed(body.user);
      return act(world, person, placeOf(body, world, person), body);
    },
  ),
  options: command(
    Options,
    '{"user":"requester","view_id":"V000000001","action_id":"pool","value":"SQL"}',
    async ({ user, view_id, action_id, value }, world) => {
      const view = world.views.find(view_id);
      return { ...(await askOptions(world, personNamed(user), view, action_id, value)) };
    },
  ),
  submit: command(
    Submit,
    '{"user":"requester","view_id":"V000000001","values":{"count":{"count":{"type":"number_input","value":"2"}}}}',
    ({ user, view_id, values }, world) =>
      submit(world, personNamed(user), world.views.find(view_id), values),
  ),
  close: command(Close, '{"user":"requester","view_id":"V000000001"}', ({ user, view_id }, world) =>
    closeView(world, personNamed(user), world.views.find(view_id)),
  ),
  upload: command(
    Upload,
    '{"user":"admin","name":"entitlements.csv","content":"product,quantity"}',
    async ({ user, name, content }, world) => {
      const bytes = new TextEncoder().encode(content);
      return { file_id: world.files.add(name, personNamed(user).id, bytes).id };
    },
  ),
  share: command(
    Share,
    '{"channel":"license-approvals","shared":true}',
    async ({ channel, shared }, world) => {
      channelNamed(world, channel).isExternallyShared = shared;
    },
  ),
  home: command(Home, '{"user":"requester"}', ({ user }, world) =>
    openHome(world, personNamed(user)),
  ),
};

/** What happens around Slack. */
const HOST_COMMANDS = {
  clock: command(ClockMove, '{"advance":"PT8H"}', ({ advance }, _world, host) =>
    host.advanceClock(advance),
  ),
  invoke: command(
    Invoke,
    '{"function":"collect"}',
    async ({ function: name, event }, _world, host) => ({
      result: await host.invoke(name, event ?? {}),
    }),
  ),
  event: command(
    Event,
    '{"event":{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","detail":{}}}',
    ({ event }, _world, host) => host.deliverEvent(event),
  ),
  aws: command(
    Aws,
    '{"service":"ec2","operation":"DescribeInstances","input":{}}',
    async (call, _world, host) => ({ output: await host.callAws(call) }),
  ),
  faults: command(
    Faults,
    '[{"service":"slack","operation":"chat.postMessage","effect":"throttle"}]',
    async (faults, _world, host) => host.replaceFaults(faults),
  ),
  reset: command(Reset, '{}', ({ seed }, _world, host) => host.reset(seed)),
};

/** Every POST below /sandbox/, by name. */
export const COMMANDS = { ...SLACK_COMMANDS, ...HOST_COMMANDS };
