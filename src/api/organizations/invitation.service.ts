import { createHash, randomBytes } from 'node:crypto';
import { coreErrors } from '../../core/errors.ts';
import { defaultLanguage } from '../../core/languages.ts';
import type { Page } from '../../core/pagination.ts';
import type { AttemptPolicy, Attempts, Clock, Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import type { Users } from '../users/index.ts';
import { invitationMail } from './invitation.mails.ts';
import type { Invitation } from './invitation.model.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { MembershipRepository } from './membership.repository.ts';
import { organizationErrors } from './organization.errors.ts';
import type { Organization } from './organization.model.ts';
import { canInviteAs, type MemberRole } from './organization.policy.ts';
import type { OrganizationRepository } from './organization.repository.ts';
import type { InviteBody, ListInvitationsQuery } from './organization.validation.ts';
import { assertAtLeast, type Standing, type StandingService } from './standing.service.ts';

interface InvitationServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly invitations: InvitationRepository;
  readonly standings: StandingService;
  readonly users: Users;
  readonly mails: Mails;
  readonly audit: Audit;
  readonly attempts: Attempts;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

const lifeSeconds = 7 * 86_400;
const hourSeconds = 3_600;
// Each is a mail to somebody who may never have asked for one.
const perHour: AttemptPolicy = { limit: 50, windowSeconds: hourSeconds, lockSeconds: [hourSeconds] };

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

function assertCanInvite({ role }: Standing, invited: MemberRole): void {
  if (!canInviteAs(role, invited)) throw organizationErrors.roleTooLow();
}

/** Invitations by mail: good once, for whoever has shown that the address is theirs. */
export class InvitationService {
  constructor(private readonly deps: InvitationServiceDeps) {}

  list(standing: Standing, query: ListInvitationsQuery): Promise<Page<Invitation>> {
    assertAtLeast(standing, 'admin');
    return this.deps.invitations.list(query, standing);
  }

  /** Invites an address; an earlier invitation to it is void from then on. */
  async invite(standing: Standing, { email, role }: InviteBody): Promise<Invitation> {
    const { members, invitations, standings, users, transaction, ids } = this.deps;
    assertCanInvite(standing, role);
    await this.#charge(standing.userId);
    const token = randomBytes(32).toString('base64url');
    return transaction(async () => {
      const own = await standings.lock(standing, 'admin');
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
        lifeSeconds,
      );
      await this.#sendMail(own, invitation, token);
      return invitation;
    });
  }

  async withdraw(standing: Standing, id: string): Promise<void> {
    const { invitations, standings, transaction } = this.deps;
    await transaction(async () => {
      const { organization } = await standings.lock(standing, 'admin');
      if (!(await invitations.remove(organization.id, id))) throw organizationErrors.invitationNotFound();
    });
  }

  /** Makes the caller a member, if the address of their account is the invited one, and verified. */
  async accept(userId: string, token: string): Promise<Standing> {
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
      // By now it may have been used, replaced or withdrawn, or the organization be gone.
      if (organization === null || !(await invitations.consume(tokenHash)))
        throw organizationErrors.invitationInvalid();
      return this.#join(organization, userId, invitation);
    });
  }

  async #charge(userId: string): Promise<void> {
    if (await this.deps.attempts.charge(userId, 'organizations.invite', perHour)) return;
    throw organizationErrors.tooManyInvitations([], { headers: { 'Retry-After': String(hourSeconds) } });
  }

  async #sendMail(
    { organization, userId }: Standing,
    { id, email, role }: Invitation,
    token: string,
  ): Promise<void> {
    const { users, mails, audit } = this.deps;
    const [inviter, invitee] = [await users.findById(userId), await users.findByEmail(email)];
    const language = invitee?.language ?? inviter?.language ?? defaultLanguage;
    const reader = { name: invitee?.name ?? null, emailVerified: invitee?.emailVerified === true };
    await mails.send({ email, language, ...reader }, invitationMail, {
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

  async #join(organization: Organization, userId: string, invitation: Invitation): Promise<Standing> {
    const { organizations, members, audit, clock, ids } = this.deps;
    const { id: invitationId, organizationId, role } = invitation;
    const existing = await members.find(organizationId, userId);
    // An invitation makes a member, and never changes what one is.
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
