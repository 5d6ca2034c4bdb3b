import type { ModalView } from '@slack/types';
import { plain, type workbench } from '../slack/workbench.ts';

/** What the bot of these tests says to `/license usage`: one of every block that the page draws itself, and a chart. */
export const USAGE_BLOCKS = [
  { type: 'header', text: plain('License usage') },
  {
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: '*Bold* arn:aws:ec2:us-east-1:1:x &lt;@U0ADMIN001&gt; &lt;!channel&gt; &lt;b&gt; <@U0REQUEST1> <javascript:alert(1)|press>',
    },
  },
  { type: 'section', text: plain('*not bold* <@U0ADMIN001>') },
  {
    type: 'context',
    elements: [
      { type: 'mrkdwn', text: 'As of <!date^1795305600^{date_num} {time}|a fallback>' },
      { type: 'image', image_url: 'https://example.com/x.png', alt_text: 'A picture of the web' },
    ],
  },
  {
    type: 'data_table',
    caption: 'License pools',
    page_size: 3,
    rows: [
      [cell('Pool'), cell('Free')],
      [cell('Windows Server'), number(9)],
      [cell('SQL Server'), number(100)],
      [cell('Oracle'), number(-20)],
      [cell('IBM Db2'), number(3)],
    ],
  },
  {
    type: 'data_visualization',
    title: 'In use',
    chart: {
      type: 'bar',
      series: [{ name: 'Used', data: [point('Windows', 12), point('Oracle', 30)] }],
      axis_config: { categories: ['Windows', 'Oracle'] },
    },
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'share', text: plain('Share to channel'), value: 'all' },
      {
        type: 'button',
        action_id: 'cancel',
        style: 'danger',
        text: plain('Cancel request'),
        confirm: {
          title: plain('Cancel this request?'),
          text: plain('Its licenses become free for others.'),
          confirm: plain('Cancel it'),
          deny: plain('Keep it'),
        },
      },
    ],
  },
];

function cell(text: string) {
  return { type: 'raw_text', text };
}

function number(value: number) {
  return { type: 'raw_number', value, text: String(value) };
}

function point(label: string, value: number) {
  return { label, value };
}

/** A form with a menu that asks the bot, one that asks from the second character on, and text. */
export const FORM: ModalView = {
  type: 'modal',
  callback_id: 'a_form',
  notify_on_close: true,
  title: plain('Request a launch'),
  submit: plain('Request'),
  close: plain('Close'),
  blocks: [
    input('pool', 'License pool', { type: 'external_select', min_query_length: 0 }),
    input('host', 'Host', { type: 'external_select', min_query_length: 2 }, true),
    input('for', 'For whom', { type: 'users_select' }, true),
    input('count', 'Instances', { type: 'number_input', is_decimal_allowed: false }),
    input('reason', 'Reason', { type: 'plain_text_input', multiline: true }),
  ],
};

type Element = Extract<ModalView['blocks'][number], { type: 'input' }>['element'];

function input(id: string, label: string, element: Element, optional = false) {
  return {
    type: 'input' as const,
    block_id: id,
    label: plain(label),
    optional,
    element: { ...element, action_id: id },
  };
}

const POOLS = ['Oracle Database', 'SQL Server Standard', 'SQL Server Enterprise'];

/** Makes the bot answer commands, menus and forms, and fill App Home. */
export function answerAs({ bot, web }: ReturnType<typeof workbench>): void {
  bot.answer = async ({ body }) => {
    if (body.command !== undefined) return onCommand(web, body.text, body.trigger_id);
    if (body.type === 'block_suggestion') return onSuggestion(body.value);
    if (body.type === 'view_submission') return onSubmission(body.view.state.values);
    if (body.event?.type === 'app_home_opened') await onHome(web, body.event.user);
    return '';
  };
}

function onSuggestion(typed: string) {
  const found = POOLS.filter((name) => name.toLowerCase().includes(typed.toLowerCase()));
  return { options: found.map((name) => ({ text: plain(name), value: name })) };
}

function onSubmission(values: Record<string, Record<string, { value?: string }>>) {
  const errors = { count: 'Policy allows at most 3 instances.' };
  return Number(values['count']?.['count']?.value) > 3 ? { response_action: 'errors', errors } : '';
}

async function onHome(web: Web, user: string): Promise<void> {
  const blocks = [{ type: 'header' as const, text: plain('Waiting for you') }];
  await web.views.publish({ user_id: user, view: { type: 'home', blocks } });
}

type Web = ReturnType<typeof workbench>['web'];

async function onCommand(web: Web, text: string, triggerId: string): Promise<unknown> {
  if (text === 'usage') return { text: 'Four pools', blocks: USAGE_BLOCKS };
  if (text === 'request') await web.views.open({ trigger_id: triggerId, view: FORM });
  return '';
}
