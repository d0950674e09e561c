import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSessions1763700002000 implements MigrationInterface {
  readonly name = 'CreateSessions1763700002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "sessions" ("id" uuid NOT NULL, "user_id" uuid NOT NULL, "salt" text NOT NULL, "key_id" text NOT NULL, "generation" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "rotated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "auth_time" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "last_used_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "idle_expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "absolute_expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, "revoke_reason" text, "ip" text NOT NULL, "user_agent" text, CONSTRAINT "PK_3238ef96f18b355b671619111bc" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "sessions_absolute_expires_at" ON "sessions"  ("absolute_expires_at")`);
    await runner.query(`CREATE INDEX "sessions_user_id" ON "sessions"  ("user_id", "created_at")`);
    await runner.query(
      `ALTER TABLE "sessions" ADD CONSTRAINT "FK_085d540d9f418cfbdc7bd55bb19" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "sessions" DROP CONSTRAINT "FK_085d540d9f418cfbdc7bd55bb19"`);
    await runner.query(`DROP INDEX "public"."sessions_user_id"`);
    await runner.query(`DROP INDEX "public"."sessions_absolute_expires_at"`);
    await runner.query(`DROP TABLE "sessions"`);
  }
}
