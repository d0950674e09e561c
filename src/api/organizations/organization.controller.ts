import { apiRoot } from '../../http/envelope.ts';
import { created, noContent, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { OrganizationService } from './organization.service.ts';
import type {
  ChangeOrganizationBody,
  CreateOrganizationBody,
  ListOrganizationsQuery,
} from './organization.validation.ts';
import { toOrganizationView } from './organization.view.ts';
import type { MemberContext } from './membership-guard.service.ts';

export class OrganizationController {
  constructor(private readonly organizations: OrganizationService) {}

  list = async ({ caller, query }: Input<{ query: ListOrganizationsQuery }>) =>
    paged(await this.organizations.list(caller, query), toOrganizationView);

  create = async ({ caller, body }: Input<{ body: CreateOrganizationBody }>) => {
    const context = await this.organizations.create(caller.userId, body);
    const location = `${apiRoot}/organizations/${context.organization.id}`;
    return created(toOrganizationView(context), { location });
  };

  get = ({ context }: Input<{ context: MemberContext }>) => ok(toOrganizationView(context));

  rename = async ({
    context,
    body,
    expectedVersion,
  }: Input<{ context: MemberContext; body: ChangeOrganizationBody }>) =>
    ok(toOrganizationView(await this.organizations.rename(context, body, expectedVersion)));

  remove = async ({ context, expectedVersion }: Input<{ context: MemberContext }>) => {
    await this.organizations.remove(context, expectedVersion);
    return noContent();
  };
}
