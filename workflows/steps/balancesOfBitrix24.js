// What can be sold of each good of Bitrix24, one item each, out of the pages that the steps before have read.

/** The types of goods that have a balance of their own: simple goods, sets, variations, variations of no good. */
const WITH_BALANCE = [1, 2, 4, 5];
/** How many goods that are left out are named. */
const MOST_NAMES = 3;

const { skuFields, stores } = $('Catalogues to Read').first().json;

/** The rows of one list, out of its pages. Each page says how many rows there are from its first one on (total). */
function rowsOf(pages, what) {
	const rows = new Map();
	let left = NaN;
	for (const { result, total } of pages) {
		const [page = []] = Object.values(result ?? {});
		for (const row of page) rows.set(row.id, row);
		left = total - page.length;
	}
	const [{ total: size }] = pages;
	if (!(rows.size >= size && left <= 0)) {
		throw new Error(
			`Bitrix24 gave ${rows.size} of ${size} ${what}: nothing was sent. Its list broke off or changed while it was read: run again.`,
		);
	}
	return [...rows.values()];
}

/** The goods of all catalogues. Goods has an item for each page, one catalogue after the other. */
function goodsOfAll() {
	const lists = new Map();
	for (const { json, pairedItem } of $('Goods').all()) {
		const list = lists.get(pairedItem.item) ?? [];
		lists.set(pairedItem.item, list);
		list.push(json);
	}
	return [...lists.values()].flatMap((pages) => rowsOf(pages, 'goods'));
}

/** What is free in the chosen stores, by good: amount counts what is reserved, too. */
function freeInStores() {
	const rows = rowsOf(
		$input.all().map(({ json }) => json),
		'balances by store',
	);
	const missing = stores.find((store) => !rows.some(({ storeId }) => String(storeId) === store));
	if (missing !== undefined) {
		throw new Error(
			`Bitrix24 gave no balances of store ${missing}: nothing was sent. Look at stores in Your Bitrix24, and whether the webhook's owner may see that store.`,
		);
	}
	const free = new Map();
	for (const { productId, amount, quantityReserved } of rows) {
		const here = Number(amount) - Number(quantityReserved);
		free.set(productId, (free.get(productId) ?? 0) + here);
	}
	return free;
}

/** The one value of a field, or ''. A property is an object with it, or a list of such objects. */
function valueOf(field) {
	const [one, ...others] = [field].flat();
	const value = others.length > 0 ? undefined : (one?.value ?? one);
	return ['string', 'number'].includes(typeof value) ? String(value).trim() : '';
}

function skuOf(good) {
	return skuFields.map((field) => valueOf(good[field])).find((sku) => sku !== '');
}

/** "2 goods without xmlId (Vase, Cup)." */
function sayWhich(goods, why) {
	if (goods.length === 0) return [];
	const names = goods.slice(0, MOST_NAMES).map(({ id, name }) => name || id);
	return [
		`${goods.length} goods ${why} (${names.join(', ')}${goods.length > MOST_NAMES ? ', ...' : ''}).`,
	];
}

function balances() {
	const all = goodsOfAll();
	const goods = all.filter(({ type }) => WITH_BALANCE.includes(Number(type)));
	if (goods.length === 0)
		throw new Error('Bitrix24 gave no goods: nothing was sent. Look at Goods.');
	const named = goods.filter(skuOf);
	if (named.length === 0) {
		throw new Error(
			`No good has ${skuFields.join(' or ')}: nothing was sent. Write another field into skuFields in Your Bitrix24.`,
		);
	}
	const counted = named.filter(({ quantityTrace }) => quantityTrace !== 'N');
	if (counted.length === 0) {
		throw new Error(
			'Bitrix24 keeps the quantity of none of these goods: nothing was sent. Switch that on in Bitrix24.',
		);
	}
	const free = stores.length > 0 ? freeInStores() : undefined;
	// Nobody can order a good that is not active, nor a variation of one.
	const inactive = new Set(all.filter(({ active }) => active === 'N').map(({ id }) => String(id)));
	const isInactive = ({ id, parentId }) =>
		[String(id), valueOf(parentId)].some((one) => inactive.has(one));
	// The quantity of a good is already without what is reserved. A store has no more to sell than all of them together.
	const availableOf = (good) => {
		if (isInactive(good)) return 0;
		if (!free) return good.quantity;
		return Math.min(Number(good.quantity ?? NaN), free.get(good.id) ?? 0);
	};
	// A second old, should this computer's clock be a little ahead of the Market's.
	const moment = new Date(Date.parse($('Every Hour').first().json.timestamp) - 1000).toISOString();

	const rows = counted.map((good) => ({
		json: { sku: skuOf(good), available: availableOf(good), name: good.name, id: good.id, moment },
	}));
	const leftOut = [
		...sayWhich(
			goods.filter((good) => !skuOf(good)),
			`without ${skuFields.join(' or ')}`,
		),
		...sayWhich(
			named.filter((good) => !counted.includes(good)),
			'whose quantity Bitrix24 does not keep',
		),
	];
	if (leftOut.length > 0) rows[0].json.leftOut = leftOut.join(' ');
	return rows;
}

return balances();
