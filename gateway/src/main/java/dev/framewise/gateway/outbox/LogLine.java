package dev.framewise.gateway.outbox;

/**
 * A line of the device's own log.
 *
 * @param micros when, by the wall clock, microseconds since 1970
 * @param kind an event's name, or 'telemetry'
 * @param camera whose; null where it is the whole device's
 * @param text for people; null for telemetry
 * @param record the encoded record of telemetry; null otherwise
 */
record LogLine(long micros, String kind, String camera, String text, byte[] record) {}
