/** A gateway as a board runs it, a broker that goes away and comes back, and the job's own order behind them. */
package dev.framewise.e2e.outage;
