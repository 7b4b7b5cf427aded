/* Everything that comes from the Market goes into the page as textContent: a SKU may be anything. */

export const element = (id) => document.getElementById(id);

export function cell(className, text = '') {
	const td = document.createElement('td');
	td.className = className;
	td.textContent = text;
	return td;
}

/** The small print under a cell's value. */
export function remark(text) {
	const span = document.createElement('span');
	span.className = 'remark';
	span.textContent = text;
	return span;
}

/** Writes a word such as READY_TO_SHIP into an element; a narrow column may break it after its underscores. */
export function breakable(parent, word) {
	const [first, ...others] = word.split('_');
	parent.append(first);
	for (const part of others) parent.append('_', document.createElement('wbr'), part);
	return parent;
}

/** A button that does something, and is disabled meanwhile. Whatever goes wrong is said at the top of the page. */
export function button(name, act) {
	const made = document.createElement('button');
	made.type = 'button';
	made.textContent = name;
	made.addEventListener('click', async () => {
		made.disabled = true;
		await say(act);
		made.disabled = false;
	});
	return made;
}

/** Does something; the page says what went wrong, or nothing. */
export async function say(act) {
	const said = element('said');
	try {
		await act();
		said.textContent = '';
	} catch (error) {
		said.textContent = error.message;
	}
	said.hidden = said.textContent === '';
}

/** The reply of the control endpoint. @throws Error that says what it refuses */
export async function control(path, { method = 'GET', body } = {}) {
	const reply = await fetch(`_sandbox/${path}`, {
		method,
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const data = await reply.json();
	if (!reply.ok) throw new Error(data.error ?? `${path}: ${reply.status}`);
	return data;
}

export const post = async (path, body = {}) => await control(path, { method: 'POST', body });

export function time(at) {
	return new Date(at).toLocaleTimeString('en-GB');
}

export function storeName({ campaignId, placementType, express, businessName, warehouseName }) {
	const model = express ? 'EXPRESS' : placementType;
	return `${campaignId} · ${model} · ${businessName} · ${warehouseName}`;
}

export function showConnection(isLive) {
	const connection = element('connection');
	connection.classList.toggle('live', isLive);
	connection.textContent = isLive ? 'live' : 'connecting';
}
