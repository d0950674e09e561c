import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { EncryptedColumn } from '../../db/encryption.ts';
import { createdMoment, moment } from '../../db/columns.ts';

export const totpSecretColumn: EncryptedColumn = {
  table: 'totp_credentials',
  idColumn: 'user_id',
  column: 'secret',
};

/** The authenticator app of a user, one each. */
@Entity('totp_credentials')
export class TotpCredential {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  /** Encrypted. */
  @Column('text')
  secret!: string;

  /** When a code of the app was first shown; null before that, when nothing is asked for at sign-in yet. */
  @Column({ name: 'confirmed_at', ...moment, nullable: true })
  confirmedAt!: Date | null;

  /** The time step of the newest code that was used: only codes of later ones are good. */
  @Column('integer', { name: 'last_step', default: 0 })
  lastStep!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;
}
