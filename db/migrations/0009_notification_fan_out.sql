-- Asks for the telling of what happened to documents, in the transaction of the change. What one person did in
-- one transaction is told together: an import is one thing for people, and not a thousand.
CREATE FUNCTION doclight_notify_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM document_events AS earlier
    WHERE earlier.xid = NEW.xid AND earlier.id < NEW.id AND earlier.workspace_id = NEW.workspace_id
      AND earlier.type = NEW.type AND earlier.actor_id = NEW.actor_id
  ) THEN
    PERFORM doclight_enqueue_jobs('notification.fan-out', jsonb_build_array(jsonb_build_object(
      'payload', jsonb_build_object('xid', NEW.xid::text, 'workspaceId', NEW.workspace_id, 'type', NEW.type,
        'actorId', NEW.actor_id))));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_notify_of_event AFTER INSERT ON document_events
  FOR EACH ROW EXECUTE FUNCTION doclight_notify_of_event();
