/**
 * Private Python environments: tools that exist in Python only are installed there, in versions we have tried, when they are wanted.
 *
 * <p>In: pinned packages. Out: a Python that has them, and what its programs print. No thread of its own; one environment is made by
 * one process at a time.
 */
package dev.framewise.toolkit.python;
