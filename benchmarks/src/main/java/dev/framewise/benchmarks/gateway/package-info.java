/**
 * {@code framewise bench gateway}: what a gateway costs while all is well, what it writes while Kafka is away, what the backlog does
 * to live frames, and whether a thousand reconnects leave anything behind. The gateway is a process of its own, measured from
 * outside; cameras and broker are in this one.
 */
package dev.framewise.benchmarks.gateway;
