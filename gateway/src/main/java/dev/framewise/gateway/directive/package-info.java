/**
 * What this board may do: {@link dev.framewise.gateway.directive.DirectiveListener} hears directives, {@link
 * dev.framewise.gateway.directive.DirectiveInbox} sorts out those that count, {@link
 * dev.framewise.gateway.directive.DeviceThrottle} obeys them and, without one, follows the board's own thermal law.
 */
package dev.framewise.gateway.directive;
