/**
 * {@code framewise bench gateway}: what a gateway costs while all is well, what it writes while Kafka is away, what the backlog does
 * to live frames, whether a thousand reconnects leave anything behind, and how fast the device's own loop is beside what is published
 * of boards. The gateway is a process of its own, measured from outside; cameras and broker are in this one.
 */
package dev.framewise.benchmarks.gateway;
