/**
 * What the gateway keeps while Kafka is away, and the accounts that prove that nothing is missing. {@link
 * dev.framewise.gateway.outbox.StoreAndForward} is the way in: live records go straight to Kafka; what cannot goes to a queue, and
 * from there once a second, in one transaction, to SQLite ({@code Backlog}, {@code Contents}, {@code OutboxStore}); {@code Drain} sends it beside
 * the live records when Kafka is back. {@link dev.framewise.gateway.outbox.EpochJournal} survives a kill and knows which numbers died
 * in memory; {@code Accounts} tells of them. {@link dev.framewise.gateway.outbox.EventLog} keeps what happened on the device itself.
 *
 * <p>Threads: any hands records over, Kafka's report back, one writes and drains.
 */
package dev.framewise.gateway.outbox;
