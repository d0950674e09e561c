import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProductImports1763746000000 implements MigrationInterface {
  readonly name = 'CreateProductImports1763746000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "product_import_chunks" ("import_id" uuid NOT NULL, "number" integer NOT NULL, "lines" jsonb NOT NULL, CONSTRAINT "PK_662a0996671db751d29352b2025" PRIMARY KEY ("import_id", "number"))`,
    );
    await runner.query(
      `CREATE TABLE "product_import_errors" ("id" uuid NOT NULL, "import_id" uuid NOT NULL, "line" integer NOT NULL, "field" text, "message" text NOT NULL, CONSTRAINT "PK_28a3f9c316b44e7a40195e91b34" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "product_import_errors_import_id_line_id" ON "product_import_errors"  ("import_id", "line", "id")`,
    );
    await runner.query(
      `CREATE TABLE "product_imports" ("id" uuid NOT NULL, "job_id" uuid, "created_by" uuid, "language" text, "lines" integer NOT NULL DEFAULT '0', "imported" integer NOT NULL DEFAULT '0', "failed" integer NOT NULL DEFAULT '0', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "finished_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "PK_a02a4bd96cc40b9480f4ae9c4a0" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "product_imports_created_by" ON "product_imports"  ("created_by")`);
    await runner.query(`CREATE INDEX "product_imports_created_at" ON "product_imports"  ("created_at")`);
    await runner.query(
      `ALTER TABLE "product_import_chunks" ADD CONSTRAINT "FK_39f2b7cf0b3ea7752c7674e56b6" FOREIGN KEY ("import_id") REFERENCES "product_imports"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "product_import_errors" ADD CONSTRAINT "FK_687d6fdd21e813e2f5a338409da" FOREIGN KEY ("import_id") REFERENCES "product_imports"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "product_imports" ADD CONSTRAINT "FK_a80688ba358238aa0d3fe35f25e" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "product_imports" DROP CONSTRAINT "FK_a80688ba358238aa0d3fe35f25e"`);
    await runner.query(
      `ALTER TABLE "product_import_errors" DROP CONSTRAINT "FK_687d6fdd21e813e2f5a338409da"`,
    );
    await runner.query(
      `ALTER TABLE "product_import_chunks" DROP CONSTRAINT "FK_39f2b7cf0b3ea7752c7674e56b6"`,
    );
    await runner.query(`DROP INDEX "public"."product_imports_created_at"`);
    await runner.query(`DROP INDEX "public"."product_imports_created_by"`);
    await runner.query(`DROP TABLE "product_imports"`);
    await runner.query(`DROP INDEX "public"."product_import_errors_import_id_line_id"`);
    await runner.query(`DROP TABLE "product_import_errors"`);
    await runner.query(`DROP TABLE "product_import_chunks"`);
  }
}
