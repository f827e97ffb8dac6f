package dev.framewise.gateway.directive;

/**
 * What became of the directives heard so far.
 *
 * @param applied put in force
 * @param withdrawn tombstones of this device
 * @param forOthers of other devices; not an error, all devices share the topic
 * @param expired past their validity when they arrived
 * @param outdated issued before one that was heard earlier
 * @param malformed unreadable, or with numbers out of their range
 */
public record DirectiveStats(
        long applied, long withdrawn, long forOthers, long expired, long outdated, long malformed) {}
