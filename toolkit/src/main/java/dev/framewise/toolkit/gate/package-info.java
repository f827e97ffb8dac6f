/**
 * Lets a candidate pass, or not: it and a baseline over the same labelled clips.
 *
 * <p>In: two models, clips with annotations, budgets. Out: figures and reasons. One thread.
 */
package dev.framewise.toolkit.gate;
