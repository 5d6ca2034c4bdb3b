import { LINUX_CASES } from './linux-cases.ts';
import { testExamples } from './worked-example.ts';

testExamples('published examples of Red Hat licensing', LINUX_CASES);
