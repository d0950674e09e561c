import { issueIn } from '../core/schema.ts';
import type { Reply } from './reply.ts';
import type { RouteDefinition } from './route.ts';

/** Throws if a reply does not match the schemas of its route. */
export type ReplyCheck = (reply: Reply) => void;

/** Compiles the check of a route's replies. A mismatch is a bug in the service, not a mistake of the caller. */
export function compileReplyCheck({ method, path, replies }: RouteDefinition): ReplyCheck {
  const name = `${method.toUpperCase()} ${path}`;
  return ({ status, data }) => {
    const schema = replies[status];
    if (schema === undefined) throw new Error(`${name} replied ${status}: add the status to its replies.`);
    if (schema === null) {
      if (data !== undefined)
        throw new Error(`${name} replied ${status} with a body: its replies declare none for this status.`);
      return;
    }
    const issue = issueIn(schema, data);
    if (issue !== null) throw new Error(`${name} replied with data that its schema refuses: ${issue}`);
  };
}
