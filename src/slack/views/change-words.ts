import type { Associations, ChangeTarget } from '#domain/launch/change-plan.ts';
import type { ActionOf } from '#domain/launch/launch-plan.ts';
import { code, type Inline } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** `Move of crm-db-1 onto h-0…`, `Stop of crm-db-1`. @param source name of the instance or host */
export function changeTitle(target: ChangeTarget, source: string): string {
  switch (target.operation) {
    case 'move':
      return target.hostId === null
        ? `Move of ${source} off its Dedicated Host`
        : `Move of ${source} onto ${nameText(target.hostId, 40)}`;
    case 'associate':
      return `Other licenses for ${source}`;
    case 'convert':
      return `License conversion of ${source}`;
    case 'stop':
      return `Stop of ${source}`;
    case 'allocate-host':
      return `New Dedicated Host for ${nameText(target.instanceFamily, 40)}`;
    case 'release-host':
      return `Release of the Dedicated Host ${source}`;
  }
}

/** What an action does to what is there. */
type ChangeAction = ActionOf<ChangeTarget['operation']>;

/** A change in a sentence, with everything that it does. @param source name of the instance or host */
export function changePieces(
  action: ChangeAction,
  source: string,
  hostId: string | null,
): Inline[] {
  switch (action.operation) {
    case 'move':
      return [
        `Move ${source} `,
        code(action.instanceId),
        ...(action.from.hostId === null ? [] : [' from ', code(action.from.hostId)]),
        ...(hostId === null ? [' to shared hardware'] : [' to ', code(hostId)]),
        ...(action.affinity === 'host' ? [', bound to it'] : []),
        ...licensePieces(action.licenses),
        restartText(action.running),
      ];
    case 'associate':
      return [
        `Change what ${source} `,
        code(action.instanceId),
        ' is associated with',
        ...licensePieces(action.licenses),
      ];
    case 'convert':
      return [
        `Convert ${source} `,
        code(action.instanceId),
        ' from ',
        code(action.from),
        ' to ',
        code(action.to),
        restartText(action.running),
      ];
    case 'stop':
      return [`Stop ${source} `, code(action.instanceId)];
    case 'allocate-host':
      return [
        `Allocate a Dedicated Host for ${nameText(action.instanceFamily, 40)} in `,
        code(action.availabilityZone),
        `, for what names it only, host recovery ${action.hostRecovery ? 'on' : 'off'}`,
      ];
    case 'release-host':
      return [`Release the Dedicated Host ${source} `, code(action.hostId)];
  }
}

function restartText(running: boolean): string {
  return running ? '; it is stopped for that and started again' : '; it stays stopped';
}

function licensePieces({ add, remove }: Associations): Inline[] {
  return [
    ...add.flatMap((arn) => ['; gets ', code(lastPart(arn))]),
    ...remove.flatMap((arn) => ['; loses ', code(lastPart(arn))]),
  ];
}

/** `lic-…` of `arn:aws:license-manager:…:license-configuration:lic-…`. */
function lastPart(arn: string): string {
  return nameText(arn.split(':').at(-1) ?? arn, 60);
}
