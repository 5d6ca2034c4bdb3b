import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { APPROVALS } from './pending-request.ts';
import type { SandboxClient } from './sandbox-client.ts';
import { channelOf, type Message, type State, wordsOf } from './sandbox-state.ts';

const Instance = z.object({
  InstanceId: z.string(),
  ImageId: z.string(),
  InstanceType: z.string(),
  SubnetId: z.string().optional(),
  State: z.object({ Name: z.string() }),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});
export type ConsoleInstance = z.output<typeof Instance>;
const Launched = z.object({ Instances: z.array(Instance) });
const Described = z.object({ Reservations: z.array(Launched) });

const Created = z.object({ Policy: z.object({ PolicySummary: z.object({ Id: z.string() }) }) });

/** Where somebody works past the bot. */
export interface ConsolePlace {
  readonly account?: string;
  readonly region?: string;
  readonly principal?: string;
}

/** A launch of one instance from a launch template, as the console makes it. */
export function fromTemplate(LaunchTemplateName: string, count = 1) {
  const LaunchTemplate = { LaunchTemplateName, Version: '$Default' };
  return { LaunchTemplate, MinCount: count, MaxCount: count };
}

/** Somebody launches instances past the bot. Answers their ids. */
export async function consoleLaunch(
  client: SandboxClient,
  input: object,
  place: ConsolePlace = {},
): Promise<readonly string[]> {
  const output = await client.aws('ec2', 'RunInstances', input, place);
  return Launched.parse(output).Instances.map(({ InstanceId }) => InstanceId);
}

/** Attaches deploy/service-control-policy.json to an account, as the organization's administrator. */
export async function attachServiceControlPolicy(
  client: SandboxClient,
  TargetId: string,
): Promise<void> {
  const url = new URL('../../deploy/service-control-policy.json', import.meta.url);
  const created = await client.aws('organizations', 'CreatePolicy', {
    Name: 'quartermaster',
    Description: 'Licensed instances start through Quartermaster',
    Type: 'SERVICE_CONTROL_POLICY',
    Content: await readFile(url, 'utf8'),
  });
  const PolicyId = Created.parse(created).Policy.PolicySummary.Id;
  await client.aws('organizations', 'AttachPolicy', { PolicyId, TargetId });
}

/** Every instance that EC2 shows. */
export async function instancesIn(
  client: SandboxClient,
  place: ConsolePlace = {},
): Promise<readonly ConsoleInstance[]> {
  const output = await client.aws('ec2', 'DescribeInstances', {}, place);
  return Described.parse(output).Reservations.flatMap(({ Instances }) => Instances);
}

/** Cards of follow-ups about a resource, oldest first. */
export function followUpsAbout(state: State, resourceId: string): readonly Message[] {
  return channelOf(state, APPROVALS).filter(
    ({ blocks, ephemeral_to }) =>
      ephemeral_to === null &&
      /Follow-up fol-/.test(wordsOf(blocks)) &&
      wordsOf(blocks).includes(resourceId),
  );
}

/** The one card about a resource, with its words. @throws Error unless there is exactly one */
export function followUpAbout(
  state: State,
  resourceId: string,
): Message & { readonly words: string } {
  const [card, ...others] = followUpsAbout(state, resourceId);
  if (card === undefined || others.length > 0) {
    throw new Error(`${resourceId} has ${card === undefined ? 0 : others.length + 1} cards`);
  }
  return { ...card, words: wordsOf(card.blocks) };
}
