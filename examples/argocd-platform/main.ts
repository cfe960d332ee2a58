import { platform } from './app';

platform().app.synth();
