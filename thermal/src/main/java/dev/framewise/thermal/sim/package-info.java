/**
 * A board that gets hot by the book: the reference board on which the throttle law is measured, for tests, for the demo and
 * for gateways without sensors. Not thread-safe.
 */
package dev.framewise.thermal.sim;
