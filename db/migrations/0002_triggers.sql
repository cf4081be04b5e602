-- Completes a new document, whoever inserts it.
CREATE FUNCTION doclight_document_before_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.slug = '' THEN
    NEW.slug := left(coalesce(nullif(trim(both '-' from regexp_replace(lower(NEW.title), '[^a-z0-9]+', '-', 'g')), ''), 'document'), 60)
      || '-' || left(replace(gen_random_uuid()::text, '-', ''), 8);
  END IF;
  IF NEW.updated_by = '' THEN
    NEW.updated_by := NEW.author_id;
  END IF;
  NEW.revision := 1;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_document_before_insert BEFORE INSERT ON documents
  FOR EACH ROW EXECUTE FUNCTION doclight_document_before_insert();
--> statement-breakpoint
-- A save is an update that changes what people read, or that asks for the next revision.
CREATE FUNCTION doclight_document_before_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.slug := OLD.slug;
  IF NEW.revision <> OLD.revision
    OR (NEW.title, NEW.abstract, NEW.text) IS DISTINCT FROM (OLD.title, OLD.abstract, OLD.text)
    OR NEW.image_id IS DISTINCT FROM OLD.image_id THEN
    NEW.revision := OLD.revision + 1;
    NEW.updated_at := greatest(clock_timestamp(), OLD.updated_at);
  ELSE
    NEW.updated_at := OLD.updated_at;
    NEW.updated_by := OLD.updated_by;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_document_before_update BEFORE UPDATE ON documents
  FOR EACH ROW EXECUTE FUNCTION doclight_document_before_update();
--> statement-breakpoint
-- Writes the revision and the event of a change in its own transaction, and wakes whoever tails the log.
CREATE FUNCTION doclight_document_after_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  event_type text := CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'saved' ELSE 'deleted' END;
  doc documents%ROWTYPE;
BEGIN
  IF TG_OP = 'DELETE' THEN
    doc := OLD;
  ELSE
    doc := NEW;
    INSERT INTO document_revisions (document_id, revision, title, abstract, text, image_id, author_id, saved_at)
    VALUES (doc.id, doc.revision, doc.title, doc.abstract, doc.text, doc.image_id, doc.updated_by, doc.updated_at);
  END IF;
  INSERT INTO document_events (workspace_id, document_id, type, revision, slug, title, actor_id, at)
  VALUES (doc.workspace_id, doc.id, event_type, doc.revision, doc.slug, doc.title, doc.updated_by,
    CASE TG_OP WHEN 'DELETE' THEN clock_timestamp() ELSE doc.updated_at END);
  PERFORM pg_notify('doclight_events', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_document_after_insert AFTER INSERT ON documents
  FOR EACH ROW EXECUTE FUNCTION doclight_document_after_change();
--> statement-breakpoint
CREATE TRIGGER doclight_document_after_update AFTER UPDATE ON documents
  FOR EACH ROW WHEN (NEW.revision <> OLD.revision) EXECUTE FUNCTION doclight_document_after_change();
--> statement-breakpoint
CREATE TRIGGER doclight_document_after_delete AFTER DELETE ON documents
  FOR EACH ROW EXECUTE FUNCTION doclight_document_after_change();
--> statement-breakpoint
-- Tells every gateway which open sockets to look at again.
CREATE FUNCTION doclight_membership_after_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  member memberships%ROWTYPE;
BEGIN
  IF TG_OP = 'DELETE' THEN member := OLD; ELSE member := NEW; END IF;
  PERFORM pg_notify('doclight_access', json_build_object('userId', member.user_id, 'workspaceId', member.workspace_id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_membership_after_change AFTER INSERT OR UPDATE OR DELETE ON memberships
  FOR EACH ROW EXECUTE FUNCTION doclight_membership_after_change();
--> statement-breakpoint
CREATE FUNCTION doclight_session_after_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('doclight_access', json_build_object('sessionId', OLD.id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_session_after_delete AFTER DELETE ON sessions
  FOR EACH ROW EXECUTE FUNCTION doclight_session_after_delete();
