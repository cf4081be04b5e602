-- Keeps who has made or edited a document, also for when it is gone.
CREATE FUNCTION doclight_revision_participant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO document_participants (document_id, user_id)
  SELECT NEW.document_id, person FROM (
    SELECT NEW.author_id AS person UNION SELECT author_id FROM documents WHERE id = NEW.document_id
  ) AS people
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_revision_participant AFTER INSERT ON document_revisions
  FOR EACH ROW EXECUTE FUNCTION doclight_revision_participant();
--> statement-breakpoint
INSERT INTO document_participants (document_id, user_id)
SELECT document_id, author_id FROM document_revisions UNION SELECT id, author_id FROM documents;
--> statement-breakpoint
-- Whoever is no longer in a workspace keeps no titles of it, and every open page of theirs forgets them.
CREATE FUNCTION doclight_membership_notices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM notifications WHERE user_id = OLD.user_id AND workspace_id = OLD.workspace_id;
  PERFORM pg_notify('doclight_notices',
    json_build_object('removed', json_build_object('userId', OLD.user_id, 'workspaceId', OLD.workspace_id))::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_membership_notices AFTER DELETE ON memberships
  FOR EACH ROW EXECUTE FUNCTION doclight_membership_notices();
