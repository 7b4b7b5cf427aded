import { isMarketAddress } from '../../../market/orders/senderAddress';

it.each([
	['5.45.207.0', true],
	['5.45.207.127', true],
	['5.45.207.128', false],
	['5.45.206.255', false],
	['141.8.142.99', true],
	['5.255.253.1', true],
	['::ffff:5.255.253.1', true],
	['::FFFF:5.255.253.1', true],
	['::1', false],
	['127.0.0.1', false],
	['5.45.207', false],
	['5.45.207.1.1', false],
	['5.45.207.1 ', false],
	['5.45.207.256', false],
	['5.45.463.1', false],
	['5.44.463.1', false],
	['', false],
])('%s is an address of the Market: %p', (address, isMarket) => {
	expect(isMarketAddress(address)).toBe(isMarket);
});
