import * as z from 'zod';
import { callerOf } from '#api/caller.ts';
import { Refused } from '#api/http.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { wireErasing } from '#src/wiring/erase.ts';
import { type ErasedTexts, erasePerson, findTexts } from '#usecases/erase-person.ts';
import { ApiRefused } from './api-client.ts';
import { awsSettings } from './aws-settings.ts';
import { BadInput, command } from './command.ts';
import { TableOption } from './table-option.ts';

/** What `audit erase --json` prints, unless it is stopped. */
export const AuditEraseResult = z.object({
  /** False: nothing was erased, because it was not confirmed. */
  ok: z.boolean(),
  person: z.string(),
  requests: z.int(),
  followUps: z.int(),
  texts: z.int(),
});

const PERSON = 'Write a Slack user id, such as U0123ABCD';
const Person = z.string(PERSON).regex(/^[UW][A-Z0-9]{2,20}$/, PERSON);

export const auditErase = command({
  name: 'audit erase',
  usage: '--person SLACK_USER_ID [--confirm SLACK_USER_ID] [--table NAME]',
  summary:
    'Says how much of a person’s words is kept; with --confirm erases it, and the audit stays whole',
  operands: [],
  flags: ['person', 'confirm', 'table'],
  input: z.object({
    '--person': Person,
    '--confirm': Person.optional(),
    '--table': TableOption,
  }),
  async run({ '--person': personId, '--confirm': confirmed, '--table': table }) {
    if (confirmed !== undefined && confirmed !== personId) {
      throw new BadInput(`--confirm: Write ${personId} again, or leave it out to look only`);
    }
    const { principal, policies, ...ports } = await wireErasing({ ...awsSettings(), table });
    const by = administratorOf(await policies.current({ fresh: true }), principal);
    const found =
      confirmed === undefined
        ? await findTexts(ports, personId)
        : await erasePerson(ports, { personId, by, principal });
    const ok = confirmed !== undefined;
    return {
      exitCode: ok ? 0 : 1,
      document: { ok, person: personId, ...found },
      text: textOf(personId, found, ok),
    };
  },
});

/** The administrator whom the principal acts for. @throws {ApiRefused} where it is none */
function administratorOf(published: PublishedPolicy | null, principal: string): string {
  if (published === null)
    throw new ApiRefused(403, 'No policy is published, so nobody administers');
  const { personId } = caller(published, principal);
  if (published.policy.roles.administrator.users.includes(personId)) return personId;
  throw new ApiRefused(
    403,
    `${principal} acts for ${personId}, whom policy does not name an administrator by user id. Nothing was erased`,
  );
}

function caller({ policy }: PublishedPolicy, principal: string) {
  try {
    return callerOf(policy, principal);
  } catch (error) {
    if (error instanceof Refused) throw new ApiRefused(error.status, error.problem.message);
    throw error;
  }
}

function textOf(
  personId: string,
  { requests, followUps, texts }: ErasedTexts,
  ok: boolean,
): string {
  const where = `${texts} texts of ${personId} in ${requests} requests and ${followUps} follow-ups`;
  return ok
    ? `Erased ${where}. The audit says so, and its chains are as they were.`
    : `There are ${where}. Nothing was erased: add --confirm ${personId} to erase them for good.`;
}
