import { createHash, randomBytes } from 'node:crypto';
import { coreErrors } from '../../core/errors.ts';
import { defaultLanguage } from '../../core/languages.ts';
import type { Page } from '../../core/pagination.ts';
import type { AttemptPolicy, Attempts, Clock, Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import type { Users } from '../users/index.ts';
import { organizationMessages } from './organization.messages.ts';
import type { Invitation } from './invitation.model.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { MembershipRepository } from './membership.repository.ts';
import { organizationErrors } from './organization.errors.ts';
import type { Organization } from './organization.model.ts';
import { canInviteAs, type MemberRole } from './organization.policy.ts';
import type { OrganizationRepository } from './organization.repository.ts';
import type { InviteBody, ListInvitationsQuery } from './organization.validation.ts';
import { assertAtLeast, type MemberContext, type MembershipGuard } from './membership-guard.service.ts';

interface InvitationServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly invitations: InvitationRepository;
  readonly guard: MembershipGuard;
  readonly users: Users;
  readonly mails: Mails;
  readonly audit: Audit;
  readonly attempts: Attempts;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

const ttlSeconds = 7 * 86_400;
const hourSeconds = 3_600;
// Limits the invitations of a user, because each sends a mail that its recipient did not ask for.
const invitationAttempts: AttemptPolicy = {
  limit: 50,
  windowSeconds: hourSeconds,
  lockSeconds: [hourSeconds],
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

function assertCanInvite({ role }: MemberContext, invited: MemberRole): void {
  if (!canInviteAs(role, invited)) throw organizationErrors.roleTooLow();
}

/**
 * Sends, withdraws and accepts invitations. Each invitation can be accepted once, by the account whose verified address
 * was invited.
 */
export class InvitationService {
  constructor(private readonly deps: InvitationServiceDeps) {}

  list(context: MemberContext, query: ListInvitationsQuery): Promise<Page<Invitation>> {
    assertAtLeast(context, 'admin');
    return this.deps.invitations.list(query, context);
  }

  /** Invites an address by mail. Replaces an earlier invitation of this address. */
  async invite(context: MemberContext, { email, role }: InviteBody): Promise<Invitation> {
    const { members, invitations, guard, users, transaction, ids } = this.deps;
    assertCanInvite(context, role);
    await this.#charge(context.userId);
    const token = randomBytes(32).toString('base64url');
    return transaction(async () => {
      const own = await guard.lock(context, 'admin');
      assertCanInvite(own, role);
      const organizationId = own.organization.id;
      const invitee = await users.findByEmail(email);
      if (invitee !== null && (await members.find(organizationId, invitee.id)) !== null) {
        throw organizationErrors.alreadyMember();
      }
      const invitation = await invitations.replace(
        {
          id: ids.next(),
          organizationId,
          email,
          role,
          tokenHash: hashOf(token),
          invitedBy: own.userId,
        },
        ttlSeconds,
      );
      await this.#sendMail(own, invitation, token);
      return invitation;
    });
  }

  async withdraw(context: MemberContext, id: string): Promise<void> {
    const { invitations, guard, transaction } = this.deps;
    await transaction(async () => {
      const { organization } = await guard.lock(context, 'admin');
      if (!(await invitations.remove(organization.id, id))) throw organizationErrors.invitationNotFound();
    });
  }

  /** Makes the caller a member, if the invited address is the verified address of the account. */
  async accept(userId: string, token: string): Promise<MemberContext> {
    const { organizations, invitations, users, transaction } = this.deps;
    const tokenHash = hashOf(token);
    return transaction(async () => {
      if (!(await users.lockActive(userId))) throw coreErrors.unauthenticated();
      const invitation = await invitations.findOpen(tokenHash);
      if (invitation === null) throw organizationErrors.invitationInvalid();
      const user = await users.findById(userId);
      if (user?.emailVerified !== true || user.email !== invitation.email)
        throw organizationErrors.invitationNotYours();
      const organization = await organizations.lock(invitation.organizationId);
      // Check again: since the read above, the invitation may have been used, replaced or withdrawn, or the
      // organization deleted.
      if (organization === null || !(await invitations.consume(tokenHash)))
        throw organizationErrors.invitationInvalid();
      return this.#join(organization, userId, invitation);
    });
  }

  async #charge(userId: string): Promise<void> {
    if (await this.deps.attempts.charge(userId, 'organizations.invite', invitationAttempts)) return;
    throw organizationErrors.tooManyInvitations([], { headers: { 'Retry-After': String(hourSeconds) } });
  }

  async #sendMail(
    { organization, userId }: MemberContext,
    { id, email, role }: Invitation,
    token: string,
  ): Promise<void> {
    const { users, mails, audit } = this.deps;
    const [inviter, invitee] = [await users.findById(userId), await users.findByEmail(email)];
    const language = invitee?.language ?? inviter?.language ?? defaultLanguage;
    const reader = { name: invitee?.name ?? null, emailVerified: invitee?.emailVerified === true };
    await mails.send({ email, language, ...reader }, organizationMessages.mails.invitation, {
      organization: organization.name,
      inviter: inviter?.name ?? '',
      link: mails.linkTo('accept-invitation', token),
    });
    await audit.record({
      type: 'organizations.member_invited',
      subjectId: invitee?.id ?? null,
      details: { organizationId: organization.id, invitationId: id, role },
    });
  }

  async #join(organization: Organization, userId: string, invitation: Invitation): Promise<MemberContext> {
    const { organizations, members, audit, clock, ids } = this.deps;
    const { id: invitationId, organizationId, role } = invitation;
    const existing = await members.find(organizationId, userId);
    // Keep the role of an existing member, because an invitation never changes a role.
    if (existing !== null) return { organization, userId, role: existing.role };
    const now = clock.now();
    await members.insert({ id: ids.next(), organizationId, userId, role, createdAt: now });
    await audit.record({
      type: 'organizations.member_joined',
      subjectId: userId,
      details: { organizationId, invitationId, role },
    });
    return { organization: await organizations.update(organization, { updatedAt: now }), userId, role };
  }
}
