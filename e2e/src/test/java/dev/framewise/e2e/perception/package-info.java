/** The perception job on a real broker and a real Flink cluster: same input, same tracks, whatever happens in between. */
package dev.framewise.e2e.perception;
