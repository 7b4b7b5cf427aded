import { breakable, button, cell, element, post, remark } from './page.js';

/** Maximum orders on the page, the newest ones. */
const MAX_ORDERS = 50;

/** What a button says, by the name of its action in the control endpoint. */
const ACTION_NAMES = {
	pay: 'Pay',
	pack: 'Pack',
	ship: 'Ship',
	carry: 'Deliver',
	arrive: 'To pick-up point',
	receive: 'Hand over',
	reduce: 'Take one out',
	postpone: 'Postpone',
	requestCancellation: 'Ask to cancel',
	cancel: 'Cancel',
	return: 'Return',
};

/** The orders of the store by number, the oldest first. */
let orders = new Map();

const left = ({ ordered, removed }) => ordered - removed;

/** Buys one unit of an offer, in the way that is chosen above the orders. */
export async function buy(campaignId, sku) {
	const kind = element('order-kind').value;
	await post('orders', {
		campaignId,
		items: [{ sku, count: 1 }],
		fake: kind === 'fake',
		unpaid: kind === 'unpaid',
	});
}

/** Shows these orders and no others. */
export function setOrders(list) {
	orders = new Map(list.map((order) => [order.orderId, order]));
	show();
}

/** Shows what has changed. */
export function changeOrders(changes) {
	for (const order of changes) orders.set(order.orderId, order);
	show();
}

function show() {
	const newest = [...orders.values()].slice(-MAX_ORDERS).reverse();
	element('orders').replaceChildren(...newest.map(makeRow));
	element('no-orders').hidden = newest.length > 0;
	element('no-orders').textContent = 'No order yet: press Buy.';
}

function makeRow(order) {
	const row = document.createElement('tr');
	const number = cell('', String(order.orderId));
	number.append(remark(order.fake ? 'test order' : order.programType));
	const state = breakable(cell('state'), order.status);
	state.append(breakable(remark(''), order.substatus));
	if (order.cancelRequested) state.append(remark('the buyer asks to cancel'));
	for (const goods of order.returns)
		state.append(
			breakable(remark(`${goods.returnType} ${goods.returnId}: `), goods.shipmentStatus),
		);
	row.append(number, goodsOf(order), state, actionsOf(order));
	return row;
}

function goodsOf({ lines }) {
	const goods = cell('goods');
	for (const line of lines) {
		const text = document.createElement('div');
		text.textContent = `${line.sku} × ${left(line)}`;
		goods.append(text);
	}
	return goods;
}

function actionsOf({ orderId, actions, lines, returns }) {
	const buttons = cell('actions');
	for (const action of actions) {
		// The last unit stays: without it there is no order.
		const units = lines.reduce((sum, line) => sum + left(line), 0);
		if (action === 'reduce' && units === 1) continue;
		const items = [{ sku: lines.find((line) => left(line) > 0).sku, count: 1 }];
		buttons.append(
			button(ACTION_NAMES[action], () =>
				post(`orders/${orderId}/${action}`, action === 'reduce' ? { items } : {}),
			),
		);
	}
	for (const { returnId, shipmentStatus } of returns)
		if (shipmentStatus !== 'PICKED')
			buttons.append(button('Move back', () => post(`returns/${returnId}/move`)));
	return buttons;
}
