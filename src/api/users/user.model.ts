import { Column, DeleteDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../../core/access.ts';
import type { Language } from '../../core/languages.ts';
import { createdMoment, languageColumn, moment } from '../../db/columns.ts';

/**
 * Word separators in addition to white space: every ASCII character that is neither a letter nor a digit. Without them,
 * PostgreSQL treats an address or a path as one word.
 */
export const wordBreaks = '[!-/:-@[-`{-~]+';

export type UserStatus = 'active' | 'disabled';

/** A user account. Erasure clears the row but keeps it, so that references to it stay valid. */
@Entity('users')
@Index('users_created_at_id', ['createdAt', 'id'])
@Index('users_name_id', ['name', 'id'])
@Index('users_email_id', ['email', 'id'])
@Index('users_status', ['status'])
@Index('users_email_verified', ['emailVerified'])
export class User {
  @PrimaryColumn('uuid')
  id!: string;

  /** The address in canonical form (see utils/email.ts). */
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

  /** The language of mails to the user. The last sign-in that named a language set it. */
  @Column({ ...languageColumn, default: 'en' })
  language!: Language;

  /** The text that `q` searches. PostgreSQL generates the text, and no query selects it. */
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

  /** The version of the access tokens. Incrementing it revokes all access tokens of the user. */
  @Column('integer', { name: 'token_version', default: 1 })
  tokenVersion!: number;

  /**
   * The version of the device cookies. Incrementing it revokes all device cookies of the user. A device with a valid
   * cookie has its own attempt counter.
   */
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
