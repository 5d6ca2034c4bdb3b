import { describe, expect, it } from 'vitest';
import { actsFor, approvesFor } from '#domain/policy/identity.ts';
import { aPolicy } from '../../builders.ts';

const HUB = '111122223333';
const IAM = `arn:aws:iam::${HUB}`;
const STS = `arn:aws:sts::${HUB}:assumed-role`;

describe('an AWS principal', () => {
  const policy = aPolicy({
    identities: [
      { principal: `${IAM}:user/ops/cleo`, person: 'UOTHER' },
      { principal: `${IAM}:role/people/approvers`, person: 'UAPPROVER' },
      { principal: `${IAM}:role/pipeline`, person: 'UAPPROVER', mayApprove: false },
      { principal: `${STS}/shared/ada`, person: 'UADMIN' },
    ],
  });

  it.each`
    arn                                                       | person         | acts     | approves | because
    ${`${IAM}:user/ops/cleo`}                                 | ${'UOTHER'}    | ${true}  | ${true}  | ${'a user is itself'}
    ${`${IAM}:user/cleo`}                                     | ${'UOTHER'}    | ${false} | ${false} | ${'another path is another user'}
    ${`${STS}/approvers/ben`}                                 | ${'UAPPROVER'} | ${true}  | ${true}  | ${'a session acts as its role'}
    ${`${STS}/approvers/ben`}                                 | ${'UOTHER'}    | ${false} | ${false} | ${'it acts for its own person only'}
    ${`${STS}/approvers2/ben`}                                | ${'UAPPROVER'} | ${false} | ${false} | ${'a longer name is another role'}
    ${'arn:aws:sts::999988887777:assumed-role/approvers/ben'} | ${'UAPPROVER'} | ${false} | ${false} | ${'another account’s role is another'}
    ${`${STS}/pipeline/build-1`}                              | ${'UAPPROVER'} | ${true}  | ${false} | ${'policy keeps it from approving'}
    ${`${STS}/shared/ada`}                                    | ${'UADMIN'}    | ${true}  | ${true}  | ${'exactly this session'}
    ${`${STS}/shared/ada2`}                                   | ${'UADMIN'}    | ${false} | ${false} | ${'and no other'}
  `(
    '$arn for $person: acts $acts, approves $approves, because $because',
    ({ arn, person, acts, approves }) => {
      expect(actsFor(policy, arn, person)).toBe(acts);
      expect(approvesFor(policy, arn, person)).toBe(approves);
    },
  );

  it('does not approve where any entry of policy keeps it from that', () => {
    const twice = aPolicy({
      identities: [
        { principal: `${IAM}:role/approvers`, person: 'UAPPROVER' },
        { principal: `${STS}/approvers/robot`, person: 'UAPPROVER', mayApprove: false },
      ],
    });

    expect(approvesFor(twice, `${STS}/approvers/robot`, 'UAPPROVER')).toBe(false);
    expect(approvesFor(twice, `${STS}/approvers/ben`, 'UAPPROVER')).toBe(true);
  });
});
