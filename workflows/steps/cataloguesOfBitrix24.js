// The lists of goods that Bitrix24 keeps, one item each: of every catalogue, and of every catalogue of variations. What
// the step Your Bitrix24 says is checked here, before any of them is read.

/** The fields of a good that can be its SKU. */
const SKU_FIELD = /^(xmlId|code|id|property\d+)$/;
/** What is read of each good, beside its SKU. */
const FIELDS = ['id', 'iblockId', 'name', 'active', 'type', 'quantity', 'quantityTrace'];

/** The parts of a text between commas. */
function partsOf(text) {
	return String(text ?? '')
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
}

function listsToRead() {
	const yours = $('Your Bitrix24').first().json;
	const skuFields = partsOf(yours.skuFields);
	if (skuFields.length === 0 || !skuFields.every((field) => SKU_FIELD.test(field))) {
		throw new Error(
			`skuFields in Your Bitrix24 is ${JSON.stringify(yours.skuFields)}: write xmlId, code, id or a property (property258) into it, or several with commas between them.`,
		);
	}
	const stores = partsOf(yours.stores);
	if (!stores.every((store) => /^\d+$/.test(store))) {
		throw new Error(
			`stores in Your Bitrix24 is ${JSON.stringify(yours.stores)}: write the IDs of stores into it, with commas between them, or nothing for all stores.`,
		);
	}

	const { result, total } = $input.first().json;
	const catalogs = result?.catalogs ?? [];
	if (catalogs.length === 0 || catalogs.length !== total) {
		throw new Error(
			`Bitrix24 gave ${catalogs.length} of ${total} catalogues: nothing was sent. Look at Catalogues.`,
		);
	}
	return catalogs.map(({ iblockId, productIblockId }) => {
		const list = productIblockId
			? { method: 'catalog.product.offer.list', select: [...FIELDS, 'parentId', ...skuFields] }
			: { method: 'catalog.product.list', select: [...FIELDS, ...skuFields] };
		return { json: { iblockId, ...list, skuFields, stores } };
	});
}

return listsToRead();
