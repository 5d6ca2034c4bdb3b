import { createInterface } from 'node:readline/promises';
import * as z from 'zod';
import type { RequestView } from '#api/request-view.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import { sha256 } from '#src/wiring/shared.ts';
import { ApiRefused, apiClient } from './api-client.ts';
import { KeyOption, RequestOperand, UrlOption } from './api-options.ts';
import { command } from './command.ts';
import { requestFrom, sendDecision } from './decide.ts';
import { requestText } from './request-text.ts';

const HASH = 'Write the hash of the plan that you saw (64 hexadecimal digits)';

export const approve = command({
  name: 'approve',
  usage: 'ID [--plan HASH] [--yes] [--key KEY] [--url URL]',
  summary: 'Approves exactly the plan that it shows, signed with your AWS credentials',
  operands: ['ID'],
  flags: ['plan', 'key', 'url'],
  switches: ['yes'],
  input: z.object({
    ID: RequestOperand,
    '--plan': z
      .string()
      .regex(/^[0-9a-f]{64}$/, HASH)
      .optional(),
    '--yes': z.boolean().default(false),
    '--key': KeyOption,
    '--url': UrlOption,
  }),
  async run({ ID, '--plan': pinned, '--yes': yes, '--key': key, '--url': url }) {
    const api = apiClient(url);
    const seen = await requestFrom(api, ID);
    checkPlan(seen, pinned);
    process.stderr.write(`${requestText(seen)}\n`);
    if (!yes && !(await isAgreed())) {
      return {
        exitCode: 1,
        document: { ok: false, error: 'Not approved: you said no' },
        text: 'Not approved: you said no.',
      };
    }
    return sendDecision(api, seen, { decision: 'approve' }, key);
  },
});

/** What is shown must be what its hash stands for, and what was seen before. */
function checkPlan({ plan, planHash }: RequestView, pinned: string | undefined): void {
  if (sealPlan(plan, sha256) !== planHash) {
    throw new ApiRefused(
      200,
      'The plan is not the one that its hash stands for. Nothing was approved',
    );
  }
  if (pinned !== undefined && pinned !== planHash) {
    throw new ApiRefused(200, `The plan changed: it is ${planHash} now. Nothing was approved`);
  }
}

/** Nobody is asked where nobody could answer. */
async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Approve this plan? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
