-- A ledger of what is available to order, for PostgreSQL 14 or newer. What it is for: docs/what-number.md.
--
-- Run this file once in the database that the flows ledger-* use: with psql, or in a Postgres node with the operation
-- Execute Query. Running it again, or a newer version of it, keeps what is booked.
--
--   balance = movements of your own - units that orders of the Market hold
--
-- It keeps states, not changes: an order says how many units it holds now, a document what it has moved. So whatever
-- comes twice, late, in any order or at once ends at the same balance.
--
-- Several stores: a stock is what lies in one place and is sold once. All stores that sell from it lower the same balance:
-- an order's key is store and order, a balance's key is stock and SKU. Without a row in ledger.store, all stores share the
-- stock 'main'. With several places, name the stock of every store before the first order comes:
--   INSERT INTO ledger.store VALUES ('21000001', 'moscow'), ('21000002', 'moscow'), ('21000003', 'kazan');
--
-- To undo a document: DELETE FROM ledger.document WHERE key = 'receipt:42';
-- Never delete orders, however old: the units that they hold would come back.

BEGIN;

CREATE SCHEMA IF NOT EXISTS ledger;

-- The moment of a balance that changes now: to the millisecond, as the Market compares them, and a second behind, should
-- this clock be ahead of the Market's.
CREATE OR REPLACE FUNCTION ledger.moment() RETURNS timestamptz LANGUAGE sql VOLATILE AS $body$
	SELECT date_trunc('milliseconds', clock_timestamp()) - interval '1 second'
$body$;

-- Tables ------------------------------------------------------------------------------------------------------------------

-- Which stock each store sells from.
CREATE TABLE IF NOT EXISTS ledger.store (
	campaign_id text PRIMARY KEY,
	stock text NOT NULL
);

-- What was said of goods in, sales of the shop, returns and stocktakes: the SKUs and counts, word for word.
CREATE TABLE IF NOT EXISTS ledger.document (
	key text PRIMARY KEY,
	stock text NOT NULL,
	counts jsonb NOT NULL,
	booked_at timestamptz NOT NULL DEFAULT now()
);

-- What a document has changed: more units, or fewer.
CREATE TABLE IF NOT EXISTS ledger.move (
	key text NOT NULL REFERENCES ledger.document ON DELETE CASCADE,
	stock text NOT NULL,
	sku text COLLATE "C" NOT NULL CHECK (sku <> ''),
	qty integer NOT NULL,
	PRIMARY KEY (key, sku)
);

-- What is known of each order of the Market.
CREATE TABLE IF NOT EXISTS ledger.market_order (
	campaign_id text NOT NULL,
	order_id text NOT NULL,
	stock text NOT NULL,
	status text,
	-- Whether it was too old to be known when the stock was first counted: what it takes had been taken off already.
	is_counted boolean NOT NULL DEFAULT false,
	-- Whether any state ever said that it was packed: from then on, units leave the shelf.
	packed boolean NOT NULL DEFAULT false,
	-- The newest state, and whether it holds nothing.
	version timestamptz NOT NULL DEFAULT '-infinity',
	is_free boolean NOT NULL DEFAULT false,
	-- The newest state that holds something.
	held_version timestamptz NOT NULL DEFAULT '-infinity',
	held_counts jsonb NOT NULL DEFAULT '{}',
	PRIMARY KEY (campaign_id, order_id)
);

-- How many units an order holds now.
CREATE TABLE IF NOT EXISTS ledger.order_line (
	campaign_id text NOT NULL,
	order_id text NOT NULL,
	sku text COLLATE "C" NOT NULL CHECK (sku <> ''),
	stock text NOT NULL,
	held integer NOT NULL CHECK (held >= 0),
	PRIMARY KEY (campaign_id, order_id, sku)
);

-- What is available to order. Below zero, more was sold than is known to be there: the Market then gets 0.
CREATE TABLE IF NOT EXISTS ledger.balance (
	stock text NOT NULL,
	sku text COLLATE "C" NOT NULL CHECK (sku <> ''),
	count integer NOT NULL,
	-- Units of the count that are not sent yet: the sum of ledger.freed. The Market is sent count - freed.
	freed integer NOT NULL DEFAULT 0,
	-- The moment since which this is the count.
	as_of timestamptz NOT NULL DEFAULT ledger.moment(),
	-- How often what is to be sent has changed, or was to be sent again: by this number the ledger knows what the Market was
	-- sent.
	changes bigint NOT NULL DEFAULT 1,
	PRIMARY KEY (stock, sku)
);

-- Units that orders have freed a short while ago. The Market puts them up for sale by itself, minutes later, on top of
-- whatever it was sent meanwhile: sent at once, they would be for sale twice. So they are in the count, but are not sent
-- until a quarter of an hour has passed. With 0 units the balance is only sent again then.
CREATE TABLE IF NOT EXISTS ledger.freed (
	stock text NOT NULL,
	sku text COLLATE "C" NOT NULL,
	units integer NOT NULL CHECK (units >= 0),
	due_at timestamptz NOT NULL DEFAULT now() + interval '15 minutes'
);

-- What each store or warehouse was sent: the last change that it took, and the last that it did not take.
CREATE TABLE IF NOT EXISTS ledger.sent (
	target text NOT NULL,
	sku text COLLATE "C" NOT NULL,
	change bigint NOT NULL DEFAULT 0,
	refused_change bigint NOT NULL DEFAULT 0,
	refused_at timestamptz NOT NULL DEFAULT '-infinity',
	PRIMARY KEY (target, sku)
);

-- The balance follows -----------------------------------------------------------------------------------------------------

-- The count and its moment rise together under the lock of one row. Of two counts that travel to the Market at once, the
-- later one therefore carries the later moment, and stays, whichever arrives first.
CREATE OR REPLACE FUNCTION ledger.date_balance() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
	NEW.as_of := greatest(ledger.moment(), OLD.as_of + interval '1 millisecond');
	IF NEW.count - NEW.freed <> OLD.count - OLD.freed THEN
		NEW.changes := OLD.changes + 1;
	END IF;
	RETURN NEW;
END
$body$;

CREATE OR REPLACE TRIGGER date_balance BEFORE UPDATE ON ledger.balance
	FOR EACH ROW EXECUTE FUNCTION ledger.date_balance();

CREATE OR REPLACE FUNCTION ledger.add(to_stock text, to_sku text, units integer) RETURNS void LANGUAGE sql AS $body$
	INSERT INTO ledger.balance AS known (stock, sku, count)
	SELECT to_stock, to_sku, units WHERE units <> 0
	ON CONFLICT (stock, sku) DO UPDATE SET count = known.count + excluded.count
$body$;

-- An order holds so many units more, or fewer. What it frees changes the count, but not what the Market is to be sent.
CREATE OR REPLACE FUNCTION ledger.hold(of_stock text, of_sku text, units integer) RETURNS void LANGUAGE sql AS $body$
	INSERT INTO ledger.freed (stock, sku, units)
	SELECT of_stock, of_sku, -units WHERE units < 0;
	INSERT INTO ledger.balance AS known (stock, sku, count, freed)
	SELECT of_stock, of_sku, -units, greatest(-units, 0) WHERE units <> 0
	ON CONFLICT (stock, sku) DO UPDATE SET count = known.count + excluded.count, freed = known.freed + excluded.freed
$body$;

-- Row by row and by the difference: a change by hand moves the balance too.
CREATE OR REPLACE FUNCTION ledger.follow_move() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
	IF TG_OP <> 'INSERT' THEN PERFORM ledger.add(OLD.stock, OLD.sku, -OLD.qty); END IF;
	IF TG_OP <> 'DELETE' THEN PERFORM ledger.add(NEW.stock, NEW.sku, NEW.qty); END IF;
	RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION ledger.follow_order_line() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
	IF TG_OP = 'UPDATE' AND (NEW.stock, NEW.sku) = (OLD.stock, OLD.sku) THEN
		PERFORM ledger.hold(NEW.stock, NEW.sku, NEW.held - OLD.held);
		RETURN NULL;
	END IF;
	IF TG_OP <> 'INSERT' THEN PERFORM ledger.hold(OLD.stock, OLD.sku, -OLD.held); END IF;
	IF TG_OP <> 'DELETE' THEN PERFORM ledger.hold(NEW.stock, NEW.sku, NEW.held); END IF;
	RETURN NULL;
END
$body$;

CREATE OR REPLACE TRIGGER follow AFTER INSERT OR UPDATE OR DELETE ON ledger.move
	FOR EACH ROW EXECUTE FUNCTION ledger.follow_move();
CREATE OR REPLACE TRIGGER follow AFTER INSERT OR UPDATE OR DELETE ON ledger.order_line
	FOR EACH ROW EXECUTE FUNCTION ledger.follow_order_line();

-- Keeps so many units of each SKU back until then, and has the balances sent again.
CREATE OR REPLACE FUNCTION ledger.keep_back(of_stock text, counts jsonb, until timestamptz)
RETURNS void LANGUAGE sql AS $body$
	WITH locked AS (
		SELECT balance.stock, balance.sku, kept.value::integer AS units
		FROM ledger.balance
		JOIN jsonb_each_text(counts) AS kept ON kept.key COLLATE "C" = balance.sku
		WHERE balance.stock = of_stock
		ORDER BY balance.sku
		FOR UPDATE OF balance
	), noted AS (
		INSERT INTO ledger.freed (stock, sku, units, due_at)
		SELECT stock, sku, units, until FROM locked
	)
	UPDATE ledger.balance SET freed = balance.freed + locked.units
	FROM locked WHERE balance.stock = locked.stock AND balance.sku = locked.sku AND locked.units > 0
$body$;

-- Lets go what was kept back long enough, and has those balances sent again. Also those that are below zero without what
-- is kept back, at each call: there the Market itself puts units up for sale that are sold elsewhere.
CREATE OR REPLACE FUNCTION ledger.let_go(of_stock text) RETURNS void LANGUAGE sql AS $body$
	WITH locked AS (
		SELECT stock, sku FROM ledger.balance
		WHERE stock = of_stock AND (
			freed > 0 AND count < freed
			OR sku IN (SELECT kept.sku FROM ledger.freed AS kept WHERE kept.stock = of_stock AND due_at <= now())
		)
		ORDER BY sku
		FOR UPDATE
	), gone AS (
		DELETE FROM ledger.freed AS kept USING locked
		WHERE kept.stock = locked.stock AND kept.sku = locked.sku AND due_at <= now()
		RETURNING kept.sku, units
	)
	UPDATE ledger.balance SET changes = changes + 1,
		freed = balance.freed - coalesce((SELECT sum(units) FROM gone WHERE gone.sku = locked.sku), 0)::integer
	FROM locked WHERE balance.stock = locked.stock AND balance.sku = locked.sku
$body$;

-- Balances that are not what was booked: there are none, unless someone has changed a balance by hand.
CREATE OR REPLACE VIEW ledger.wrong AS
	SELECT stock, sku, coalesce(balance.count, 0) AS count, coalesce(booked.count, 0) AS booked
	FROM ledger.balance
	FULL JOIN (
		SELECT stock, sku, sum(units) AS count
		FROM (
			SELECT stock, sku, qty AS units FROM ledger.move
			UNION ALL
			SELECT stock, sku, -held FROM ledger.order_line
		) AS every
		GROUP BY stock, sku
	) AS booked USING (stock, sku)
	WHERE coalesce(balance.count, 0) <> coalesce(booked.count, 0);

-- What comes in is looked at -----------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION ledger.refuse(reason text) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
	RAISE EXCEPTION '%', reason USING ERRCODE = 'invalid_parameter_value';
END
$body$;

-- A text without whitespace and invisible characters around it, such as the no-break space of a spreadsheet. As Update
-- Stocks reads a SKU: two SKUs of the ledger that are one at the Market would overwrite each other's balance there.
-- What is far too long is left as it is.
CREATE OR REPLACE FUNCTION ledger.trimmed(raw text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $body$
DECLARE
	unseen text := '[\s\u00a0\u00ad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u2069\u2800\u3000\u3164\ufeff]+';
BEGIN
	IF length(raw) > 1000 THEN
		RETURN raw;
	END IF;
	RETURN regexp_replace(raw, format('^%s|%s$', unseen, unseen), '', 'g');
END
$body$;

-- The counts of a list of lines, summed by SKU, without what holds nothing unless zeros count.
-- Lines: [{"sku": "A-1", <field>: 2}]. The most is that of the Market: 2,000,000,000.
CREATE OR REPLACE FUNCTION ledger.counts_of(
	owner text, lines jsonb, field text, lowest bigint, zeros boolean
) RETURNS jsonb LANGUAGE plpgsql AS $body$
DECLARE
	line jsonb;
	counts jsonb;
	too_much text;
BEGIN
	IF jsonb_typeof(lines) IS DISTINCT FROM 'array' THEN
		PERFORM ledger.refuse(format('%s: "lines" must be a list of {"sku", "%s"}', owner, field));
	END IF;
	FOR line IN SELECT * FROM jsonb_array_elements(lines) LOOP
		IF jsonb_typeof(line -> 'sku') IS DISTINCT FROM 'string' OR length(ledger.trimmed(line ->> 'sku')) NOT BETWEEN 1 AND 255 THEN
			PERFORM ledger.refuse(format('%s: "sku" must be a text of 1 to 255 characters, and is %s', owner,
				coalesce(left((line -> 'sku')::text, 40), 'missing')));
		END IF;
		-- A number, or a text such as 12.000 for a column of the type numeric.
		IF coalesce(line ->> field, '') !~ '^-?[0-9]{1,10}(\.0+)?$'
			OR NOT (line ->> field)::numeric BETWEEN lowest AND 2000000000 THEN
			PERFORM ledger.refuse(format('%s, SKU "%s": "%s" must be a whole number from %s to 2000000000, and is %s', owner,
				left(line ->> 'sku', 40), field, lowest, coalesce(left((line -> field)::text, 40), 'missing')));
		END IF;
	END LOOP;
	SELECT coalesce(jsonb_object_agg(sku, units) FILTER (WHERE zeros OR units <> 0), '{}'),
		min(format('SKU "%s": its lines are %s units', left(sku, 40), units)) FILTER (WHERE abs(units) > 2000000000)
	INTO counts, too_much
	FROM (
		SELECT ledger.trimmed(each ->> 'sku') AS sku, trunc(sum((each ->> field)::numeric)) AS units
		FROM jsonb_array_elements(lines) AS each
		GROUP BY 1
	) AS summed;
	IF too_much IS NOT NULL THEN
		PERFORM ledger.refuse(format('%s, %s, and 2000000000 is the most', owner, too_much));
	END IF;
	RETURN counts;
END
$body$;

CREATE OR REPLACE FUNCTION ledger.known_stock(owner text, name text) RETURNS text LANGUAGE plpgsql AS $body$
BEGIN
	IF NOT EXISTS (SELECT FROM ledger.store WHERE stock = name)
		AND (name <> 'main' OR EXISTS (SELECT FROM ledger.store)) THEN
		PERFORM ledger.refuse(format('%s: no store of ledger.store sells from the stock "%s"', owner, left(name, 40)));
	END IF;
	RETURN name;
END
$body$;

CREATE OR REPLACE FUNCTION ledger.stock_of(owner text, campaign text) RETURNS text LANGUAGE plpgsql AS $body$
DECLARE
	known text;
BEGIN
	SELECT stock INTO known FROM ledger.store WHERE campaign_id = campaign;
	IF known IS NULL AND EXISTS (SELECT FROM ledger.store) THEN
		PERFORM ledger.refuse(format('%s: ledger.store does not say which stock the store %s sells from. '
			'INSERT INTO ledger.store VALUES (''%s'', ...)', owner, campaign, campaign));
	END IF;
	RETURN coalesce(known, 'main');
END
$body$;

-- Orders -------------------------------------------------------------------------------------------------------------------

-- Takes an item of Yandex Market Trigger, Yandex Market Orders Trigger or Order: Get Many.
--
-- The newest state stands. Two states of one version: the one that holds fewer units is the later one, for an order only
-- ever loses units. Once any state has said that the order was packed, a state that holds nothing no longer gives units
-- back: they come back as a document of their own, when they lie on the shelf again.
--
-- An order that was placed more than 30 days before the first stocktake, and is heard of only after it, holds nothing: the
-- stocktake has counted without its units. The Market lists such orders no more, but still notifies of their returns.
--
-- The first three rules are a maximum or an "ever" over all states that came. So their order and their repeats do not matter.
--
-- Returns whether it was news.
CREATE OR REPLACE FUNCTION ledger.take_order(item jsonb) RETURNS boolean LANGUAGE plpgsql AS $body$
DECLARE
	campaign text := item ->> 'campaignId';
	order_number text := item ->> 'orderId';
	owner text := format('Order %s', coalesce(left(order_number, 40), 'without a number'));
	at timestamptz;
	created timestamptz;
	counts jsonb;
	units bigint;
	before ledger.market_order;
	after ledger.market_order;
	lines jsonb;
	changed_lines bigint;
	due timestamptz := now() + interval '15 minutes';
BEGIN
	IF jsonb_typeof(item -> 'orderId') IS DISTINCT FROM 'string' OR order_number !~ '^[0-9]{1,20}$' THEN
		PERFORM ledger.refuse(format('%s: "orderId" must be a number as text', owner));
	END IF;
	IF jsonb_typeof(item -> 'campaignId') IS DISTINCT FROM 'string' OR campaign !~ '^[0-9]{1,20}$' THEN
		PERFORM ledger.refuse(format('%s: "campaignId" must be a number as text', owner));
	END IF;
	IF (item -> 'verified') IS DISTINCT FROM 'true'::jsonb THEN
		PERFORM ledger.refuse(format('%s: it was not read from the Market ("verified" is not true), so the ledger has not '
			'taken it. Read it by Order: Get', owner));
	END IF;
	IF coalesce(item ->> 'version', '') !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$' THEN
		PERFORM ledger.refuse(format('%s: "version" must be a moment such as 2026-11-26T10:00:00.123Z, and is %s', owner,
			coalesce(left((item -> 'version')::text, 40), 'missing')));
	END IF;
	at := item ->> 'version';
	created := item ->> 'createdAt';
	counts := ledger.counts_of(owner, item -> 'lines', 'held', 0, false);
	SELECT coalesce(sum(value::bigint), 0) INTO units FROM jsonb_each_text(counts);

	-- Locks the order, also against another first state of it.
	INSERT INTO ledger.market_order AS known (campaign_id, order_id, stock)
	VALUES (campaign, order_number, ledger.stock_of(owner, campaign))
	ON CONFLICT (campaign_id, order_id) DO UPDATE SET stock = known.stock
	RETURNING * INTO before;

	after := before;
	IF before.version = '-infinity' AND created < now() - interval '30 days' THEN
		SELECT coalesce(created < min(booked_at) - interval '30 days', false) INTO after.is_counted
		FROM ledger.document WHERE stock = after.stock AND key LIKE 'stocktake:%';
	END IF;
	after.packed := before.packed OR coalesce((item ->> 'packed')::boolean, false);
	IF (at, units = 0) >= (before.version, before.is_free) THEN
		after.version := at;
		after.is_free := units = 0;
		after.status := item ->> 'status';
	END IF;
	IF units > 0 AND (at, -units, counts::text COLLATE "C") > (
		before.held_version,
		-(SELECT coalesce(sum(value::bigint), 0) FROM jsonb_each_text(before.held_counts)),
		before.held_counts::text COLLATE "C"
	) THEN
		after.held_version := at;
		after.held_counts := counts;
	END IF;
	IF after IS NOT DISTINCT FROM before THEN
		RETURN false;
	END IF;
	UPDATE ledger.market_order
	SET (status, is_counted, packed, version, is_free, held_version, held_counts) =
		(after.status, after.is_counted, after.packed, after.version, after.is_free, after.held_version, after.held_counts)
	WHERE campaign_id = campaign AND order_id = order_number;

	lines := CASE WHEN after.is_counted OR after.is_free AND NOT after.packed THEN '{}' ELSE after.held_counts END;
	-- In one statement and in the order of their SKUs: two orders with the same goods then never wait for each other. A
	-- line that is no longer in the order holds nothing.
	INSERT INTO ledger.order_line (campaign_id, order_id, sku, stock, held)
	SELECT campaign, order_number, sku, after.stock, coalesce(now.held, 0)
	FROM (SELECT key COLLATE "C" AS sku, value::integer AS held FROM jsonb_each_text(lines)) AS now
	FULL JOIN (
		SELECT sku, held FROM ledger.order_line WHERE campaign_id = campaign AND order_id = order_number
	) AS was USING (sku)
	WHERE coalesce(now.held, 0) <> coalesce(was.held, 0)
	ORDER BY sku
	ON CONFLICT (campaign_id, order_id, sku) DO UPDATE SET held = excluded.held;
	GET DIAGNOSTICS changed_lines = ROW_COUNT;

	-- What a known order frees, its lines keep back. One that is first heard of after its end has freed what the ledger never
	-- took off, and the Market may have been sent the balance meanwhile. Never both: balances are locked once, in the order
	-- of their SKUs.
	IF after.is_free AND changed_lines = 0 THEN
		counts := before.held_counts || ledger.counts_of(owner, item -> 'lines', 'held', 0, true);
		SELECT jsonb_object_agg(key, 0) INTO counts FROM jsonb_object_keys(counts) AS key;
		IF before.version = '-infinity' AND at < now() - interval '1 hour' THEN
			-- By now the Market has done so: that is much later than minutes, and than clocks differ.
			due := now();
		ELSIF before.version = '-infinity' AND after.status = 'CANCELLED' AND coalesce(item ->> 'fake', '') <> 'true'
			AND coalesce(item ->> 'programType', '') NOT IN ('FBY', 'LAAS') THEN
			counts := ledger.counts_of(owner, item -> 'lines', 'count', 0, true);
		END IF;
		PERFORM ledger.keep_back(after.stock, counts, due);
	END IF;
	RETURN true;
END
$body$;

-- Movements of your own ----------------------------------------------------------------------------------------------------

-- Books a document: {"kind": "receipt", "number": "42", "stock": "main", "lines": [{"sku": "A-1", "count": 10}]}.
--
--   receipt     what came from a supplier                         + count
--   return      what came back and is fit to be sold              + count
--   sale        what was sold elsewhere than on the Market        - count
--   correction  anything else, such as a breakage                 + count, which may be negative
--   stocktake   what is available to order now, orders taken off  the balance becomes count
--
-- Kind and number are the key. The same document again changes nothing. With other numbers it is refused: which of the
-- two is right, only you know.
--
-- Returns whether it was booked just now.
CREATE OR REPLACE FUNCTION ledger.take_document(document jsonb) RETURNS boolean LANGUAGE plpgsql AS $body$
DECLARE
	kind text := document ->> 'kind';
	new_number text := ledger.trimmed(document ->> 'number');
	new_key text := format('%s:%s', kind, new_number);
	owner text := format('Document "%s"', left(document ->> 'number', 40));
	new_stock text;
	new_counts jsonb;
	typed text;
	known ledger.document;
	differing text;
	sign integer := CASE kind WHEN 'sale' THEN -1 ELSE 1 END;
BEGIN
	IF kind IS NULL OR kind NOT IN ('receipt', 'return', 'sale', 'correction', 'stocktake') THEN
		PERFORM ledger.refuse(format('%s: "kind" must be receipt, return, sale, correction or stocktake', owner));
	END IF;
	IF jsonb_typeof(document -> 'number') IS DISTINCT FROM 'string'
		OR length(new_number) NOT BETWEEN 1 AND 200 THEN
		PERFORM ledger.refuse(format('%s: "number" must be a text of 1 to 200 characters, in quotes', owner));
	END IF;
	owner := format('%s "%s"', initcap(kind), left(document ->> 'number', 40));
	new_stock := ledger.known_stock(owner, coalesce(document ->> 'stock', 'main'));
	new_counts := ledger.counts_of(owner, document -> 'lines', 'count',
		CASE kind WHEN 'correction' THEN -2000000000 ELSE 0 END, true);
	IF new_counts = '{}' THEN
		PERFORM ledger.refuse(format('%s has no lines', owner));
	END IF;
	-- Update Stocks would send it as 00417, which has a balance of its own.
	SELECT min(key) INTO typed FROM jsonb_object_keys(new_counts) AS key WHERE key ~ '^(=|''[0-9][^'']*$)';
	IF typed IS NOT NULL THEN
		PERFORM ledger.refuse(format('%s: SKU "%s" is a cell as it was typed. Give what the cell shows, such as 00417', owner,
			left(typed, 40)));
	END IF;

	-- Waits for another connection that is booking the same document.
	INSERT INTO ledger.document (key, stock, counts) VALUES (new_key, new_stock, new_counts)
	ON CONFLICT (key) DO NOTHING;
	IF NOT FOUND THEN
		SELECT * INTO known FROM ledger.document WHERE key = new_key;
		IF known.stock = new_stock AND known.counts = new_counts THEN
			RETURN false;
		END IF;
		SELECT string_agg(format('SKU "%s": %s is booked, %s came', left(sku, 40), coalesce(was, 'none'), coalesce(came, 'none')),
			'; ' ORDER BY sku)
		INTO differing
		FROM (
			SELECT sku, was.value AS was, came.value AS came
			FROM (SELECT key AS sku, value FROM jsonb_each_text(known.counts)) AS was
			FULL JOIN (SELECT key AS sku, value FROM jsonb_each_text(new_counts)) AS came USING (sku)
			WHERE was.value IS DISTINCT FROM came.value
			ORDER BY sku LIMIT 3
		) AS first_three;
		PERFORM ledger.refuse(format('%s was booked before with other numbers (%s), and stays as booked. Give what is new '
			'a number of its own', owner, coalesce(differing, format('stock "%s"', known.stock))));
	END IF;

	IF kind = 'stocktake' THEN
		-- Locks the balances, in the order of their SKUs, so that what is measured is what is changed.
		INSERT INTO ledger.balance AS locked (stock, sku, count)
		SELECT new_stock, key, 0 FROM jsonb_each_text(new_counts) ORDER BY key COLLATE "C"
		ON CONFLICT (stock, sku) DO UPDATE SET count = locked.count;
	END IF;
	INSERT INTO ledger.move (key, stock, sku, qty)
	SELECT new_key, new_stock, line.key,
		CASE kind WHEN 'stocktake' THEN line.value::integer - balance.count ELSE sign * line.value::integer END
	FROM jsonb_each_text(new_counts) AS line
	LEFT JOIN ledger.balance ON balance.stock = new_stock AND balance.sku = line.key COLLATE "C"
	ORDER BY line.key COLLATE "C";
	RETURN true;
END
$body$;

-- For flows: the same, with what is refused as an answer, so that one item does not hold up the others ---------------------

CREATE OR REPLACE FUNCTION ledger.beyond(owner text) RETURNS text LANGUAGE sql IMMUTABLE AS $body$
	SELECT format('%s: it would take a balance beyond what the ledger can hold, 2147483647 units. Look at its counts', owner)
$body$;

CREATE OR REPLACE FUNCTION ledger.try_order(item jsonb)
RETURNS TABLE (status text, news boolean, reason text) LANGUAGE plpgsql AS $body$
BEGIN
	RETURN QUERY SELECT 'taken', ledger.take_order(item), NULL;
EXCEPTION
	WHEN invalid_parameter_value THEN
		RETURN QUERY SELECT 'refused', NULL::boolean, SQLERRM;
	WHEN numeric_value_out_of_range THEN
		RETURN QUERY SELECT 'refused', NULL::boolean, ledger.beyond(format('Order %s', item ->> 'orderId'));
END
$body$;

-- The document as text, because a jsonb cannot have the character U+0000.
CREATE OR REPLACE FUNCTION ledger.try_document(raw text)
RETURNS TABLE (kind text, number text, status text, news boolean, reason text) LANGUAGE plpgsql AS $body$
DECLARE
	document jsonb;
	owner text;
BEGIN
	-- As U+FFFD it can at least be named.
	document := replace(raw, '\u0000', '\ufffd');
	owner := format('%s "%s"', initcap(document ->> 'kind'), left(document ->> 'number', 40));
	RETURN QUERY SELECT document ->> 'kind', document ->> 'number', 'booked', ledger.take_document(raw::jsonb), NULL;
EXCEPTION
	WHEN invalid_parameter_value THEN
		RETURN QUERY SELECT document ->> 'kind', document ->> 'number', 'refused', NULL::boolean, SQLERRM;
	WHEN numeric_value_out_of_range THEN
		RETURN QUERY SELECT document ->> 'kind', document ->> 'number', 'refused', NULL::boolean, ledger.beyond(owner);
	WHEN untranslatable_character THEN
		RETURN QUERY SELECT document ->> 'kind', document ->> 'number', 'refused', NULL::boolean,
			format('%s: it has the character U+0000, which no text of a database can have', owner);
END
$body$;

-- Sending ------------------------------------------------------------------------------------------------------------------

-- A balance as Update Stocks reads it, without what is kept back.
CREATE OR REPLACE FUNCTION ledger.row_to_send(balance ledger.balance)
RETURNS TABLE (sku text, stock integer, "updatedAt" text, change text) LANGUAGE sql AS $body$
	SELECT balance.sku, greatest(balance.count - balance.freed, 0),
		to_char(balance.as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), balance.changes::text
$body$;

-- Gives balances a new moment, at which they are still the count: whoever changes one meanwhile waits, and comes later.
CREATE OR REPLACE FUNCTION ledger.date_again(from_stock text, older_than interval) RETURNS void LANGUAGE sql AS $body$
	WITH locked AS (
		SELECT stock, sku FROM ledger.balance
		WHERE stock = from_stock AND as_of < now() - older_than
		ORDER BY stock, sku
		FOR UPDATE
	)
	UPDATE ledger.balance SET count = balance.count
	FROM locked WHERE balance.stock = locked.stock AND balance.sku = locked.sku
$body$;

-- What has changed since a target, a store or warehouse of the Market, was last sent it, or is to be sent again. What it
-- did not take comes again after 15 minutes, or when it changes: a Market that was away is asked again soon, and a SKU that
-- it does not have is not told every minute.
CREATE OR REPLACE FUNCTION ledger.to_send(to_target text, from_stock text DEFAULT 'main')
RETURNS TABLE (sku text, stock integer, "updatedAt" text, change text, target text) LANGUAGE plpgsql AS $body$
BEGIN
	IF coalesce(to_target, '') = '' THEN
		PERFORM ledger.refuse('It is not chosen where to send the balances');
	END IF;
	PERFORM ledger.known_stock(to_target, from_stock);
	-- The Market takes no moment older than 24 hours.
	PERFORM ledger.date_again(from_stock, interval '12 hours');
	PERFORM ledger.let_go(from_stock);
	RETURN QUERY
	SELECT item.*, to_target
	FROM ledger.balance
	LEFT JOIN ledger.sent ON sent.target = to_target AND sent.sku = balance.sku
	CROSS JOIN LATERAL ledger.row_to_send(balance) AS item
	WHERE balance.stock = from_stock
		AND balance.changes > coalesce(sent.change, 0)
		AND (balance.changes > coalesce(sent.refused_change, 0) OR sent.refused_at < now() - interval '15 minutes')
	ORDER BY balance.sku;
END
$body$;

-- All balances of a stock, with a new moment. Refuses if one of them is not what was booked.
CREATE OR REPLACE FUNCTION ledger.all_to_send(from_stock text DEFAULT 'main')
RETURNS TABLE (sku text, stock integer, "updatedAt" text, change text) LANGUAGE plpgsql AS $body$
DECLARE
	found ledger.wrong;
BEGIN
	PERFORM ledger.known_stock('All balances', from_stock);
	PERFORM ledger.date_again(from_stock, interval '0');
	SELECT * INTO found FROM ledger.wrong AS each WHERE each.stock = from_stock ORDER BY each.sku LIMIT 1;
	IF found.sku IS NOT NULL THEN
		PERFORM ledger.refuse(format('Nothing was sent: the balance of SKU "%s" is %s, but %s is booked. Someone has changed it '
			'by hand. To set all such balances right: UPDATE ledger.balance SET count = wrong.booked FROM ledger.wrong '
			'WHERE balance.stock = wrong.stock AND balance.sku = wrong.sku', left(found.sku, 40), found.count, found.booked));
	END IF;
	RETURN QUERY
	SELECT item.*
	FROM ledger.balance
	CROSS JOIN LATERAL ledger.row_to_send(balance) AS item
	WHERE balance.stock = from_stock
	ORDER BY balance.sku;
END
$body$;

-- Notes what became of what was sent: [{"target": "21000001", "sku": "A-1", "change": "7", "taken": true}].
CREATE OR REPLACE FUNCTION ledger.note_sent(outcomes jsonb) RETURNS void LANGUAGE sql AS $body$
	INSERT INTO ledger.sent AS known (target, sku, change, refused_change, refused_at)
	SELECT target, sku,
		CASE WHEN taken THEN change ELSE 0 END,
		CASE WHEN taken THEN 0 ELSE change END,
		CASE WHEN taken THEN '-infinity' ELSE now() END
	FROM jsonb_to_recordset(outcomes) AS outcome (target text, sku text, change bigint, taken boolean)
	ORDER BY target, sku COLLATE "C"
	ON CONFLICT (target, sku) DO UPDATE SET
		change = greatest(known.change, excluded.change),
		refused_change = greatest(known.refused_change, excluded.refused_change),
		refused_at = greatest(known.refused_at, excluded.refused_at)
$body$;

COMMIT;
