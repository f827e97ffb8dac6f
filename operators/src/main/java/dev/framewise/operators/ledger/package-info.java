/**
 * The accounts: every captured sequence number ends in exactly one fate, and per camera they add up.
 *
 * <p>{@link dev.framewise.operators.ledger.LedgerFunction} counts the {@link dev.framewise.operators.tracking.FateEvent}s of
 * each camera over windows of event time. Keyed, on the mailbox thread.
 */
package dev.framewise.operators.ledger;
