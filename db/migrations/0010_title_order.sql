DROP INDEX "documents_title";--> statement-breakpoint
CREATE INDEX "documents_title" ON "documents" USING btree ("workspace_id","title" collate "und-x-icu","id");