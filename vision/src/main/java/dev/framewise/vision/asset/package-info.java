/**
 * Models, clips and reference results by name.
 *
 * <p>In goes a catalog name such as {@code yolox-nano-416}, out comes the path of a local file whose size and SHA-256 are those
 * of the catalog ({@code catalog.json} beside this class). It is looked for in the cache, in a mirror directory, on the
 * class path (what is ours), at the publisher's addresses and in a Debian package, in this order. Called by tests, by the command line and by jobs before
 * they start; {@link dev.framewise.vision.asset.AssetCatalog#locate} may block for as long as a download takes and belongs
 * on no mailbox thread.
 */
package dev.framewise.vision.asset;
