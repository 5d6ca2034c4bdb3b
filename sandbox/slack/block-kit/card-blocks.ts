import { z } from 'zod';
import { Button, ImageElement } from './elements.ts';
import { LIMITS } from './limits.ts';
import { RichText } from './rich-text.ts';
import { chars, Id, mrkdwnText, Url } from './text.ts';

const identified = { block_id: Id.optional() };

export const Card = z
  .strictObject({
    type: z.literal('card'),
    ...identified,
    hero_image: ImageElement.optional(),
    icon: ImageElement.optional(),
    title: mrkdwnText(LIMITS.card.title).optional(),
    subtitle: mrkdwnText(LIMITS.card.title).optional(),
    body: mrkdwnText(LIMITS.card.body).optional(),
    actions: z.array(Button).min(1).max(LIMITS.card.actions).optional(),
  })
  .refine(
    (card) => Boolean(card.hero_image ?? card.title ?? card.actions ?? card.body),
    'must define at least one of `hero_image`, `title`, `actions` or `body`',
  );

export const Carousel = z.strictObject({
  type: z.literal('carousel'),
  ...identified,
  elements: z.array(Card).min(1).max(LIMITS.carousel),
});

export const TaskCard = z.strictObject({
  type: z.literal('task_card'),
  ...identified,
  task_id: z.string().min(1),
  title: chars(LIMITS.text),
  details: RichText.optional(),
  output: RichText.optional(),
  sources: z
    .array(z.strictObject({ type: z.literal('url'), url: Url, text: chars(LIMITS.text) }))
    .optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
});

export const Plan = z.strictObject({
  type: z.literal('plan'),
  ...identified,
  title: chars(LIMITS.text),
  tasks: z.array(TaskCard).max(LIMITS.planTasks).optional(),
});
