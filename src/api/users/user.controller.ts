import { apiRoot } from '../../http/envelope.ts';
import { streamJson } from '../../http/json-stream.ts';
import { created, noContent, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { UserService } from './user.service.ts';
import type {
  ChangeMeBody,
  ChangeUserBody,
  CreateUserBody,
  EraseMeBody,
  ListUsersQuery,
} from './user.validation.ts';
import { toUserView } from './user.view.ts';

interface ById {
  readonly id: string;
}

export class UserController {
  constructor(private readonly users: UserService) {}

  me = async ({ caller }: Input) => ok(toUserView(await this.users.get(caller.userId)));

  changeMe = async ({ caller, body, expectedVersion }: Input<{ body: ChangeMeBody }>) =>
    ok(toUserView(await this.users.rename(caller.userId, body, expectedVersion)));

  eraseMe = async ({ caller, body, expectedVersion }: Input<{ body: EraseMeBody }>) => {
    await this.users.eraseOwn(caller.userId, body, expectedVersion);
    return noContent();
  };

  exportMe = async ({ caller }: Input) => streamJson(await this.users.exportFor(caller.userId));

  list = async ({ query }: Input<{ query: ListUsersQuery }>) =>
    paged(await this.users.list(query), toUserView);

  create = async ({ caller, body }: Input<{ body: CreateUserBody }>) => {
    const user = await this.users.createBy(caller, body);
    return created(toUserView(user), { location: `${apiRoot}/users/${user.id}` });
  };

  get = async ({ params }: Input<{ params: ById }>) => ok(toUserView(await this.users.get(params.id)));

  change = async ({ caller, params, body, expectedVersion }: Input<{ params: ById; body: ChangeUserBody }>) =>
    ok(toUserView(await this.users.changeBy(caller, params.id, body, expectedVersion)));

  erase = async ({ params, expectedVersion }: Input<{ params: ById }>) => {
    await this.users.erase(params.id, expectedVersion);
    return noContent();
  };
}
