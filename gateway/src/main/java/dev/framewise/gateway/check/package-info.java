/**
 * {@code framewise gateway --check}: tries what the gateway will need, one {@link dev.framewise.gateway.check.Finding} per part, on the
 * caller's thread. {@link dev.framewise.gateway.check.GatewayCheck} is the row of them. Publishes nothing and keeps nothing.
 */
package dev.framewise.gateway.check;
