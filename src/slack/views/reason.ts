import type { Reason } from '#domain/launch/launch-reason.ts';
import { approvalReasonText, isApprovalReason } from '#slack/views/approval-reason.ts';
import { changeReasonText, isChangeReason } from '#slack/views/change-reason.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { isMachineReason, machineReasonText } from '#slack/views/machine-reason.ts';
import { type PoolNames, poolReasonText } from '#slack/views/pool-reason.ts';

/** A reason as a sentence. Reason codes become English here and in the files beside it only. */
export function reasonText(reason: Reason, pools: PoolNames): string {
  if ('poolId' in reason) return poolReasonText(reason, pools);
  if (isApprovalReason(reason)) return approvalReasonText(reason);
  if (isChangeReason(reason)) return changeReasonText(reason);
  if (isMachineReason(reason)) return machineReasonText(reason);
  switch (reason.code) {
    case 'account-not-allowed':
      return 'Policy does not allow launches in this account.';
    case 'region-not-allowed':
      return 'Policy does not allow launches in this Region.';
    case 'count-above-maximum':
      return `Policy allows at most ${plural(reason.maximum, 'instance')} a request.`;
    case 'spot-not-allowed':
      return 'Policy does not allow Spot Instances.';
    case 'not-a-requester':
      return 'Policy does not let the requester ask for launches.';
    case 'requester-not-allowed':
      return 'Policy lets only others ask for this.';
    case 'nobody-may-approve':
      return 'Nobody may approve this: everyone who could is the requester, an editor or whom it is for.';
    case 'figures-missing':
      return 'Nothing is known of this account and Region yet: they were not collected.';
    case 'configuration-unknown':
      return 'The launch attaches a license configuration that is not known.';
    case 'needs-approval':
      return 'Policy asks for an approval.';
    case 'above-auto-approval':
      return `It takes ${plural(reason.licenses, 'license')}; up to ${figure(reason.threshold)} need no approval.`;
  }
}
