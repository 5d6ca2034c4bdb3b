import type { NoPlan, OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { OptimizationRefusal } from '#domain/optimization/optimization-run.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { productText } from '#slack/views/product-words.ts';
import { code, type Line } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** Which requirement stands in the way, and what to change. */
export function noPlanLine({ code: why, subject, missing }: NoPlan): Line {
  const name = subject === null ? 'a machine' : nameText(subject.name ?? subject.id, 80);
  switch (why) {
    case 'no-option':
      return [
        `There is no plan: nothing that is allowed can be done with ${name}. Let more kinds of change be considered, allow downtime, or leave its account out.`,
      ];
    case 'too-large':
      return [
        `There is no plan: ${name} is larger than any host that it may run on. Allow other instance families in the policy, or leave its account out.`,
      ];
    case 'right-short':
      return [
        `There is no plan: ${missing === null ? 'some' : figure(Math.ceil(missing))} licenses of ${rightText(subject)} are missing, and nothing may be bought. Choose another goal than what we own, or ask what if you buy them.`,
      ];
    case 'apart-short':
      return [
        `There is no plan: the machines of ${name} have to be apart from each other, and there are too few hosts for that. Allow more hosts, or another Availability Zone.`,
      ];
    case 'hosts-short':
      return [
        `There is no plan: in ${name} there are too few Dedicated Hosts for what has to run on them. Allow other families in the policy.`,
      ];
    case 'check-failed':
      return [
        `There is no plan that I would show: the one found broke a rule when it was checked again (${name}). Please tell your administrators.`,
      ];
    case 'out-of-time':
      return [
        'There is no plan yet: time ran out before one was found, which does not mean that there is none. Ask for fewer accounts at once.',
      ];
  }
}

function rightText(subject: NoPlan['subject']): string {
  if (subject === null) return 'a product';
  const [product = '', edition = ''] = subject.id.split('/');
  return subject.name === null ? productText(product, edition || null) : nameText(subject.name, 80);
}

/** Why a question was not computed, and what to do. */
export function refusalLine(refusal: OptimizationRefusal): Line {
  switch (refusal) {
    case 'no-policy':
      return [
        'No policy is published yet, so nothing was computed. An administrator can publish one with ',
        code('quartermaster policy publish'),
        '.',
      ];
    case 'no-inventory':
      return [
        'Nothing was collected yet of what you may see, so nothing was computed. It comes with the first collection; ',
        code('/license usage'),
        ' shows what is missing.',
      ];
    case 'nothing-licensed':
      return [
        'Nothing licensed runs there, so there is nothing to save. Please ask for other accounts.',
      ];
  }
}

const WHY_FIXED: ReadonlyMap<string, string> = new Map([
  ['price-unknown', 'their price or size is not known'],
  ['host-shared', 'their host has something on it that cannot be moved or counted'],
  ['stopped-on-host', 'they are stopped on a Dedicated Host'],
  ['affinity', 'their licenses stay on their host for some time'],
]);

/** What could not be compared; empty where everything could. */
export function fixedText({ fixed }: OptimizationResult): string {
  if (fixed.length === 0) return '';
  const reasons = [...Map.groupBy(fixed, ({ why }) => why)].map(
    ([why, machines]) => `${WHY_FIXED.get(why) ?? nameText(why, 40)} (${figure(machines.length)})`,
  );
  const stay = plural(fixed.length, 'machine stays as it is', 'machines stay as they are');
  return `${stay}, and no part of these figures: ${reasons.join(', ')}.`;
}
