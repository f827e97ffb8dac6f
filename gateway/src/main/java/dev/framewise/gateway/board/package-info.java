/**
 * The board's own state: {@link dev.framewise.gateway.board.BoardSensors} reads it, {@link
 * dev.framewise.gateway.board.TelemetryLoop} publishes it and tells the local law.
 */
package dev.framewise.gateway.board;
