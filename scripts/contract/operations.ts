import { addition, breaking, without, type Change } from './change.ts';
import { codesOf, responseOf, type OpenApi, type Operation, type Parameter } from './document.ts';
import { compareSchemas, type Direction } from './schemas.ts';
import type { JsonSchema } from './document.ts';

interface Pair {
  readonly before: Operation;
  readonly after: Operation;
  readonly documents: { readonly before: OpenApi; readonly after: OpenApi };
}

type Rule = (pair: Pair) => Change[];

const deprecation: Rule = ({ before, after }) =>
  after.deprecated === true && before.deprecated !== true ? [addition('is deprecated')] : [];

const isOpen = ({ security = [] }: Operation): boolean =>
  security.length === 0 || security.some((scheme) => Object.keys(scheme).length === 0);

const access: Rule = ({ before, after }) => {
  const [old, now] = [before['x-permission'], after['x-permission']];
  if (isOpen(before) !== isOpen(after))
    return [
      isOpen(before)
        ? breaking('now requires authentication')
        : addition('no longer requires authentication'),
    ];
  if (old === now) return [];
  return [
    now === undefined
      ? addition(`no longer requires the permission \`${String(old)}\``)
      : breaking(
          `now requires the permission \`${now}\` instead of ${old === undefined ? 'none' : `\`${old}\``}`,
        ),
  ];
};

// Error codes that a route returns if the caller needs more rights.
const demands = ['AUTH_MFA_REQUIRED', 'AUTH_RECENT_SIGN_IN_REQUIRED', 'FORBIDDEN', 'UNAUTHENTICATED'];

const errorCodes: Rule = ({ before, after, documents }) => {
  const all = (document: OpenApi, { responses }: Operation) => [
    ...new Set(Object.values(responses).flatMap((response) => codesOf(document, response))),
  ];
  const [old, now] = [all(documents.before, before), all(documents.after, after)];
  return [
    ...without(old, now).map((code) => breaking(`no longer returns the error \`${code}\``)),
    ...without(now, old).map((code) =>
      demands.includes(code)
        ? breaking(`now restricts access: it can return the error \`${code}\``)
        : addition(`can return the error \`${code}\``),
    ),
  ];
};

const keyOf = ({ in: place, name }: Parameter): string => `${place} parameter \`${name}\``;

const parameters: Rule = ({ before, after, documents }) => {
  const [old, now] = [before.parameters ?? [], after.parameters ?? []];
  const in_ = (list: readonly Parameter[], parameter: Parameter) =>
    list.find((other) => keyOf(other) === keyOf(parameter));
  // Ignore removed headers. The service ignores unknown headers but refuses other unknown parameters, so removing a
  // header breaks no client.
  const removed = old.filter((parameter) => parameter.in !== 'header' && in_(now, parameter) === undefined);
  return [
    ...removed.map((parameter) => breaking(`no longer accepts the ${keyOf(parameter)}`)),
    ...now.flatMap((parameter) => {
      const was = in_(old, parameter);
      const isRequired = parameter.required === true;
      if (was === undefined)
        return [
          (isRequired ? breaking : addition)(
            `accepts the new ${isRequired ? 'required ' : ''}${keyOf(parameter)}`,
          ),
        ];
      return [
        ...(isRequired && was.required !== true ? [breaking(`now requires the ${keyOf(parameter)}`)] : []),
        ...compareSchemas(documents, {
          before: was.schema ?? {},
          after: parameter.schema ?? {},
          at: parameter.name,
          direction: 'request',
        }),
      ];
    }),
  ];
};

type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>;

function compareContent(
  documents: Pair['documents'],
  [before, after]: readonly [Content, Content],
  { at, direction, verb }: { at: string; direction: Direction; verb: string },
): Change[] {
  const [old, now] = [Object.keys(before), Object.keys(after)];
  return [
    ...without(old, now).map((type) => breaking(`no longer ${verb} \`${type}\``)),
    ...without(now, old).map((type) => addition(`also ${verb} \`${type}\``)),
    ...old
      .filter((type) => now.includes(type))
      .flatMap((type) =>
        compareSchemas(documents, {
          before: before[type]?.schema ?? {},
          after: after[type]?.schema ?? {},
          at,
          direction,
        }),
      ),
  ];
}

const requestBody: Rule = ({ before, after, documents }) => {
  const [old, now] = [before.requestBody, after.requestBody];
  if (old === undefined && now === undefined) return [];
  if (now === undefined) return [breaking('no longer accepts a body')];
  if (old === undefined)
    return [now.required === true ? breaking('now requires a body') : addition('now accepts a body')];
  return [
    ...(now.required === true && old.required !== true ? [breaking('now requires its body')] : []),
    ...compareContent(documents, [old.content, now.content], {
      at: 'body',
      direction: 'request',
      verb: 'accepts',
    }),
  ];
};

const isError = (status: string): boolean => Number(status) >= 400;

const responses: Rule = ({ before, after, documents }) => {
  const [old, now] = [Object.keys(before.responses), Object.keys(after.responses)];
  return [
    ...without(old, now).map((status) => breaking(`no longer returns ${status}`)),
    ...without(now, old).map((status) => addition(`can return ${status}`)),
    ...old
      // Compare only schemas of successful responses. Error responses share one schema, and `errorCodes` compares their
      // codes.
      .filter((status) => now.includes(status) && !isError(status))
      .flatMap((status) => {
        const was = responseOf(documents.before, before.responses[status] ?? {});
        const is = responseOf(documents.after, after.responses[status] ?? {});
        const [oldHeaders, newHeaders] = [Object.keys(was.headers ?? {}), Object.keys(is.headers ?? {})];
        return [
          ...without(oldHeaders, newHeaders).map((name) =>
            breaking(`no longer returns ${status} with \`${name}\``),
          ),
          ...without(newHeaders, oldHeaders).map((name) => addition(`returns ${status} with \`${name}\``)),
          ...compareContent(documents, [was.content ?? {}, is.content ?? {}], {
            at: 'body',
            direction: 'response',
            verb: `returns ${status} as`,
          }),
        ];
      }),
  ];
};

/** The rules that compare an operation in both documents. */
const rules: readonly Rule[] = [deprecation, access, errorCodes, parameters, requestBody, responses];

/** Returns every change of an operation that is in both documents. */
export const compareOperations = (pair: Pair): Change[] => rules.flatMap((rule) => rule(pair));
