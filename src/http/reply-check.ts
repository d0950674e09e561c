import type { Reply } from './reply.ts';
import type { RouteDefinition } from './route.ts';
import { issueIn } from '../core/schema.ts';

/** Makes a check that a route answers only what its table promises; throws, because anything else is a bug. */
export function compileReplyCheck({ method, path, replies }: RouteDefinition): (reply: Reply) => void {
  const name = `${method.toUpperCase()} ${path}`;
  return ({ status, data }) => {
    const schema = replies[status];
    if (schema === undefined)
      throw new Error(`${name} answered ${status}, which its replies do not declare.`);
    if (schema === null) {
      if (data !== undefined)
        throw new Error(`${name} answered ${status} with a body, though its replies say null.`);
      return;
    }
    const issue = issueIn(schema, data);
    if (issue !== null) throw new Error(`${name} answered what its replies do not promise: ${issue}`);
  };
}
