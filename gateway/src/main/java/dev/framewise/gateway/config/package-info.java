/**
 * What a gateway is told: {@link dev.framewise.gateway.config.GatewayOptions} lists every option, {@link
 * dev.framewise.gateway.config.GatewayConfigFile} reads a YAML file and reports all its problems together, the records hold
 * the result. The records are immutable; everything here may be used from any thread.
 */
package dev.framewise.gateway.config;
