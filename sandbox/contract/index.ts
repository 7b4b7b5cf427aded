/**
 * The Market's contract as its documentation and OpenAPI description state it
 * (https://yandex.ru/dev/market/partner-api/doc/ru/).
 *
 * Written down a second time on purpose: the sandbox is the other side of the contract, and if it shared the nodes' own
 * table it would share their mistakes.
 */

export * from './access';
export * from './bounds';
export * from './models';
export * from './notifications';
export * from './operations';
export * from './orders';
export * from './returns';
export * from './values';
