import { createHash } from 'node:crypto';
import type * as client from '@aws-sdk/client-organizations';
import type { Iam } from '../iam/iam.ts';
import { AwsError, type CallContext } from '../wire/service.ts';

/** Where service control policies take effect. */
export type PolicyTarget = Pick<Iam, 'attachServiceControlPolicy' | 'detachServiceControlPolicy'>;

/**
 * Service control policies: created, attached to an account or, by the root's id, to all of them, and
 * detached. @param requireAdministrator throws for an account that may not administer them
 */
export function servicePolicies(
  target: PolicyTarget | null,
  requireAdministrator: (context: CallContext) => void,
) {
  const documents = new Map<string, unknown>();

  function found({ PolicyId, TargetId }: client.AttachPolicyRequest) {
    const document = documents.get(PolicyId ?? '');
    if (document === undefined || target === null) {
      throw new AwsError('PolicyNotFoundException', 'We can’t find a policy with that id.');
    }
    return { document, place: placeOf(TargetId ?? ''), target };
  }

  return {
    CreatePolicy(
      input: client.CreatePolicyRequest,
      context: CallContext,
    ): client.CreatePolicyResponse {
      requireAdministrator(context);
      const { Content = '', Name, Description, Type } = input;
      if (Type !== 'SERVICE_CONTROL_POLICY') {
        throw new AwsError(
          'PolicyTypeNotEnabledException',
          'The sandbox has policies for services only.',
        );
      }
      const id = `p-${createHash('sha256').update(Content).digest('hex').slice(0, 8)}`;
      documents.set(id, parsed(Content));
      const PolicySummary = { Id: id, Name, Description, Type, AwsManaged: false };
      return { Policy: { PolicySummary, Content } };
    },

    AttachPolicy(input: client.AttachPolicyRequest, context: CallContext) {
      requireAdministrator(context);
      const { document, place, target: iam } = found(input);
      try {
        iam.attachServiceControlPolicy(place, document);
      } catch (error) {
        throw malformed(error instanceof Error ? error.message : String(error));
      }
      return {};
    },

    DetachPolicy(input: client.DetachPolicyRequest, context: CallContext) {
      requireAdministrator(context);
      const { document, place, target: iam } = found(input);
      if (!iam.detachServiceControlPolicy(place, document)) {
        throw new AwsError(
          'PolicyNotAttachedException',
          'The policy isn’t attached to the target.',
        );
      }
      return {};
    },
  };
}

function placeOf(targetId: string): string {
  if (/^\d{12}$/.test(targetId)) return targetId;
  if (/^r-[0-9a-z]{4,32}$/.test(targetId)) return '*';
  throw new AwsError(
    'TargetNotFoundException',
    'We can’t find a root, OU, or account with that id.',
  );
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw malformed('The content is not JSON.');
  }
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message);
}
