package dev.framewise.operators.perception;

import java.io.Serializable;
import java.util.function.LongSupplier;

/** Nanoseconds from any beginning, never going back; travels with the job. */
interface NanoTicker extends LongSupplier, Serializable {}
