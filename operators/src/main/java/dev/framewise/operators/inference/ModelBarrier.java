package dev.framewise.operators.inference;

import dev.framewise.vision.model.Evidence;
import dev.framewise.vision.model.Release;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of one subtask as far as releases go: two that take turns must change their version at the same barrier, or a
 * camera would be seen by two in turns. Mailbox thread.
 */
public final class ModelBarrier {
    private final List<BatchSession> sessions;

    /** @param sessions one or more of the same model; stay the caller's to close */
    public ModelBarrier(List<BatchSession> sessions) {
        this.sessions = List.copyOf(sessions);
    }

    public void follow(Release release) {
        sessions.forEach(session -> session.follow(release));
    }

    /** What all sessions have learned; loaded is what all have loaded, and they try it at the same time. */
    public Optional<Evidence> report() {
        List<Evidence> reports = sessions.stream()
                .map(BatchSession::report)
                .flatMap(Optional::stream)
                .toList();
        if (reports.isEmpty()) {
            return Optional.empty();
        }
        Evidence sum = reports.get(0);
        for (Evidence report : reports.subList(1, reports.size())) {
            long trialNanos = Math.max(sum.trialNanos, report.trialNanos);
            sum.add(report);
            sum.trialNanos = trialNanos;
            sum.loaded &= report.loaded;
            if (sum.problem == null) {
                sum.problem = report.problem;
                sum.reason = report.reason;
            }
        }
        return Optional.of(sum);
    }

    /** A barrier has passed: what is pending comes into force in all sessions, or in none. */
    public void pass() {
        if (sessions.stream().allMatch(BatchSession::isReady)) {
            sessions.forEach(BatchSession::barrier);
        }
    }

    /** The state of all: they have the same. */
    public byte[] snapshot() {
        return sessions.get(0).snapshot();
    }

    public String liveModel() {
        return sessions.get(0).liveModel();
    }
}
