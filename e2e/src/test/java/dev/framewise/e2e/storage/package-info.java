/** An S3 server for tests. */
package dev.framewise.e2e.storage;
