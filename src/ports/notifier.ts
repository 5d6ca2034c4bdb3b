import type { AuditEntry } from '#domain/audit/audit.ts';
import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import type { FollowUpNotice } from '#domain/follow-ups/follow-up-notice.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { OtherLicenses } from '#domain/licenses/other-licenses.ts';
import type { MissingSource, TermsLine } from '#domain/licenses/position-report.ts';
import type { UsageTrend } from '#domain/licenses/usage-trend.ts';
import type { UsageView } from '#domain/licenses/usage-view.ts';
import type { Notice } from '#domain/notice.ts';
import type { PolicyChange } from '#domain/policy/policy-changes.ts';
import type { PolicyNotice } from '#domain/policy/policy-notice.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { ImportNotice } from '#domain/register/import-notice.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { ImportPlace, ImportShown } from '#ports/import-form.ts';
import type {
  OpenSavings,
  OptimizationAnswer,
  PlanFile,
  RecommendationAnswer,
  RecommendationsAnswer,
  ScenarioPlace,
  ScenarioShown,
} from '#ports/optimization-answers.ts';
import type { RequestFormPlace, RequestFormShown } from '#ports/request-form.ts';

/** Where a card lives in Slack. */
export interface CardPlace {
  readonly channelId: string;
  readonly ts: string;
}

/** How complete and how old the figures of an answer are. */
export interface Coverage {
  /** What was not read, or long ago; each with the name of its account. */
  readonly missing: readonly (MissingSource & { readonly accountName: string })[];
  /** The oldest figure in the answer. */
  readonly asOf: Date | null;
}

/** What one pool's answer shows. */
export interface PoolFigures {
  readonly pool: PoolLedger;
  readonly accountName: string;
  /** What the vendors' terms ask for; empty when no entitlement or rule says. */
  readonly terms: readonly TermsLine[];
  /** Why counts differ, or what nothing tracks. */
  readonly gaps: readonly CountGap[];
  /** Licenses that resources with the tag use; `null` when no tag was asked for. */
  readonly tagged: number | null;
}

/** One resource that uses a pool's licenses. */
export interface Consumer {
  readonly id: string;
  readonly name: string | null;
  /** Value of the owner tag; several for a host that is shared. */
  readonly owners: readonly string[];
  readonly licenses: number;
}

/** What is known of one pool beyond its figures. */
export interface PoolDetail {
  /** Largest first. */
  readonly consumers: readonly Consumer[];
  readonly trend: UsageTrend | null;
  /** The entitlements that the pool draws on. */
  readonly entitlements: readonly Entitlement[];
}

/** What the selects of a usage answer offer. */
export interface UsageChoices {
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** Values of the owner tag, most common first. */
  readonly owners: readonly string[];
}

export interface UsageAnswer {
  /** What was asked for, or `null` for all pools. */
  readonly query: string | null;
  readonly view: UsageView;
  readonly choices: UsageChoices;
  /** In the order that was asked for. */
  readonly pools: readonly PoolFigures[];
  /** Which of the pages of the list is meant, from 1. */
  readonly page: number;
  /** The closest names when nothing matched. */
  readonly suggestions: readonly string[];
  /** For one pool. */
  readonly detail: PoolDetail | null;
  /** Software of products that no pool is for; shown with the whole list. */
  readonly unpooled: readonly CountGap[];
  /** Licenses beside pools; shown with the whole list. */
  readonly others: OtherLicenses;
  readonly coverage: Coverage;
}

/** Who uses the pools of a name: one page of it. */
export interface WhoAnswer {
  readonly query: string;
  readonly view: UsageView;
  readonly pools: readonly PoolFigures[];
  readonly suggestions: readonly string[];
  /** Of this page, largest first. */
  readonly consumers: readonly (Consumer & { readonly pool: PoolFigures })[];
  readonly page: number;
  readonly pages: number;
  /** On all pages. */
  readonly total: number;
  readonly coverage: Coverage;
}

/** What `/license requests` answers, newest first. */
export interface RequestsAnswer {
  readonly waitingForMe: readonly LaunchRequest[];
  readonly mine: readonly LaunchRequest[];
}

export interface HomeView {
  readonly mine: readonly LaunchRequest[];
  readonly waitingForMe: readonly LaunchRequest[];
  readonly nearLimit: readonly PoolFigures[];
  readonly savings: OpenSavings;
  readonly coverage: Coverage;
  readonly now: Date;
}

/** Those who take part in a request, each with a card of it. */
export type RequestAudience = 'approvers' | 'requester' | 'beneficiary';

/** What a request's card shows. */
export interface RequestCard {
  readonly request: LaunchRequest;
  /** Of the pools that it draws on. */
  readonly ledgers: readonly PoolLedger[];
  readonly audience: RequestAudience;
  /** Whether policy lets somebody launch past the approvers there. */
  readonly mayOverride: boolean;
}

/** What the card of a policy proposal shows. */
export interface PolicyCard {
  readonly proposal: PolicyProposal;
  /** Against the policy that it is to replace. */
  readonly changes: readonly PolicyChange[];
  readonly warnings: readonly PolicyProblem[];
  /** Whether its proposer may confirm it, because there is nobody else. */
  readonly alone: boolean;
}

/** What the card of a follow-up shows. */
export interface FollowUpCard {
  readonly followUp: FollowUp;
  readonly accountName: string;
  /** Of the pools that it is about. */
  readonly ledgers: readonly PoolLedger[];
}

/**
 * Everything the bot says. Every call may be repeated; what Slack refuses for good is a
 * `DeliveryRefused`, what may pass later throws and returns to the queue. In a channel that people of
 * another organization see, a line without content takes the place of whatever is posted or edited.
 */
export interface Notifier {
  /** Answer one person where they asked: by response URL while it lives, else ephemerally. */
  usage(replyTo: ReplyTo, answer: UsageAnswer): Promise<void>;
  who(replyTo: ReplyTo, answer: WhoAnswer): Promise<void>;
  requests(replyTo: ReplyTo, answer: RequestsAnswer): Promise<void>;
  history(
    replyTo: ReplyTo,
    request: LaunchRequest | null,
    trail: readonly AuditEntry[],
  ): Promise<void>;
  notice(replyTo: ReplyTo, request: LaunchRequest | null, notice: Notice): Promise<void>;
  /** The plain error that a person sees when their job failed, with its reference id. */
  apology(replyTo: ReplyTo, reference: string): Promise<void>;
  /** A click or form of theirs is taken on but stuck, or given up. */
  stuck(replyTo: ReplyTo, reference: string, givenUp: boolean): Promise<void>;
  /** Post a usage answer for a whole channel. */
  shareUsage(channelId: string, sharedBy: string, answer: UsageAnswer): Promise<void>;
  /** Tell who wanted to share that people of another organization would see it. */
  refuseShare(replyTo: ReplyTo): Promise<void>;
  /** Tell somebody directly that a request waits which its channel does not show, and where to decide it. */
  tellWithheld(personId: string, request: LaunchRequest, channelId: string): Promise<CardPlace>;
  /** Post a request's card to a channel or, by their id, to a person. Returns where it is. */
  postCard(channelId: string, card: RequestCard): Promise<CardPlace>;
  updateCard(place: CardPlace, card: RequestCard): Promise<void>;
  /** Leave word where a card was that `channelId` has it now. */
  moveCard(place: CardPlace, request: LaunchRequest, channelId: string): Promise<void>;
  /** Beside the approvers' card, in its thread: asks who is waited for again, or calls others in. */
  remind(place: CardPlace, request: LaunchRequest, escalation: boolean): Promise<CardPlace>;
  /** To everybody in a channel: who launched past the approvers, what, and why. */
  announceOverride(channelId: string, request: LaunchRequest): Promise<CardPlace>;
  home(personId: string, view: HomeView): Promise<void>;
  /** Post the card of a policy proposal to a channel or, by their id, to a person. */
  postPolicyCard(channelId: string, card: PolicyCard): Promise<CardPlace>;
  updatePolicyCard(place: CardPlace, card: PolicyCard): Promise<void>;
  /** Post a day's digest of the audit to a channel. */
  postChainDigest(channelId: string, digest: AuditEntry): Promise<CardPlace>;
  /** Post the card of a follow-up to a channel. */
  postFollowUpCard(channelId: string, card: FollowUpCard): Promise<CardPlace>;
  updateFollowUpCard(place: CardPlace, card: FollowUpCard): Promise<void>;
  followUpNotice(
    replyTo: ReplyTo,
    followUp: FollowUp | null,
    notice: FollowUpNotice,
  ): Promise<void>;
  /** Show the next thing in the form of a launch; to the person, why not, when it was closed meanwhile. */
  showRequestForm(place: RequestFormPlace, shown: RequestFormShown): Promise<void>;
  /** Show the next thing in the form of an import, or directly when it was closed meanwhile. */
  showImport(place: ImportPlace, shown: ImportShown): Promise<void>;
  importNotice(replyTo: ReplyTo, notice: ImportNotice): Promise<void>;
  /** What the optimizer came to; in place of the message that was clicked, where there is one. */
  optimization(replyTo: ReplyTo, answer: OptimizationAnswer): Promise<void>;
  shareOptimization(channelId: string, sharedBy: string, answer: OptimizationAnswer): Promise<void>;
  recommendations(replyTo: ReplyTo, answer: RecommendationsAnswer): Promise<void>;
  recommendation(replyTo: ReplyTo, answer: RecommendationAnswer): Promise<void>;
  /** Send a plan as a file to one person directly; `null`: say that there is none for them. */
  sendPlan(replyTo: ReplyTo, file: PlanFile | null): Promise<void>;
  /** Show the next thing in the form of a scenario, unless it was closed meanwhile. */
  showScenarioForm(place: ScenarioPlace, shown: ScenarioShown): Promise<void>;
  policyNotice(
    replyTo: ReplyTo,
    proposal: PolicyProposal | null,
    notice: PolicyNotice,
  ): Promise<void>;
}
