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
    return [isOpen(before) ? breaking('asks for a sign-in now') : addition('is open to everyone')];
  if (old === now) return [];
  return [
    now === undefined
      ? addition(`no longer needs the permission \`${String(old)}\``)
      : breaking(
          `needs the permission \`${now}\`, and ${old === undefined ? 'needed none' : `needed \`${old}\``}`,
        ),
  ];
};

// What these codes say is asked of the caller.
const demands = ['AUTH_MFA_REQUIRED', 'AUTH_RECENT_SIGN_IN_REQUIRED', 'FORBIDDEN', 'UNAUTHENTICATED'];

const errorCodes: Rule = ({ before, after, documents }) => {
  const all = (document: OpenApi, { responses }: Operation) => [
    ...new Set(Object.values(responses).flatMap((response) => codesOf(document, response))),
  ];
  const [old, now] = [all(documents.before, before), all(documents.after, after)];
  return [
    ...without(old, now).map((code) => breaking(`no longer ends with the error \`${code}\``)),
    ...without(now, old).map((code) =>
      demands.includes(code)
        ? breaking(`asks more of its caller: it can end with \`${code}\``)
        : addition(`can end with the error \`${code}\``),
    ),
  ];
};

const keyOf = ({ in: place, name }: Parameter): string => `${place} parameter \`${name}\``;

const parameters: Rule = ({ before, after, documents }) => {
  const [old, now] = [before.parameters ?? [], after.parameters ?? []];
  const in_ = (list: readonly Parameter[], parameter: Parameter) =>
    list.find((other) => keyOf(other) === keyOf(parameter));
  // Headers that nobody asks for are passed over; unknown parameters are refused.
  const gone = old.filter((parameter) => parameter.in !== 'header' && in_(now, parameter) === undefined);
  return [
    ...gone.map((parameter) => breaking(`no longer takes the ${keyOf(parameter)}`)),
    ...now.flatMap((parameter) => {
      const was = in_(old, parameter);
      const isRequired = parameter.required === true;
      if (was === undefined)
        return [
          (isRequired ? breaking : addition)(
            `takes the new ${isRequired ? 'and required ' : ''}${keyOf(parameter)}`,
          ),
        ];
      return [
        ...(isRequired && was.required !== true ? [breaking(`requires the ${keyOf(parameter)} now`)] : []),
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
    ...without(now, old).map((type) => addition(`${verb} \`${type}\`, too`)),
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
  if (now === undefined) return [breaking('no longer takes a body')];
  if (old === undefined)
    return [now.required === true ? breaking('requires a body now') : addition('takes a body')];
  return [
    ...(now.required === true && old.required !== true ? [breaking('requires its body now')] : []),
    ...compareContent(documents, [old.content, now.content], {
      at: 'body',
      direction: 'request',
      verb: 'takes',
    }),
  ];
};

const isError = (status: string): boolean => Number(status) >= 400;

const responses: Rule = ({ before, after, documents }) => {
  const [old, now] = [Object.keys(before.responses), Object.keys(after.responses)];
  return [
    ...without(old, now).map((status) => breaking(`no longer answers ${status}`)),
    ...without(now, old).map((status) => addition(`can answer ${status}`)),
    ...old
      // The bodies of errors are one schema with different codes, which have a rule of their own.
      .filter((status) => now.includes(status) && !isError(status))
      .flatMap((status) => {
        const was = responseOf(documents.before, before.responses[status] ?? {});
        const is = responseOf(documents.after, after.responses[status] ?? {});
        const [oldHeaders, newHeaders] = [Object.keys(was.headers ?? {}), Object.keys(is.headers ?? {})];
        return [
          ...without(oldHeaders, newHeaders).map((name) =>
            breaking(`no longer answers ${status} with \`${name}\``),
          ),
          ...without(newHeaders, oldHeaders).map((name) => addition(`answers ${status} with \`${name}\``)),
          ...compareContent(documents, [was.content ?? {}, is.content ?? {}], {
            at: 'body',
            direction: 'response',
            verb: `answers ${status} as`,
          }),
        ];
      }),
  ];
};

/** What is looked for in each operation that both documents have. */
const rules: readonly Rule[] = [deprecation, access, errorCodes, parameters, requestBody, responses];

/** Every change of one operation. */
export const compareOperations = (pair: Pair): Change[] => rules.flatMap((rule) => rule(pair));
