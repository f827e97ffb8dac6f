package dev.framewise.vision.asset;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the catalog.
 *
 * @param name what callers ask for, such as {@code mot15/TUD-Campus/gt}
 * @param file path relative to the cache and to a mirror directory, with forward slashes
 * @param fingerprint the bytes all figures of the project were taken with
 * @param licence SPDX identifier where there is one, else in words
 * @param sources the publisher's addresses of this very file, tried in order; empty where there is none
 * @param resource name of the file beside the catalog that is the asset itself: ours, so that nobody must be reached
 * @param debianPackage where Debian and Ubuntu ship the same bytes
 * @param otherwise what to do when the file is nowhere, in words for the user; empty where an address says it all
 */
public record Asset(
        String name,
        String file,
        Fingerprint fingerprint,
        String licence,
        List<Source> sources,
        Optional<String> resource,
        Optional<DebianPackage> debianPackage,
        String otherwise) {

    /**
     * An address that gives the file.
     *
     * @param fingerprint what this address gives: the asset's own bytes, or another edition of the same thing that is accepted
     *     too
     * @param remark how this edition differs, in words for the user; empty where it does not
     */
    public record Source(URI address, Fingerprint fingerprint, String remark) {}

    /**
     * A file inside a Debian package.
     *
     * @param path path inside the package, relative to its root
     */
    public record DebianPackage(String name, String path) {}

    public Asset {
        sources = List.copyOf(sources);
    }

    /** Whether these bytes are the catalog's or an edition that one of the sources is known to give. */
    public boolean accepts(Fingerprint found) {
        return found.equals(fingerprint)
                || sources.stream().anyMatch(source -> source.fingerprint().equals(found));
    }

    /** Whether a file of this size can be accepted: a cheap test before reading it all. */
    public boolean acceptsSize(long sizeBytes) {
        return sizeBytes == fingerprint.sizeBytes()
                || sources.stream().anyMatch(source -> source.fingerprint().sizeBytes() == sizeBytes);
    }
}
