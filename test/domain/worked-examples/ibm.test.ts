import { IBM_CASES } from './ibm-cases.ts';
import { testExamples } from './worked-example.ts';

testExamples('published examples of IBM licensing', IBM_CASES);
