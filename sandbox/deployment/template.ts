import { type CollectionTag, parse, type ScalarTag, type YAMLMap, type YAMLSeq } from 'yaml';
import { z } from 'zod';

/** CloudFormation's short forms that our templates use; each stands for `{ 'Fn::Name': argument }`. */
const INTRINSICS = ['Ref', 'GetAtt', 'Sub'] as const;

/** A template as YAML with CloudFormation's tags, its intrinsic functions as one-member objects. */
export function parseTemplate(text: string): unknown {
  return parse(text, { merge: true, customTags: INTRINSICS.flatMap(tagsOf) });
}

function tagsOf(name: string): (ScalarTag | CollectionTag)[] {
  const call = (argument: unknown) => ({ [callName(name)]: argument });
  return [
    { tag: `!${name}`, resolve: call },
    {
      tag: `!${name}`,
      collection: 'seq',
      resolve: (node: YAMLMap | YAMLSeq) => call(node.toJSON()),
    },
  ];
}

function callName(name: string): string {
  return name === 'Ref' ? 'Ref' : `Fn::${name}`;
}

const Call = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => ({ kind: 'Ref' as const, name: Ref })),
  z
    .strictObject({
      'Fn::GetAtt': z.union([
        z.string(),
        z.array(z.string()).transform((parts) => parts.join('.')),
      ]),
    })
    .transform((call) => ({ kind: 'GetAtt' as const, name: call['Fn::GetAtt'] })),
  z
    .strictObject({ 'Fn::Sub': z.string() })
    .transform((call) => ({ kind: 'Sub' as const, name: call['Fn::Sub'] })),
]);

/** What a template's names stand for. Each function throws for a name it does not know. */
export interface Names {
  /** `${param:name}` of serverless.yml. */
  readonly param: (name: string) => string;
  readonly ref: (name: string) => string;
  readonly attribute: (name: string) => string;
}

/** The template with every name replaced by what it stands for. */
export function resolveTemplate(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return withParams(value, names);
  if (Array.isArray(value)) return value.map((part) => resolveTemplate(part, names));
  if (typeof value !== 'object' || value === null) return value;
  const { data: call } = Call.safeParse(value);
  if (call !== undefined) return resolveCall(call, names);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, resolveTemplate(part, names)]),
  );
}

function resolveCall(call: z.output<typeof Call>, names: Names): string {
  switch (call.kind) {
    case 'Ref':
      return names.ref(call.name);
    case 'GetAtt':
      return names.attribute(call.name);
    case 'Sub':
      return withParams(call.name, names).replaceAll(/\$\{([^}!]+)\}/g, (_, name: string) =>
        name.includes('.') ? names.attribute(name) : names.ref(name),
      );
  }
}

function withParams(text: string, names: Names): string {
  return text.replaceAll(/\$\{param:(\w+)\}/g, (_, name: string) => names.param(name));
}
