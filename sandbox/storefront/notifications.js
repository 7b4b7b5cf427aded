import {
	breakable,
	button,
	cell,
	control,
	element,
	post,
	remark,
	say,
	showConnection,
	storeName,
	time,
} from './page.js';

/** Maximum deliveries on the page, the latest ones. */
const MAX_DELIVERIES = 100;

let stores = [];
let notificationTypes = [];
let latestDeliveryId = 0;

function placeOf({ businessId, campaignId }) {
	return campaignId === undefined ? `business ${businessId}` : `store ${campaignId}`;
}

function makeSubscriptionRow(subscription) {
	const { id, url, types, active, queued } = subscription;
	const row = document.createElement('tr');
	const address = cell('address', url);
	address.append(
		remark(types.length === notificationTypes.length ? 'all types' : types.join(', ')),
	);
	const actions = cell('actions');
	const act = (work) => async () => {
		await work();
		await showSubscriptions();
	};
	actions.append(
		button(
			'Reconnect',
			act(() => post(`subscriptions/${id}/reconnect`)),
		),
		button(
			'Remove',
			act(() => control(`subscriptions/${id}`, { method: 'DELETE' })),
		),
	);
	row.append(
		cell('', placeOf(subscription)),
		address,
		cell('number', String(queued)),
		cell(active ? 'status-2' : 'status-4', active ? 'on' : 'switched off'),
		actions,
	);
	return row;
}

async function showSubscriptions() {
	const list = await control('subscriptions');
	element('subscriptions').replaceChildren(...list.map(makeSubscriptionRow));
}

function outcomeOf({ outcome, status, failure, error, url }) {
	const shown = cell(
		`address ${outcome === 'DELIVERED' ? 'status-2' : 'status-4'}`,
		status === 0 ? outcome : `${outcome} ${status}`,
	);
	if (failure !== undefined) shown.append(remark(`${failure.type}, ${failure.subtype}`));
	if (error !== undefined) shown.append(remark(error));
	shown.append(remark(url));
	return shown;
}

function showDeliveries(deliveries) {
	const list = element('deliveries');
	for (const delivery of deliveries) {
		if (delivery.id <= latestDeliveryId) continue;
		latestDeliveryId = delivery.id;
		const row = document.createElement('tr');
		row.title = JSON.stringify(delivery.body);
		row.append(
			cell('', time(delivery.at)),
			breakable(cell('state'), delivery.type),
			cell('', delivery.orderId === undefined ? '' : String(delivery.orderId)),
			cell('number', String(delivery.attempt)),
			outcomeOf(delivery),
		);
		list.prepend(row);
	}
	while (list.children.length > MAX_DELIVERIES) list.lastChild.remove();
	element('no-deliveries').hidden = list.children.length > 0;
}

/** Loads everything. */
async function load() {
	const [deliveries] = await Promise.all([control('deliveries'), showSubscriptions()]);
	element('deliveries').replaceChildren();
	latestDeliveryId = 0;
	showDeliveries(deliveries);
}

function follow() {
	const stream = new EventSource(`_sandbox/events?campaignId=${stores[0].campaignId}`);
	stream.addEventListener('ready', () => {
		showConnection(true);
		void say(load);
	});
	stream.addEventListener('reset', () => void say(load));
	stream.addEventListener('deliveries', ({ data }) => {
		showDeliveries(JSON.parse(data));
		void say(showSubscriptions);
	});
	stream.onerror = () => showConnection(false);
}

async function connect() {
	const [kind, id] = element('place').value.split(' ');
	const types = notificationTypes.filter((type) => element(type).checked);
	await post('subscriptions', { [kind]: Number(id), url: element('url').value, types });
	await showSubscriptions();
}

function makeChoice(type) {
	const label = document.createElement('label');
	const box = document.createElement('input');
	box.type = 'checkbox';
	box.id = type;
	box.checked = true;
	label.append(box, ` ${type}`);
	return label;
}

async function start() {
	({ stores, notificationTypes } = await control('state'));
	const place = element('place');
	const businesses = new Map(stores.map((store) => [store.businessId, store.businessName]));
	for (const [businessId, name] of businesses)
		place.add(new Option(`${businessId} · ${name}`, `businessId ${businessId}`));
	for (const store of stores)
		place.add(new Option(storeName(store), `campaignId ${store.campaignId}`));
	element('types').append(...notificationTypes.map(makeChoice));
	element('subscription').addEventListener('submit', (event) => {
		event.preventDefault();
		void say(connect);
	});
	follow();
}

void say(start);
