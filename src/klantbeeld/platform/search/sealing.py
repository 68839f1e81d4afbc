"""The database's part of search: functions that look into the index, and triggers that take out what is deleted.

Row-level security keeps full-text and trigram operators from using an index (PostgreSQL doesn't hold them leakproof).
The functions that ask here run as the owner of the tables, so that the index is used on any server, and look at the
tenant themselves. They return ids and words of titles; what is shown is read again, through the gates.
"""

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from klantbeeld.platform.customfields.public import OwnRecord
from klantbeeld.platform.search.searchable import searchable_types

_TENANT = "NULLIF(current_setting('klantbeeld.tenant', true), '')::uuid"
_AS_OWNER = (
    "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = auto"
)
_FOR_THE_PRODUCT = (
    "klantbeeld_search(text, uuid[], text, tsquery, tsquery[], tsquery[], integer)",
    "klantbeeld_search_similar(text[], integer)",
    "klantbeeld_search_sort_in()",
)

# The newest records are a sample: what is common among them is common everywhere, and then walking back in time finds
# the newest that match; what is rare is found faster through the index of words.
_SAMPLE = 300
_COMMON = 2
_EVERYWHERE = 6
_WALK = 4000
_CANDIDATES = 60

_ALL = """SELECT e.record_id, e.tsv, e.updated_at FROM search_entry e
       WHERE e.tenant_id = me AND e.record_type = kind ORDER BY e.updated_at DESC LIMIT {many}"""
_OWNED = """SELECT e.* FROM unnest(owners) o (id) CROSS JOIN LATERAL (
         SELECT s.record_id, s.tsv, s.updated_at FROM search_entry s
          WHERE s.tenant_id = me AND s.record_type = kind AND s.owner_id = o.id
          ORDER BY s.updated_at DESC LIMIT {many} / cardinality(owners) + 20) e ORDER BY e.updated_at DESC"""


def _branch(newest: str) -> str:
    sample = newest.format(many=_SAMPLE)
    return f"""
    SELECT count(*) FILTER (WHERE n.tsv @@ asked) INTO seen FROM ({sample}) n;
    IF seen >= {_COMMON} THEN
      RETURN QUERY SELECT n.record_id, n.updated_at FROM ({newest.format(many=_WALK)}) n
       WHERE n.tsv @@ asked LIMIT wanted;
      GET DIAGNOSTICS seen = ROW_COUNT;
    END IF;
    IF seen < wanted THEN
      IF cardinality(words) > 1 THEN
        FOR word, seen IN SELECT w.word, count(n.tsv) FROM unnest(words) w (word)
            LEFT JOIN ({sample}) n ON n.tsv @@ w.word GROUP BY w.word ORDER BY count(n.tsv) LOOP
          IF telling IS NULL THEN
            telling := word;
            fewest := seen;
          ELSIF seen = 0 OR seen < {_EVERYWHERE} THEN
            telling := telling && word;
          END IF;
        END LOOP;
      ELSE telling := asked;
      END IF;
      -- A word that was typed to its end has far fewer places in the index than all that begin with it.
      word := replace(telling::text, ':*', '')::tsquery;
      seen := 0;
      -- As text: to PostgreSQL a word equals what begins with it.
      IF word::text <> telling::text THEN
        RETURN QUERY SELECT * FROM klantbeeld_search_index(me, kind, owners, word, asked);
        GET DIAGNOSTICS seen = ROW_COUNT;
      END IF;
      IF seen < wanted THEN
        RETURN QUERY SELECT * FROM klantbeeld_search_index(me, kind, owners, telling, asked);
      END IF;
    END IF;"""  # noqa: S608 - constants of this module only


FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION klantbeeld_search_id(kind text, record uuid) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT overlay(record::text PLACING left(md5(kind), 4) FROM 15 FOR 4)::uuid
$$;

-- The limit would make other plans look cheap that read all rows when few match. The CASE keeps words that are
-- everywhere out of the scan of the index: they are looked at afterwards.
CREATE OR REPLACE FUNCTION klantbeeld_search_index(
  me uuid, kind text, owners uuid[], telling tsquery, asked tsquery)
RETURNS TABLE (record uuid, changed timestamptz) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY SELECT e.record_id, e.updated_at FROM search_entry e
   WHERE e.tsv @@ telling AND e.tenant_id = me AND e.record_type = kind
     AND (owners IS NULL OR e.owner_id = ANY (owners))
     AND CASE WHEN e.tsv @@ asked THEN true END
   LIMIT {_CANDIDATES};
END $$;

CREATE OR REPLACE FUNCTION klantbeeld_search_words(
  me uuid, kind text, owners uuid[], words tsquery[], wanted integer)
RETURNS TABLE (record uuid, changed timestamptz) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  asked tsquery;
  telling tsquery;
  word tsquery;
  seen bigint;
  fewest bigint;
BEGIN
  FOREACH word IN ARRAY words LOOP
    asked := CASE WHEN asked IS NULL THEN word ELSE asked && word END;
  END LOOP;
  IF owners IS NULL THEN {_branch(_ALL)}
  ELSE {_branch(_OWNED)}
  END IF;
END $$;

CREATE OR REPLACE FUNCTION klantbeeld_search(
  kind text, owners uuid[], begins text, number tsquery, titles tsquery[], anywhere tsquery[], wanted integer)
RETURNS TABLE (record uuid, rank integer, changed timestamptz) {_AS_OWNER} AS $$
DECLARE
  me uuid := {_TENANT};
  got bigint;
BEGIN
  IF number IS NOT NULL THEN
    RETURN QUERY SELECT w.record, 0, w.changed FROM klantbeeld_search_words(me, kind, owners, ARRAY[number], wanted) w;
  END IF;
  -- Only some of those that begin with it: people look for a family name at least as often.
  RETURN QUERY SELECT e.record_id, CASE WHEN e.title = begins THEN 0 ELSE 1 END, e.updated_at FROM search_entry e
   WHERE e.tenant_id = me AND e.record_type = kind AND e.title >= begins AND e.title < begins || chr(1114111)
     AND (owners IS NULL OR e.owner_id = ANY (owners))
   ORDER BY e.title LIMIT wanted / 2;
  -- Some are found in more than one way, and would count for others that are still to be found.
  RETURN QUERY SELECT DISTINCT w.record, 2, w.changed
    FROM klantbeeld_search_words(me, kind, owners, titles, wanted) w;
  GET DIAGNOSTICS got = ROW_COUNT;
  -- `wanted` has some to spare: half of it in titles is about as many as are shown.
  IF got < wanted / 2 AND anywhere IS NOT NULL THEN
    RETURN QUERY SELECT w.record, 3, w.changed FROM klantbeeld_search_words(me, kind, owners, anywhere, wanted) w;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION klantbeeld_search_similar(given text[], wanted integer)
RETURNS TABLE (word text, similar_word text) {_AS_OWNER} SET pg_trgm.similarity_threshold = 0.3 AS $$
DECLARE
  me uuid := {_TENANT};
  unknown text[];
BEGIN
  -- A word that begins some title's word is probably spelt right.
  SELECT array_agg(g.word) INTO unknown FROM unnest(given) g (word) WHERE NOT EXISTS (
    SELECT 1 FROM search_word w WHERE w.tenant_id = me AND w.word >= g.word AND w.word < g.word || chr(1114111));
  -- Two letters changed places, which short words and trigrams hide, or the words look alike.
  RETURN QUERY SELECT g.word, s.word FROM unnest(coalesce(unknown, given)) g (word) CROSS JOIN LATERAL (
    SELECT a.word, min(a.distance) AS distance FROM (
      SELECT w.word::text, 1 AS distance FROM generate_series(1, length(g.word) - 1) i
        JOIN search_word w ON w.tenant_id = me AND w.word =
             left(g.word, i - 1) || substr(g.word, i + 1, 1) || substr(g.word, i, 1) || substr(g.word, i + 2)
       UNION ALL
      SELECT w.word::text, levenshtein(w.word, g.word) FROM search_word w
       WHERE w.tenant_id = me AND w.word % g.word
         AND levenshtein_less_equal(w.word, g.word, 2) <= CASE WHEN length(g.word) < 5 THEN 1 ELSE 2 END) a
     GROUP BY a.word ORDER BY distance, similarity(a.word, g.word) DESC LIMIT wanted) s;
END $$;

CREATE OR REPLACE FUNCTION klantbeeld_search_sort_in() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sum(gin_clean_pending_list(c.oid)) FROM pg_class c JOIN pg_am a ON a.oid = c.relam AND a.amname = 'gin'
   WHERE c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace
$$;

CREATE OR REPLACE FUNCTION klantbeeld_search_forget_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_entry
   WHERE id = ANY (ARRAY(SELECT klantbeeld_search_id(o.record_type, o.id) FROM old_rows o));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION klantbeeld_search_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- As an array, made before: policies would keep the function from being used with the index, and read all entries.
  DELETE FROM search_entry WHERE id = ANY (ARRAY(SELECT klantbeeld_search_id(TG_ARGV[0], o.id) FROM old_rows o));
  RETURN NULL;
END $$;
"""  # noqa: S608 - constants of this module only


def put_on(cursor: CursorWrapper) -> None:
    """Make the functions, for the product's role alone, and give every searchable table its trigger.

    By trigger, and not by the write path, so that what goes along with a deleted record is forgotten, too.
    """
    cursor.execute(FUNCTIONS)
    for function in _FOR_THE_PRODUCT:
        cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {settings.APP_ROLE}")
    cursor.execute(
        f'CREATE OR REPLACE TRIGGER "search_forget_own" AFTER DELETE ON "{OwnRecord._meta.db_table}"'
        " REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION klantbeeld_search_forget_own()"
    )
    for record_type in searchable_types():
        slug = record_type.slug
        cursor.execute(
            f'CREATE OR REPLACE TRIGGER "search_forget_{slug}" AFTER DELETE ON "{record_type.model._meta.db_table}"'
            f" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION klantbeeld_search_forget('{slug}')"
        )
