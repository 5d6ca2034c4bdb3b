/** Something that a plan may never do, found by whoever did not make it. Ids only. */
export type PlanBreach =
  /** Left out, or planned twice. */
  | { readonly code: 'machine-not-once'; readonly instanceId: string; readonly times: number }
  /** A size that its Region does not have, or CPU options that it does not take. */
  | { readonly code: 'setup-invalid'; readonly instanceId: string; readonly what: string }
  /** More on a host than AWS puts there. */
  | { readonly code: 'host-overfull'; readonly host: string; readonly what: string }
  /** A machine on a host of another zone, or of another family than its type. */
  | { readonly code: 'host-mismatch'; readonly instanceId: string; readonly host: string }
  /** Licenses are brought where the terms do not allow it for sure. */
  | {
      readonly code: 'byol-not-allowed';
      readonly instanceId: string;
      readonly product: string;
      readonly rule: string;
    }
  /** A violation of the terms that was not there before. */
  | { readonly code: 'violation'; readonly finding: string; readonly resource: string }
  /** More is required than is owned and was, by the position of the plan, and the scenario buys nothing. */
  | { readonly code: 'right-overdrawn'; readonly line: string; readonly missing: number }
  /** The position of the plan requires another number than the program drew. */
  | {
      readonly code: 'licenses-differ';
      readonly line: string;
      readonly drawn: number;
      readonly required: number;
    }
  /** Savings do not add up. */
  | { readonly code: 'money-differs'; readonly micros: number };
