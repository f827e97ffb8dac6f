/**
 * Tests of the whole: which module may import which, and the real parts together. Nothing here is called by the program.
 */
package dev.framewise.e2e;
