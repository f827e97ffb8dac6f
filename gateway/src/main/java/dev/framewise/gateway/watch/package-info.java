/**
 * Looks after the process: {@link dev.framewise.gateway.watch.Supervisor} restarts what does not work, {@link
 * dev.framewise.gateway.watch.CrashLoop} ends a row of crashes in a gateway that only tells how it is, {@link
 * dev.framewise.gateway.watch.SdNotify} talks to systemd, {@link dev.framewise.gateway.watch.HealthServer} to whoever asks on
 * localhost.
 */
package dev.framewise.gateway.watch;
