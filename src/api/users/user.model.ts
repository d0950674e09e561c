import { Column, DeleteDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../../core/access.ts';
import type { Language } from '../../core/languages.ts';
import { createdMoment, moment } from '../../db/columns.ts';

/**
 * Where words part, besides white space: at every ASCII sign that is neither letter nor digit. PostgreSQL alone would
 * take an address or a path for one word.
 */
export const wordBreaks = '[!-/:-@[-`{-~]+';

export type UserStatus = 'active' | 'disabled';

/** A person with an account. Erasing one empties the row and keeps it, so that what refers to it stays whole. */
@Entity('users')
@Index('users_created_at_id', ['createdAt', 'id'])
@Index('users_name_id', ['name', 'id'])
@Index('users_email_id', ['email', 'id'])
@Index('users_status', ['status'])
@Index('users_email_verified', ['emailVerified'])
export class User {
  @PrimaryColumn('uuid')
  id!: string;

  /** Canonical; see utils/email.ts. */
  @Index('users_email_unique', { unique: true, where: '"deleted_at" IS NULL' })
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null;

  @Index('users_roles', { type: 'gin' })
  @Column('text', { array: true })
  roles!: Role[];

  @Column('boolean', { name: 'email_verified', default: false })
  emailVerified!: boolean;

  @Column('text', { default: 'active' })
  status!: UserStatus;

  /** What mails to the person are written in: what a sign-in last asked for. */
  @Column('text', { default: 'en' })
  language!: Language;

  /** What `q` searches; PostgreSQL keeps it, and nothing reads it out. */
  @Index('users_search', { type: 'gin' })
  @Column({
    type: 'tsvector',
    select: false,
    insert: false,
    update: false,
    nullable: true,
    generatedType: 'STORED',
    asExpression: `to_tsvector('simple', regexp_replace(lower(name || ' ' || email), '${wordBreaks}', ' ', 'g'))`,
  })
  search?: string;

  /** Rises when every access token of the user must end at once. */
  @Column('integer', { name: 'token_version', default: 1 })
  tokenVersion!: number;

  /** Rises when every device cookie of the user must end: a device that holds one counts its own wrong passwords. */
  @Column('integer', { name: 'device_generation', default: 1 })
  deviceGeneration!: number;

  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;

  @DeleteDateColumn({ name: 'deleted_at', ...moment, nullable: true })
  deletedAt!: Date | null;
}
