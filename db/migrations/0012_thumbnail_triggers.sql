-- Whoever stores an image, the small ones are made.
CREATE FUNCTION doclight_image_after_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM doclight_enqueue_jobs('thumbnails.make', jsonb_agg(jsonb_build_object('payload', jsonb_build_object('imageId', id), 'key', id)))
  FROM added;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_image_after_insert AFTER INSERT ON images
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION doclight_image_after_insert();
--> statement-breakpoint
-- Tells every gateway that they are there.
CREATE FUNCTION doclight_thumbnails_after_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('doclight_thumbnails', made.image_id) FROM (SELECT DISTINCT image_id FROM added) AS made;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER doclight_thumbnails_after_insert AFTER INSERT ON thumbnails
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION doclight_thumbnails_after_insert();
--> statement-breakpoint
-- Those of the images that are there already.
SELECT doclight_enqueue_jobs('thumbnails.make', jsonb_agg(jsonb_build_object('payload', jsonb_build_object('imageId', id), 'key', id)))
FROM images;
