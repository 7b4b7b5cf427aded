import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { testParameters } from '../support/testParameters';

testParameters([['read', new YandexMarket()]]);
