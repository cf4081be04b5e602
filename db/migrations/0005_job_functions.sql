-- Adds jobs of one kind in the caller's transaction: from the server, from triggers, from psql.
-- items: [{"payload": {...}, "key": "...", "delayMs": 0}, ...], key and delayMs may be left out.
-- A waiting job of the same kind and key takes the new payload in place of a second one. It is updated even
-- where nothing differs: the lock keeps it from being begun before the caller's change can be seen. One that
-- waits for its next attempt keeps its time.
CREATE FUNCTION doclight_enqueue_jobs(job_kind text, items jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO jobs AS waiting (kind, payload, key, run_at)
  SELECT job_kind, item.payload, item.key, clock_timestamp() + item.delay_ms * interval '1 millisecond'
  FROM (
    SELECT DISTINCT ON (coalesce('key ' || given.key, 'position ' || given.position))
      given.payload, given.key, coalesce(given.delay_ms, 0) AS delay_ms, given.position
    FROM ROWS FROM (jsonb_to_recordset(items) AS (payload jsonb, key text, "delayMs" double precision))
      WITH ORDINALITY AS given(payload, key, delay_ms, position)
    ORDER BY coalesce('key ' || given.key, 'position ' || given.position), given.position DESC
  ) AS item
  -- One order for everyone, so that two transactions with the same keys do not wait for each other.
  ORDER BY item.key NULLS FIRST, item.position
  ON CONFLICT (kind, key) WHERE state = 'waiting' AND key IS NOT NULL DO UPDATE SET
    payload = excluded.payload,
    run_at = CASE waiting.attempts WHEN 0 THEN least(waiting.run_at, excluded.run_at) ELSE waiting.run_at END
$$;
--> statement-breakpoint
-- Wakes the gateways, whoever made a job wait.
CREATE FUNCTION doclight_jobs_after_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('doclight_jobs', kinds.kind)
  FROM (SELECT DISTINCT kind FROM changed WHERE state = 'waiting') AS kinds;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_jobs_after_insert AFTER INSERT ON jobs
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION doclight_jobs_after_change();
--> statement-breakpoint
CREATE TRIGGER doclight_jobs_after_update AFTER UPDATE ON jobs
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION doclight_jobs_after_change();
