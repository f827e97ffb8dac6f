/**
 * {@code framewise archive}: what a board needs, in one file for each platform. {@link dev.framewise.local.archive.ArchiveCommand}
 * begins, {@link dev.framewise.local.archive.GatewayArchive} puts the files together, {@link dev.framewise.local.archive.Platform} says
 * which native code stays. One thread.
 */
package dev.framewise.local.archive;
