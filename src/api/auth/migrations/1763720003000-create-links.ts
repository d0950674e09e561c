import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLinks1763720003000 implements MigrationInterface {
  readonly name = 'CreateLinks1763720003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "links" ("user_id" uuid NOT NULL, "purpose" text NOT NULL, "token_hash" text NOT NULL, "email" text NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "PK_5ead131763a2769c1271687933d" PRIMARY KEY ("user_id", "purpose"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "links_token_hash" ON "links"  ("token_hash")`);
    await runner.query(`CREATE INDEX "links_expires_at" ON "links"  ("expires_at")`);
    await runner.query(
      `ALTER TABLE "links" ADD CONSTRAINT "FK_9f8dea86e48a7216c4f5369c1e4" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "links" DROP CONSTRAINT "FK_9f8dea86e48a7216c4f5369c1e4"`);
    await runner.query(`DROP INDEX "public"."links_expires_at"`);
    await runner.query(`DROP INDEX "public"."links_token_hash"`);
    await runner.query(`DROP TABLE "links"`);
  }
}
