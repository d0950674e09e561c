// Defines the content of docs/kernel.md: headings, examples, and the names to describe, in this order. The names are
// exported, so the compiler reports an error if one does not exist.

/*
# Kernel reference

This page lists what the author of a module imports from outside `src/api`. It is generated from the doc comments by
`npm run generate:files`; the examples are in `scripts/contract/kernel.ts`.
[adding-a-module.md](adding-a-module.md) shows a whole module.

## Modules

```ts
export const notesModule = defineModule({
  name: 'notes',
  path: '/notes',
  entities: [Note],
  migrations: [CreateNotes1764500000000],
  permissions: { 'notes:keep': 'Manage your own notes' },
  grants: { user: ['notes:keep'] },
  create: ({ db, clock, ids }) => {
    const notes = new NoteRepository(db);
    const service = new NoteService({ notes, transaction: db.transaction, clock, ids });
    return { api: {}, routes: noteRoutes(new NoteController(service)) };
  },
});
```
*/
export {
  defineModule,
  type ModuleDefinition,
  type ModuleContext,
  type AppDeps,
  type ModuleInstance,
  type Command,
  type RouteMiddleware,
} from '../../src/module.ts';

/*
## Routes and access

```ts
const owner = route.with({ access: { permission: 'notes:keep' } });

export const noteRoutes = (controller: NoteController): RouteDefinition[] => [
    owner({
    method: 'post',
    path: '/',
    summary: 'Write a note',
    idempotency: 'optional',
    body: writeNoteBody,
    replies: { 201: noteView },
    errors: [noteErrors.tooMany],
    handle: controller.write,
  }),
];
```
*/
export {
  route,
  type Access,
  type RouteFacts,
  type RouteDefinition,
  type Upload,
  type Deprecation,
  type Middleware,
} from '../../src/http/route.ts';
export type { Role, Permissions, Grants } from '../../src/core/access.ts';

/*
## Guards and context

```ts
const ofTeam = route.with({
  access: 'authenticated',
  guards: [({ caller }) => assertRecentSignIn(caller, clock)],
  context: async ({ caller, params }) => ({ team: await teams.getFor(caller.userId, params) }),
});

// In the controller:
rename = async ({ context: { team }, body }: Input<{ context: { team: Team }; body: RenameBody }>) =>
  ok(toTeamView(await this.teams.rename(team, body.name)));
```
*/
export type { Scope, ScopedRoute } from '../../src/http/route.ts';
export { assertRecentSignIn } from '../../src/http/recent-sign-in.ts';
export { type WorkContext, currentContext } from '../../src/core/context.ts';

/*
## Input

```ts
write = async ({ caller, body }: Input<{ body: WriteNoteBody }>) => {
  const note = await this.notes.write(caller.userId, body);
  return created(toNoteView(note), { location: `/api/v1/notes/${note.id}` });
};
```
*/
export type { Input, RouteInput, RequestFacts, Caller } from '../../src/http/route.ts';
export { type ExpectedVersion, assertVersion } from '../../src/core/version.ts';

/*
## Replies

```ts
return ok(toNoteView(note));
return paged(await this.notes.list(query), toNoteView);
return noContent();
```
*/
export { ok, created, accepted, noContent, redirect, paged, raw, type Reply } from '../../src/http/reply.ts';
export type { Cookie } from '../../src/core/cookie.ts';

/*
## Schemas

```ts
export const writeNoteBody = named(
  'NewNote',
  object({ text: text(1, 1_000), tags: optional(arrayOf(text(1, 40), { max: 20 })) }),
);
export type WriteNoteBody = Infer<typeof writeNoteBody>;
```
*/
export {
  object,
  optional,
  withDefault,
  nullable,
  partial,
  named,
  arrayOf,
  either,
  oneOf,
  text,
  searchTerm,
  email,
  uuid,
  integer,
  decimal,
  currency,
  currencyCode,
  timestamp,
  freeForm,
  messages,
  type Infer,
} from '../../src/core/schema.ts';

/*
## Lists

```ts
// note.validation.ts
export const listNotesQuery = listQuery(['createdAt'], '-createdAt', { tag: optional(text(1, 40)) });
export const notePage = pageOf(noteView);

// note.repository.ts
return listPage(notes, query, { createdAt: { property: 'createdAt', kind: 'moment' } });
```
*/
export { listQuery, pageOf, type ListQuery, type Page } from '../../src/core/pagination.ts';
export { listPage, type SortColumns, type SortColumn, narrow } from '../../src/db/listing.ts';

/*
## Errors

```ts
// The texts are in note.messages.en.ts and in one file per other language.
export const noteErrors = defineErrors(noteMessages.errors, {
  notFound: ['not_found', 'NOTES_NOT_FOUND'],
});

throw noteErrors.notFound();
```
*/
export {
  defineErrors,
  type ErrorFactory,
  AppError,
  invalidInput,
  type ErrorKind,
} from '../../src/core/errors.ts';
export { defineMessages } from '../../src/core/messages.ts';

/*
The kind of an error decides its status:

{{ error kinds }}

Every route can return these errors of `coreErrors`:

{{ core errors }}

## Database

```ts
await this.db.transaction(async () => {
  const note = await this.notes.lockById(id);
  await this.notes.update({ ...note, text });
  await this.events.publish(noteChanged, id, { noteId: id });
});
```
*/
export { Database, type Transaction } from '../../src/db/database.ts';
export { createdMoment, moment, bigNumber } from '../../src/db/columns.ts';
export { translateUnique, translateViolations, translateInUse } from '../../src/db/errors.ts';
export { readInBatches, readAllWhere, changeInBatches, changeAllInBatches } from '../../src/db/batches.ts';
export type { EncryptedColumn } from '../../src/db/encryption.ts';

/*
## Events

```ts
export const noteWritten = defineEvent({
  type: 'notes.written',
  aggregate: 'note',
  schema: object({ noteId: uuid() }),
});

// In `create`:
subscriptions: [on(noteWritten, 'notes.index', ({ payload }) => index.add(payload.noteId))],
```
*/
export {
  defineEvent,
  type Events,
  on,
  type DeliveredEvent,
  type Subscription,
  type EventDefinition,
} from '../../src/events/events.ts';

/*
## Jobs

```ts
export const sendDigest = defineJob({ name: 'notes.send-digest', schema: object({}), cron: '0 6 * * *' });

// In `create`:
jobs: [handle(sendDigest, ({ signal }) => digest.send(signal))],
```
*/
export {
  defineJob,
  type Jobs,
  type EnqueueOptions,
  handle,
  type JobRun,
  NonRetryableError,
  type JobDefinition,
  type JobState,
} from '../../src/jobs/jobs.ts';

/*
## Ports

A module receives these in `create` and never creates its own, so tests can replace them.
*/
export type {
  Clock,
  Ids,
  Logger,
  WorkerPool,
  WorkerTask,
  OutgoingHttp,
  ColumnCipher,
  Attempts,
} from '../../src/core/ports.ts';
