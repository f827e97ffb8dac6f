package dev.framewise.vision.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from the records of the topic {@code models} so far: which version is in force, which one is tried and by how
 * many cameras, and which were refused. Immutable; the same records give the same standing, in every subtask.
 *
 * @param records how many records it follows from: of two standings, the one of more records is the newer
 * @param inForce the accepted release; empty for the model that the job started with
 * @param candidate the release that is tried, with its share in its record
 * @param refused reason by version, oldest first, the last 64
 */
public record Standing(
        long records, Optional<Release> inForce, Optional<Release> candidate, Map<String, String> refused) {
    /** Before any record. */
    public static final Standing START = new Standing(0, Optional.empty(), Optional.empty(), Map.of());

    private static final int REMEMBERED = 64;
    private static final int MOST_REASON = 1_000;

    public Standing {
        Map<String, String> copy = new LinkedHashMap<>(refused);
        while (copy.size() > REMEMBERED) {
            copy.remove(copy.keySet().iterator().next());
        }
        refused = Collections.unmodifiableMap(copy);
    }

    /**
     * The standing after one more record of this model. The first one also tells what is in force: compaction has thrown the
     * records away that said so.
     */
    public Standing after(Release release) {
        Standing counted =
                new Standing(records + 1, records == 0 ? release.predecessor() : inForce, candidate, refused);
        return switch (release.state()) {
            case OFFERED -> counted.offered(release);
            case PROMOTED -> counted.isRefused(release) ? counted : counted.trying(Optional.of(release));
            case ACCEPTED ->
                counted.isRefused(release)
                        ? counted
                        : new Standing(counted.records, Optional.of(release), Optional.empty(), refused);
            case REFUSED ->
                counted.without(release, "refused: " + release.record().getReason());
            case RETIRED ->
                counted.without(release, "retired: " + release.record().getReason());
        };
    }

    /** An offer of what is tried already only changes its plan: the share stays what was decided. */
    private Standing offered(Release release) {
        if (isRefused(release) || inForce.filter(release::isSameVersion).isPresent()) {
            return this;
        }
        return trying(candidate
                .filter(release::isSameVersion)
                .map(tried -> release.decided(
                        tried.state(),
                        tried.share(),
                        /* reason= */ null,
                        tried.record().getDecidedBy(),
                        tried.inForce()))
                .or(() -> Optional.of(release)));
    }

    private Standing trying(Optional<Release> tried) {
        return new Standing(records, inForce, tried, refused);
    }

    private Standing without(Release release, String reason) {
        Map<String, String> more = new LinkedHashMap<>(refused);
        more.put(release.version().version(), reason.substring(0, Math.min(reason.length(), MOST_REASON)));
        Optional<Release> stays = inForce.filter(old -> !release.isSameVersion(old));
        if (inForce.isPresent() && stays.isEmpty()) {
            stays = release.predecessor();
        }
        return new Standing(records, stays, candidate.filter(old -> !release.isSameVersion(old)), more);
    }

    /** Whether the version was refused or retired: then only another version can follow. */
    public boolean isRefused(Release release) {
        return refused.containsKey(release.version().version());
    }

    /** Share of the cameras that see the candidate live, 0 to 1. */
    public double share() {
        return candidate.map(Release::share).orElse(0.0);
    }

    /** The newer of two standings, which after a rescaling may come from different subtasks. */
    public Standing newer(Standing other) {
        return other.records > records ? other : this;
    }
}
