import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { moment } from '../../db/columns.ts';

/** A one-time code that replaces the authenticator app. */
@Entity('recovery_codes')
export class RecoveryCode {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('text', { name: 'code_hash' })
  codeHash!: string;

  @Column({ name: 'used_at', ...moment, nullable: true })
  usedAt!: Date | null;
}
