import type { BlockOf } from '../blocks/known-block.ts';

type Accessory = NonNullable<BlockOf<'section'>['accessory']>;

/** Any element that a person can use, and the image of a section. */
export type AnyElement =
  | BlockOf<'actions'>['elements'][number]
  | BlockOf<'input'>['element']
  | BlockOf<'context_actions'>['elements'][number]
  | Accessory;
/** The elements of these types. */
export type ElementOf<Type extends AnyElement['type']> = Extract<AnyElement, { type: Type }>;

/** How an element is named for people who do not see it, and what is wrong with it. */
export interface Labels {
  readonly id: string;
  /** Where no visible label stands. */
  readonly 'aria-label'?: string | undefined;
  readonly 'aria-labelledby'?: string | undefined;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: boolean | undefined;
  readonly 'aria-required'?: boolean | undefined;
}

/** What every element's component is given. */
export interface ElementProps<Element> {
  readonly element: Element;
  readonly blockId: string;
  readonly labels: Labels;
}
