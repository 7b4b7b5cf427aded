// The balance of each kit, behind the rows of the file: as many as its parts suffice for. The step Kits says what a kit
// consists of, in items with kit, part and quantity, or in one item with a list of them. A kit whose balance is not
// certain has none, but says why (notRead).

/** Whether the rows of the file are sent too; false if the parts are not on sale by themselves. */
const SEND_PARTS = true;
/** Whether a part that the file does not name counts as sold out. If not, its kits are not sent, and you are told. */
const MISSING_PART_IS_ZERO = false;

/** The most that Update Stocks takes for a number of units: what is more is a barcode. */
const MOST_UNITS = 2_000_000_000;
/** A number, with its thousands parted by spaces or not at all. */
const NUMBER = /^([-\u2212]?)(\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+)(?:([.,])(\d+))?$/;
const MARKS = { dot: '.', comma: ',' };
/** Balances and quantities are divided as whole millionths: 0.3 by 0.1 is 3, which floating point does not find. */
const MILLION = 1e6;

/** Stops the flow. n8n would add a line number of this code to an Error. */
function stop(message) {
	throw { message };
}

const textOf = (cell) => String(cell ?? '').trim();
const quote = (text) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);

/** The number in a cell; undefined if there is none for certain: the separator of 1.000 may part thousands. */
function numberOf(cell, separator) {
	if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
	const [, sign, whole, mark, decimals] = NUMBER.exec(textOf(cell)) ?? [];
	if (whole === undefined) return undefined;
	const own = MARKS[separator];
	if (mark !== undefined && own !== undefined && mark !== own) return undefined;
	const mayBeThousands = decimals?.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
	if (own === undefined && mayBeThousands) return undefined;
	const size = Number(`${whole.replace(/\D/g, '')}.${decimals ?? 0}`);
	return sign === '' ? size : -size;
}

/** The columns of Update Stocks, and how it reads them. */
function settingsOf({ inputMode, skuField = 'sku', stockField = 'stock', subtractField, options }) {
	if (inputMode === 'expressions')
		stop('Set Read Items of Update Stocks to By Field Names: kits are computed by named columns.');
	if (options?.updatedAtField !== undefined)
		stop('Remove Updated At Field from Update Stocks: a kit has no moment of its own.');
	return {
		sku: skuField.trim(),
		stock: stockField.trim(),
		subtract: textOf(subtractField),
		separator: options?.decimalSeparator,
		isSum: options?.duplicateSkus === 'sum',
	};
}

/** The parts of each kit, by the kit's SKU, with whatever else its first row has. */
function kitsOf(items) {
	const rows = items.flatMap(({ json }) => (Array.isArray(json.kits) ? json.kits : [json]));
	const kits = new Map();
	rows.forEach(({ kit, part, quantity, ...others }, index) => {
		if ([kit, part, quantity].every((cell) => textOf(cell) === '')) return;
		const sku = textOf(kit);
		if (sku === '') stop(`Row ${index + 1} of Kits names no kit.`);
		if (!kits.has(sku)) kits.set(sku, { parts: [], others });
		kits.get(sku).parts.push({ part: textOf(part), quantity });
	});
	if (kits.size === 0) stop('Kits names no kit. It needs rows with kit, part and quantity.');
	return kits;
}

/** The units of each part, or why they are not known, by its SKU. */
function partsOf(rows, { sku, stock, subtract, separator, isSum }) {
	const parts = new Map();
	for (const { json } of rows) {
		const name = textOf(json[sku]);
		if (name === '') continue;
		const had = numberOf(json[stock], separator);
		const less = subtract === '' ? 0 : numberOf(json[subtract], separator);
		const isTaken = Math.abs(had) <= MOST_UNITS && less >= 0 && less <= MOST_UNITS;
		const units = isTaken ? had - less : NaN;
		const known = parts.get(name);
		if (!Number.isFinite(units)) parts.set(name, { why: 'has no balance that is certain' });
		else if (known === undefined) parts.set(name, { units });
		else if (known.why === undefined && isSum) known.units += units;
		else if (known.why === undefined && known.units !== units)
			parts.set(name, { why: 'comes more than once with different balances' });
	}
	return parts;
}

/** What is known of a part that the file does not name: it may stand in a row that could not be read. */
function missingPart(rows) {
	if (rows.some(({ json }) => json.notRead !== undefined))
		return { why: 'is not among the rows of the file that could be read' };
	return MISSING_PART_IS_ZERO ? { units: 0 } : { why: 'is not among the rows of the file' };
}

/** How many kits the parts suffice for, or why that is not known. */
function balanceOf(needed, parts, missing, kits) {
	const quantities = new Map();
	for (const { part, quantity } of needed) {
		if (part === '') return { why: 'one of its rows in Kits names no part' };
		if (kits.has(part)) return { why: `its part ${quote(part)} is a kit: name the parts of that` };
		const number = numberOf(quantity);
		const millionths = Math.round(number * MILLION);
		if (!(millionths > 0))
			return { why: `the quantity of its part ${quote(part)} in Kits is no number above 0` };
		quantities.set(part, (quantities.get(part) ?? 0) + millionths);
	}
	let sets = Infinity;
	for (const [part, millionths] of quantities) {
		const { units, why } = parts.get(part) ?? missing;
		if (why !== undefined) return { why: `its part ${quote(part)} ${why}` };
		sets = Math.min(sets, Math.floor(Math.round(units * MILLION) / millionths));
	}
	return { sets: Math.max(0, sets) };
}

function balancesOfKits() {
	const rows = $input.all();
	const settings = settingsOf($('Update Stocks').params);
	const kits = kitsOf($('Kits').all());
	const parts = partsOf(rows, settings);
	const missing = missingPart(rows);
	const isKit = ({ json }) => kits.has(textOf(json[settings.sku]));
	const ofKits = Array.from(kits, ([sku, { parts: needed, others }]) => {
		const { sets, why } = balanceOf(needed, parts, missing, kits);
		const json = { ...others, [settings.sku]: sku };
		if (why !== undefined) return { json: { ...json, notRead: why } };
		if (settings.subtract !== '') json[settings.subtract] = 0;
		return { json: { ...json, [settings.stock]: sets } };
	});

	const leftOut = rows.flatMap(({ json }) => json.leftOut ?? []);
	const own = rows.filter(isKit).map(({ json }) => textOf(json[settings.sku]));
	if (own.length > 0)
		leftOut.push(
			`The file's own rows of kits, whose balance is computed: ${own.slice(0, 5).map(quote).join(', ')}${own.length > 5 ? ` and ${own.length - 5} more` : ''}.`,
		);
	const sent = [...(SEND_PARTS ? rows.filter((row) => !isKit(row)) : []), ...ofKits].map(
		({ json: { leftOut: _, ...json }, ...item }) => ({ ...item, json }),
	);
	if (leftOut.length > 0) sent[0].json.leftOut = leftOut.join(' ');
	return sent;
}

return balancesOfKits();
