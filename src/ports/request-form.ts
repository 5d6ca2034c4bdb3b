import type { FormPurpose } from '#domain/jobs/form-purpose.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { Alternative } from '#domain/launch/launch-evaluation.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Refusal } from '#domain/notice.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Scope } from '#domain/scope.ts';

/** The form of a launch, and who has it open. */
export interface RequestFormPlace {
  readonly viewKey: string;
  readonly replyTo: ReplyTo;
}

/** An instance that may be started or resized. */
export interface FormInstance extends Scope {
  readonly accountName: string;
  readonly instanceId: string;
  readonly name: string | null;
  readonly state: string;
  readonly instanceType: string;
}

/** An Auto Scaling group that may grow. */
export interface FormGroup extends Scope {
  readonly accountName: string;
  readonly name: string;
  readonly desired: number;
  /** Of its launch template; `null` where it is not known. */
  readonly instanceType: string | null;
}

/** What a form of a launch shows. */
export type RequestFormShown =
  | { readonly kind: 'opening' }
  | { readonly kind: 'refused'; readonly purpose: FormPurpose['kind']; readonly why: Refusal }
  | { readonly kind: 'failed'; readonly reference: string }
  | {
      readonly kind: 'instance';
      readonly operation: 'start' | 'resize';
      /** `null`: it is still to be chosen. */
      readonly instance: FormInstance | null;
      readonly instanceType: string | null;
      /** What the command named and is not there for this person. */
      readonly unknown: string | null;
    }
  | {
      readonly kind: 'group';
      /** `null`: it is still to be chosen. */
      readonly group: FormGroup | null;
      readonly count: number | null;
      readonly unknown: string | null;
    }
  | {
      readonly kind: 'request';
      readonly purpose: 'again' | 'edit' | 'counter';
      /** What it is filled with, and whose reason. */
      readonly request: LaunchRequest;
      readonly choice: MachineChoice;
      /** Of the choice. */
      readonly labels: LaunchRequest['labels'];
      /** Of the pools that it names. */
      readonly pools: readonly PoolLedger[];
      readonly alternatives: readonly Alternative[];
    };
