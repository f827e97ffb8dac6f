package dev.framewise.vision.model;

import dev.framewise.schemas.ModelAddress;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.vision.asset.Fingerprint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A record of the topic {@code models} that has been found to make sense. Immutable as long as nobody changes its record.
 *
 * @param record as it was read
 * @param version what is released
 * @param plan how it is rolled out
 * @param inForce what it is to replace; empty for the model that jobs start with
 */
public record Release(ModelRelease record, ModelVersion version, RolloutPlan plan, Optional<ModelVersion> inForce) {
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_SIDE = 8_192;
    private static final int MOST_NAME = 255;
    private static final Set<String> PRECISIONS = Set.of("fp32", "fp16", "int8");

    /**
     * Checks a record.
     *
     * @throws RefusedReleaseException naming every problem, with its value and what is allowed
     */
    public static Release of(ModelRelease record) throws RefusedReleaseException {
        Checks checks = new Checks();
        ModelAddress address = new ModelAddress(
                record.getVersion(),
                record.getUri(),
                record.getSha256(),
                record.getSizeBytes(),
                record.getHead(),
                record.getInputWidth(),
                record.getInputHeight(),
                record.getPrecision());
        checkAddress(checks, "", record.getModel(), address);
        Optional<ModelAddress> inForce = Optional.ofNullable(record.getInForce());
        inForce.ifPresent(old -> checkAddress(checks, "inForce.", record.getModel(), old));
        checks.ratio("rollout", record.getRollout(), /* zero= */ false);
        checks.ratio("share", record.getShare(), /* zero= */ true);
        checks.ratio("shadowShare", record.getShadowShare(), /* zero= */ false);
        checks.ratio("agreementFloor", record.getAgreementFloor(), /* zero= */ true);
        checks.ratio("mostScoreDrift", record.getMostScoreDrift(), /* zero= */ true);
        checks.require(record.getMostTimeRatio() >= 0, "mostTimeRatio", record.getMostTimeRatio(), "0 or more");
        checks.require(record.getErrorBudget() >= 0, "errorBudget", record.getErrorBudget(), "0 or more");
        checks.require(
                record.getLeastShadowFrames() >= 1, "leastShadowFrames", record.getLeastShadowFrames(), "1 or more");
        checks.require(
                record.getMostTrialSeconds() >= 0, "mostTrialSeconds", record.getMostTrialSeconds(), "0 or more");
        checks.require(
                record.getQuietFrames() == 0 || record.getQuietFrames() >= record.getLeastShadowFrames(),
                "quietFrames",
                record.getQuietFrames(),
                "0, or from leastShadowFrames on");
        List<Double> stages = stages(record, checks);
        if (!checks.problems.isEmpty()) {
            throw new RefusedReleaseException(
                    RefusedReleaseException.Problem.BAD_RELEASE, String.join("; ", checks.problems));
        }
        RolloutPlan plan = new RolloutPlan(
                stages,
                record.getShadowShare(),
                record.getLeastShadowFrames(),
                record.getAgreementFloor(),
                record.getMostScoreDrift(),
                record.getMostTimeRatio(),
                record.getErrorBudget(),
                record.getMostTrialSeconds(),
                record.getQuietFrames());
        return new Release(
                record, version(record.getModel(), address), plan, inForce.map(old -> version(record.getModel(), old)));
    }

    private static List<Double> stages(ModelRelease record, Checks checks) {
        List<Double> stages = new ArrayList<>(record.getStages());
        double last = 0;
        for (double stage : stages) {
            checks.require(
                    stage > last && stage <= record.getRollout(), "stages", stages, "rising, above 0 to the rollout");
            last = stage;
        }
        if (last != record.getRollout()) {
            stages.add(record.getRollout());
        }
        return stages;
    }

    private static void checkAddress(Checks checks, String prefix, String model, ModelAddress address) {
        checks.name("model", model);
        checks.name(prefix + "version", address.getVersion());
        checks.require(isUri(address.getUri()), prefix + "uri", address.getUri(), "a file, http, https or s3 address");
        checks.require(
                address.getSha256().matches("[0-9a-f]{64}"),
                prefix + "sha256",
                address.getSha256(),
                "64 lower case hexadecimal digits");
        checks.require(
                address.getSizeBytes() >= 1 && address.getSizeBytes() <= MOST_BYTES,
                prefix + "sizeBytes",
                address.getSizeBytes(),
                "1 to " + MOST_BYTES);
        checks.side(prefix + "inputWidth", address.getInputWidth());
        checks.side(prefix + "inputHeight", address.getInputHeight());
        checks.require(
                PRECISIONS.contains(address.getPrecision()),
                prefix + "precision",
                address.getPrecision(),
                "fp32, fp16 or int8");
    }

    private static boolean isUri(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return uri.isAbsolute() && !uri.isOpaque() && (!web || uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ModelVersion version(String model, ModelAddress address) {
        return new ModelVersion(
                model,
                address.getVersion(),
                URI.create(address.getUri()),
                new Fingerprint(address.getSizeBytes(), address.getSha256()),
                address.getHead(),
                address.getInputWidth(),
                address.getInputHeight(),
                address.getPrecision());
    }

    /** Whether another record is about the same version. */
    boolean isSameVersion(Release other) {
        return version.version().equals(other.version.version());
    }

    /** What it replaced, as a release that is accepted; empty for the model that jobs start with. */
    Optional<Release> predecessor() {
        return inForce.map(old -> new Release(
                ModelRelease.newBuilder(record)
                        .setVersion(old.version())
                        .setUri(old.uri().toString())
                        .setSha256(old.file().sha256())
                        .setSizeBytes(old.file().sizeBytes())
                        .setHead(old.head())
                        .setInputWidth(old.inputWidth())
                        .setInputHeight(old.inputHeight())
                        .setPrecision(old.precision())
                        .setState(ReleaseState.ACCEPTED)
                        .setShare(1)
                        .setReason(null)
                        .setInForce(null)
                        .build(),
                old,
                plan,
                Optional.empty()));
    }

    public ReleaseState state() {
        return record.getState();
    }

    /** Share of the cameras that see it live now; 0 while it is only compared. */
    public double share() {
        return record.getShare();
    }

    /** The same release with a decision about it. */
    public Release decided(
            ReleaseState state, double share, String reason, String decidedBy, Optional<ModelVersion> replaced) {
        ModelRelease decided = ModelRelease.newBuilder(record)
                .setState(state)
                .setShare(share)
                .setReason(reason)
                .setDecidedBy(decidedBy)
                .setInForce(replaced.map(Release::address).orElse(null))
                .build();
        return new Release(decided, version, plan, replaced);
    }

    private static ModelAddress address(ModelVersion version) {
        return new ModelAddress(
                version.version(),
                version.uri().toString(),
                version.file().sha256(),
                version.file().sizeBytes(),
                version.head(),
                version.inputWidth(),
                version.inputHeight(),
                version.precision());
    }

    /** Collects what is wrong. */
    private static final class Checks {
        private final List<String> problems = new ArrayList<>();

        void require(boolean holds, String name, Object value, String allowed) {
            if (!holds) {
                problems.add(name + " is '" + value + "'; allowed: " + allowed);
            }
        }

        void ratio(String name, double value, boolean zero) {
            require((zero ? value >= 0 : value > 0) && value <= 1, name, value, (zero ? "0" : "above 0") + " to 1");
        }

        void side(String name, int value) {
            require(value >= 1 && value <= MOST_SIDE, name, value, "1 to " + MOST_SIDE + " pixels");
        }

        void name(String name, String value) {
            require(!value.isBlank() && value.length() <= MOST_NAME, name, value, "1 to " + MOST_NAME + " characters");
        }
    }
}
