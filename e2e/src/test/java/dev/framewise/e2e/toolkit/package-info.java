/** The toolkit at the places where its frames are kept: a real broker, real object storage. */
package dev.framewise.e2e.toolkit;
