import type { ViewOutput } from '@slack/bolt';
import type * as z from 'zod';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import {
  type Chosen,
  chooseGroup,
  chooseInstance,
  chooseLaunch,
  type FieldErrors,
  placeErrors,
} from '#slack/modals/form-choice.ts';
import { chosenValues, fieldErrors, formValues, isTicked } from '#slack/modals/form-values.ts';
import { GroupForm, InstanceForm, LaunchForm } from '#slack/modals/launch-form.ts';
import type { LaunchOffer } from '#slack/options/launch-offer.ts';
import { selectionOf } from '#slack/options/launch-options.ts';
import type { Offers } from '#slack/options/offer-sources.ts';

/** What a form asks for, or what is wrong with it. */
export type ReadForm =
  | {
      readonly ok: true;
      readonly choice: MachineChoice;
      /** `null`: whoever asks. */
      readonly for: string | null;
      readonly reason: string;
    }
  | { readonly ok: false; readonly wrong: FieldErrors };

/** What every form has. */
type AnyForm = Pick<LaunchForm, 'account' | 'region' | 'reason'> & Partial<Pick<LaunchForm, 'for'>>;

/** Reads a form of any operation, and checks it against what is offered now. @param by who filled it in */
export async function readForm(view: ViewOutput, offers: Offers, by: string): Promise<ReadForm> {
  const selection = selectionOf(view, by);
  const { operation } = selection;

  async function read<Form extends AnyForm>(
    schema: z.ZodType<Form>,
    choose: (form: Form, offer: LaunchOffer) => Chosen,
  ): Promise<ReadForm> {
    const parsed = schema.safeParse(valuesOf(view));
    if (!parsed.success) return { ok: false, wrong: fieldErrors(parsed.error) };
    const form = parsed.data;
    const offer = await offers.offer(selection, { fresh: true });
    if (offer === null) return { ok: false, wrong: NO_POLICY };
    const wrong = placeErrors(form, offer);
    const chosen = wrong === null ? choose(form, offer) : ({ ok: false, wrong } as const);
    return chosen.ok ? { ...chosen, for: form.for ?? null, reason: form.reason } : chosen;
  }

  switch (operation) {
    case 'launch':
      return read(LaunchForm, chooseLaunch);
    case 'scale':
      return read(GroupForm, chooseGroup);
    case 'start':
    case 'resize':
      return read(InstanceForm, (form, offer) => chooseInstance(operation, form, offer));
  }
}

const NO_POLICY: FieldErrors = { account: 'No policy is published yet, so nobody may launch.' };

function valuesOf(view: ViewOutput) {
  return {
    ...formValues(view),
    other_pools: chosenValues(view, 'other_pools'),
    license_included: isTicked(view, 'license_included'),
  };
}
