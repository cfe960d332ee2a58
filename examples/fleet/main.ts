import { fleet } from './app';

fleet().synth();
