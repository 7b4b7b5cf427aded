/** The Market's addresses, as IPv4 networks of 25 bits [docs, API notifications]. */
const NETWORKS = ['5.45.207.0', '141.8.142.0', '5.255.253.0'].map(read);
const NETWORK_SIZE = 128;

/** How an IPv4 address is written where only IPv6 is spoken. */
const MAPPED = /^::ffff:/i;

/** Whether notifications of the Market come from an address. */
export function isMarketAddress(address: string): boolean {
	const number = read(address.replace(MAPPED, ''));
	return NETWORKS.some((first) => number >= first && number < first + NETWORK_SIZE);
}

/** An IPv4 address as a number; NaN if it is none. */
function read(address: string): number {
	const parts = address.split('.');
	if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
		return NaN;
	return parts.reduce((number, part) => number * 256 + Number(part), 0);
}
