/**
 * Object storage as the command line uses it: pictures for the toolkit ({@link dev.framewise.local.storage.StorageFrameFeed}). One thread.
 */
package dev.framewise.local.storage;
