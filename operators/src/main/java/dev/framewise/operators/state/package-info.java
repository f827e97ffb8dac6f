/** Keyed state that is more than a POJO: bytes that carry their own version. Used by the mailbox thread and by checkpoints. */
package dev.framewise.operators.state;
