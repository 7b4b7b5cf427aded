import { buy, changeOrders, setOrders } from './orders.js';
import {
	button,
	cell,
	control,
	element,
	remark,
	say,
	showConnection,
	storeName,
	time,
} from './page.js';

/** Maximum rows on the page at once; the search finds the others. */
const MAX_ROWS = 200;
const MAX_CALLS = 50;
const STATUS_NAMES = {
	'on-sale': 'On sale',
	'sold-out': 'Sold out',
	'hidden-offer': 'Hidden',
	'no-balance': 'No balance yet',
};

const storeSelect = element('store');
const searchInput = element('search');
const statusSelect = element('shown-status');

/** The store's offers by SKU, in the catalogue's order. */
let offers = new Map();
/** The rows on the page, by SKU. */
let rows = new Map();
/** Offers, calls and orders that arrived while the full lists were loading; null once those are here. */
let early = null;
let latestCallId = 0;
let stream;

function statusOf(offer) {
	if (offer.hidden) return 'hidden-offer';
	if (offer.available === null) return 'no-balance';
	return offer.available > 0 ? 'on-sale' : 'sold-out';
}

function makeRow(offer) {
	const row = document.createElement('tr');
	const sku = cell('sku', offer.sku);
	sku.title = offer.sku;
	row.append(
		sku,
		cell('', offer.name),
		cell('number', offer.price.toLocaleString('en')),
		cell('number stock'),
		cell('status'),
		cell('actions'),
	);
	row.lastChild.append(button('Buy', () => buy(Number(storeSelect.value), offer.sku)));
	fillRow(row, offer);
	return row;
}

/** Writes what can change into a row. */
function fillRow(row, offer) {
	const stock = row.children[3];
	const status = statusOf(offer);
	row.className = status;
	stock.textContent = offer.available === null ? '–' : offer.available.toLocaleString('en');
	if (offer.freeze > 0) stock.append(remark(`${offer.freeze.toLocaleString('en')} reserved`));
	row.children[4].textContent = STATUS_NAMES[status];
}

/** Rebuilds the list: after a search, or for another store. */
function showOffers() {
	const words = searchInput.value.trim().toLowerCase();
	const status = statusSelect.value;
	const found = [...offers.values()].filter(
		(offer) =>
			(status === '' || statusOf(offer) === status) &&
			(words === '' || `${offer.sku} ${offer.name}`.toLowerCase().includes(words)),
	);
	rows = new Map(found.slice(0, MAX_ROWS).map((offer) => [offer.sku, makeRow(offer)]));
	element('offers').replaceChildren(...rows.values());
	element('more').hidden = found.length > 0 && found.length <= MAX_ROWS;
	element('more').textContent =
		found.length === 0
			? 'No offer like that.'
			: `and ${found.length - MAX_ROWS} more: search to see them.`;
}

function showTotals() {
	const totals = Object.fromEntries(Object.keys(STATUS_NAMES).map((status) => [status, 0]));
	for (const offer of offers.values()) totals[statusOf(offer)] += 1;
	for (const [status, total] of Object.entries(totals)) {
		element(`total-${status}`).textContent = total.toLocaleString('en');
	}
}

/** Applies changes: only rows that are on the page and did change are touched. */
function changeOffers(changes) {
	for (const change of changes) {
		const offer = { ...offers.get(change.sku), ...change };
		offers.set(change.sku, offer);
		const row = rows.get(change.sku);
		if (row === undefined) continue;
		fillRow(row, offer);
		row.classList.remove('changed');
	}
	// Reading the layout once for all rows restarts their animation.
	void document.body.offsetWidth;
	for (const { sku } of changes) rows.get(sku)?.classList.add('changed');
	// With a status chosen, a change can bring an offer into the list or out of it.
	if (statusSelect.value !== '') showOffers();
	showTotals();
}

/** A method's name that a narrow column breaks between its words. */
function breakable(operation) {
	return operation?.replace(/(?=[A-Z])/g, '\u200b');
}

/** The store or business that a call was about. */
function placeOf({ campaignId, businessId }) {
	if (campaignId !== undefined) return String(campaignId);
	return businessId === undefined ? '' : `business ${businessId}`;
}

function showCalls(calls) {
	const list = element('calls');
	for (const call of calls) {
		if (call.id <= latestCallId) continue;
		latestCallId = call.id;
		const row = document.createElement('tr');
		const outcome = cell(
			`number status-${Math.floor(call.status / 100)}`,
			call.status === 0 ? 'dropped' : String(call.status),
		);
		if (call.fault !== undefined) outcome.append(remark(call.fault));
		row.title = call.error ?? '';
		row.append(
			cell('', time(call.at)),
			cell('', breakable(call.operation) ?? `${call.verb} ${call.path}`),
			cell('', placeOf(call)),
			cell('number', call.items.toLocaleString('en')),
			outcome,
		);
		list.prepend(row);
	}
	while (list.children.length > MAX_CALLS) list.lastChild.remove();
	element('no-calls').hidden = list.children.length > 0;
}

/** Loads everything; changes in the meantime wait in `early`. */
async function load() {
	const campaignId = storeSelect.value;
	const meanwhile = { offers: [], calls: [], orders: [] };
	early = meanwhile;
	const [list, calls, orders] = await Promise.all([
		control(`offers?campaignId=${campaignId}`),
		control('calls'),
		control(`orders?campaignId=${campaignId}`),
	]);
	// Another store was chosen, or the Market was reset: either loads everything itself.
	if (campaignId !== storeSelect.value || early !== meanwhile) return;
	offers = new Map(list.map((offer) => [offer.sku, offer]));
	showOffers();
	showTotals();
	element('calls').replaceChildren();
	latestCallId = 0;
	showCalls([...calls.slice(-MAX_CALLS), ...meanwhile.calls]);
	early = null;
	changeOffers(meanwhile.offers);
	setOrders(orders);
	changeOrders(meanwhile.orders);
}

/** Follows the chosen store. The browser reconnects by itself, and `ready` then reloads everything. */
function follow() {
	stream?.close();
	location.hash = storeSelect.value;
	stream = new EventSource(`_sandbox/events?campaignId=${storeSelect.value}`);
	stream.addEventListener('ready', () => {
		showConnection(true);
		void load();
	});
	stream.addEventListener('reset', () => void load());
	stream.addEventListener('offers', ({ data }) => {
		const changes = JSON.parse(data);
		if (early === null) changeOffers(changes);
		else early.offers.push(...changes);
	});
	stream.addEventListener('calls', ({ data }) => {
		const calls = JSON.parse(data);
		if (early === null) showCalls(calls);
		else early.calls.push(...calls);
	});
	stream.addEventListener('orders', ({ data }) => {
		const orders = JSON.parse(data);
		if (early === null) changeOrders(orders);
		else early.orders.push(...orders);
	});
	stream.onerror = () => showConnection(false);
}

async function start() {
	const { stores } = await control('state');
	for (const store of stores) storeSelect.add(new Option(storeName(store), store.campaignId));
	if (stores.some(({ campaignId }) => `#${campaignId}` === location.hash))
		storeSelect.value = location.hash.slice(1);
	storeSelect.addEventListener('change', follow);
	searchInput.addEventListener('input', showOffers);
	statusSelect.addEventListener('change', showOffers);
	follow();
}

void say(start);
