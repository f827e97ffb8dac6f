/**
 * How much a board may work at the temperature it has: readings come in, {@link dev.framewise.thermal.ThrottleDecision}s go
 * out. Plain Java, without Kafka or Flink.
 *
 * <p>The loop is a row of small parts. A {@link dev.framewise.thermal.TemperatureReading} is collected, {@link
 * dev.framewise.thermal.ReadingCheck} evaluates whether it can be believed, a {@link dev.framewise.thermal.ThermalLaw} says
 * what a believed temperature allows, and {@link dev.framewise.thermal.DirectivePolicy} decides. It is called by the thermal
 * job in the data centre and, where no directive arrives, by the gateway on the board; both pass the time in.
 *
 * <p>Heat is safe by default: no reading, a stale one or a nonsense one counts as hot. Everything here is immutable and may
 * be used from any thread, but for the simulated board in {@code sim}.
 */
package dev.framewise.thermal;
