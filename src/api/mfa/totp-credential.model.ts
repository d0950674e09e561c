import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { EncryptedColumn } from '../../db/encryption.ts';
import { createdMoment, moment } from '../../db/columns.ts';

export const totpSecretColumn: EncryptedColumn = {
  table: 'totp_credentials',
  idColumn: 'user_id',
  column: 'secret',
};

/** The TOTP credential (authenticator app) of a user. Each user has at most one. */
@Entity('totp_credentials')
export class TotpCredential {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  /** The encrypted secret. */
  @Column('text')
  secret!: string;

  /**
   * The time at which the user confirmed the first code. Null while the credential is pending. Sign-in ignores a
   * pending credential.
   */
  @Column({ name: 'confirmed_at', ...moment, nullable: true })
  confirmedAt!: Date | null;

  /** The time step of the last used code. Only codes of later steps are accepted. */
  @Column('integer', { name: 'last_step', default: 0 })
  lastStep!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;
}
